package headway.nn.position;

import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;

/// A trained vector for each position. There is none beyond the table: a longer text is an error that says so.
///
/// - positions `(batch, seq)` → `(batch, seq, hidden)`
///
/// @param weight `(positions, hidden)`
public record LearnedPosition(Parameter weight) implements Layer {
    public static LearnedPosition load(Weights w, int positions, int hiddenSize, Init init) {
        return new LearnedPosition(w.get("weight", init, "positions", positions, "hidden", hiddenSize));
    }

    public Tensor forward(Tensor positions) {
        return new EmbeddingOp(weight.tensor(), positions, -1).run();
    }
}
