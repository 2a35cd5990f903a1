package headway.tensor.op;

import headway.kernels.elementwise.ElementwiseKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = s · x`; `dx = s · dy`.
public record ScaleOp(Tensor x, double s) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        var from = x.contiguousMemory("scale");
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> ElementwiseKernel.scale(y.memory(), from, s, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        var to = dx.tensor().contiguousMemory("scale");
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> {
            if (dx.accumulate()) {
                ElementwiseKernel.axpy(to, dy.memory(), s, lo, hi);
            } else {
                ElementwiseKernel.scale(to, dy.memory(), s, lo, hi);
            }
        });
    }
}
