package headway.nn.position;

import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;

/// A trained vector for each position. There is none beyond the table: a longer text is an error that says so.
///
/// - positions `(batch, seq)` → `(batch, seq, hidden)`
///
/// @param weight `(positions, hidden)`
/// @param paddingId position whose row the lookup does not train; -1 for none
public record LearnedPosition(Parameter weight, int paddingId) implements Layer {
    public static LearnedPosition load(Weights w, int positions, int hiddenSize, Init init) {
        return new LearnedPosition(w.get("weight", init, "positions", positions, "hidden", hiddenSize), -1);
    }

    /// The same, where padding stands at position `id`.
    public LearnedPosition padding(int id) {
        return new LearnedPosition(weight, id);
    }

    /// @throws ShapeException for a position that the table does not have
    public Tensor forward(Tensor positions) {
        int P = weight.tensor().shape().size(0);
        for (long i = 0; i < positions.count(); i++) {
            int position = (int) positions.memory().get(i);
            if (position < 0 || position >= P) {
                throw new ShapeException(
                        "[position] position %d is outside the %d learned ones (0 … %d); give a shorter text, or other position_ids"
                                .formatted(position, P, P - 1));
            }
        }
        return new EmbeddingOp(weight.tensor(), positions, paddingId).run();
    }
}
