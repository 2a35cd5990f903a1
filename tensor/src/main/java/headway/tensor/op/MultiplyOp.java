package headway.tensor.op;

import headway.kernels.elementwise.ElementwiseKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = a · b`, element by element; `da = dy · b`, `db = dy · a`.
public record MultiplyOp(Tensor a, Tensor b) implements Op {
    public MultiplyOp {
        if (!a.shape().sameSizes(b.shape())) {
            throw new ShapeException("[multiply] sizes differ: %s · %s".formatted(a.shape(), b.shape()));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(a, b);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(a.shape(), a.dtype());
        var x = a.contiguousMemory("multiply");
        var z = b.contiguousMemory("multiply");
        Parallel.elements(a.count(), Rows.grain(), (lo, hi) -> ElementwiseKernel.multiply(y.memory(), x, z, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        into(gradients.of(a), dy, b);
        into(gradients.of(b), dy, a);
    }

    private static void into(Gradients.Sink sink, Tensor dy, Tensor other) {
        if (sink == null) {
            return;
        }
        var to = sink.tensor().contiguousMemory("multiply");
        Parallel.elements(dy.count(), Rows.grain(), (lo, hi) -> {
            if (sink.accumulate()) {
                ElementwiseKernel.multiplyAdd(to, dy.memory(), other.memory(), lo, hi);
            } else {
                ElementwiseKernel.multiply(to, dy.memory(), other.memory(), lo, hi);
            }
        });
    }
}
