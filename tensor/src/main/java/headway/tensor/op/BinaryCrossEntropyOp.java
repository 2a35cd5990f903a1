package headway.tensor.op;

import headway.kernels.Span;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = s · Σ_i w_i · (log(1 + e^x_i) - t_i·x_i)`: the cross entropy of each logit `x` on its own with a
/// target `t` between 0 and 1; `dx_i = s · w_i · (σ(x_i) - t_i) · dy`.
///
/// @param targets of the sizes of `logits`
/// @param weights of the sizes of `logits`; null for 1 everywhere
public record BinaryCrossEntropyOp(Tensor logits, Tensor targets, Tensor weights, double s) implements Op {
    public BinaryCrossEntropyOp {
        if (targets.count() != logits.count() || weights != null && weights.count() != logits.count()) {
            throw new ShapeException("[binary cross entropy] logits%s, targets%s, weights%s: expected as many of each"
                    .formatted(logits.shape(), targets.shape(), weights == null ? "" : weights.shape()));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(logits);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(Shape.SCALAR, logits.dtype());
        Span x = logits.contiguousMemory("binary cross entropy");
        Span t = targets.contiguousMemory("binary cross entropy");
        double sum = 0;
        for (long i = 0; i < logits.count(); i++) {
            double v = x.get(i);
            // log(1 + e^x) without overflow
            double soft = Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
            sum += weight(i) == 0 ? 0 : weight(i) * (soft - t.get(i) * v);
        }
        y.memory().set(0, s * sum);
        return y;
    }

    private double weight(long i) {
        return weights == null ? 1 : weights.memory().get(i);
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Tensor d = Tensor.allocate(logits.shape(), logits.dtype());
        for (long i = 0; i < logits.count(); i++) {
            double sigmoid = 1 / (1 + Math.exp(-logits.memory().get(i)));
            d.memory()
                    .set(
                            i,
                            s
                                    * dy.item()
                                    * weight(i)
                                    * (sigmoid - targets.memory().get(i)));
        }
        gradients.pass(logits, d);
    }
}
