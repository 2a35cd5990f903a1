package headway.tensor.op;

import headway.kernels.Span;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = 1/x`, element by element; `dx = -dy · y²`.
public record ReciprocalOp(Tensor x) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public boolean readsValue() {
        return true;
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        Span from = x.contiguousMemory("reciprocal");
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> {
            for (long i = lo; i < hi; i++) {
                y.memory().set(i, 1 / from.get(i));
            }
        });
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Span to = CausalConvOp.zeroed(gradients.of(x));
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> {
            for (long i = lo; i < hi; i++) {
                double value = y.memory().get(i);
                to.set(i, to.get(i) - dy.memory().get(i) * value * value);
            }
        });
    }
}
