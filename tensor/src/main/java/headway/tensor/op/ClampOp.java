package headway.tensor.op;

import headway.kernels.Span;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = min(max(x, low), high)`, element by element; `dx = dy` between the bounds and on them, 0 outside.
public record ClampOp(Tensor x, double low, double high) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        Span from = x.contiguousMemory("clamp");
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> {
            for (long i = lo; i < hi; i++) {
                y.memory().set(i, Math.min(Math.max(from.get(i), low), high));
            }
        });
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Span to = CausalConvOp.zeroed(gradients.of(x));
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> {
            for (long i = lo; i < hi; i++) {
                double value = x.memory().get(i);
                if (value >= low && value <= high) {
                    to.set(i, to.get(i) + dy.memory().get(i));
                }
            }
        });
    }
}
