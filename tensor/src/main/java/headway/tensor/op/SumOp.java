package headway.tensor.op;

import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.elementwise.ReduceKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Rows;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.List;

/// `y = s · Σ x`, one number; `dx = s · dy` everywhere. A mean is a sum with `s = 1/n`.
///
/// Partial sums over chunks of fixed size are added in order, in double precision.
public record SumOp(Tensor x, double s) implements Op {
    /// The mean of all elements.
    public static SumOp mean(Tensor x) {
        return new SumOp(x, 1.0 / x.count());
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(Shape.SCALAR, x.dtype());
        var from = x.contiguousMemory("sum");
        double sum = 0;
        for (long lo = 0; lo < x.count(); lo += Rows.grain()) {
            sum += ReduceKernel.sum(from, lo, Math.min(x.count(), lo + Rows.grain()));
        }
        y.memory().set(0, s * sum);
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        Tensor uniform = Tensor.allocate(x.shape(), x.dtype());
        ElementwiseKernel.fill(uniform.memory(), s * dy.item(), 0, x.count());
        if (dx.accumulate()) {
            ElementwiseKernel.axpy(dx.tensor().contiguousMemory("sum"), uniform.memory(), 1, 0, x.count());
        } else {
            dx.tensor().assign(uniform);
        }
    }
}
