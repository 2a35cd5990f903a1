package headway.nn;

import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import java.util.ArrayList;
import java.util.List;

/// Trained vectors that stand before a sequence, the same for every entry of the batch: the class token of ViT, the
/// distillation token of DeiT.
///
/// - x `(batch, seq, hidden)` → `(batch, tokens + seq, hidden)`
///
/// @param tokens each of `hidden` elements
public record ClassToken(List<Parameter> tokens) implements Layer {
    public Tensor forward(Tensor x) {
        int B = x.shape().size(0);
        int D = x.shape().last().size();
        var parts = new ArrayList<Tensor>();
        for (Parameter token : tokens) {
            Tensor zeros = Tensor.of(Shape.of("batch", B, "seq", 1), new int[B]);
            Tensor table = token.tensor().view(Shape.of("vocab", 1, "hidden", D));
            parts.add(new EmbeddingOp(table, zeros, -1).run());
        }
        parts.add(x);
        return new ConcatOp(parts, "seq").run();
    }
}
