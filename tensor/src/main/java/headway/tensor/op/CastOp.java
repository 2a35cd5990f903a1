package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = x` in another floating-point type, rounded to nearest even; `dx = dy`, in the type of x.
public record CastOp(Tensor x, DType to) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        return Tensor.allocate(x.shape(), to).assign(x.isContiguous() ? x : new ContiguousOp(x).forward());
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        if (!dx.accumulate()) {
            dx.tensor().assign(dy);
            return;
        }
        Tensor converted = Tensor.allocate(x.shape(), x.dtype()).assign(dy);
        var into = dx.tensor().contiguousMemory("cast");
        Parallel.elements(
                x.count(), Rows.grain(), (lo, hi) -> ElementwiseKernel.axpy(into, converted.memory(), 1, lo, hi));
    }
}
