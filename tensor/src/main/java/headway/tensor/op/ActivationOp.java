package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = f(x)`, element by element; `dx = dy · f'(x)`.
public record ActivationOp(Tensor x, Activation f) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        Span from = x.contiguousMemory("activation");
        Parallel.elements(x.count(), Rows.grain(), (lo, hi) -> ActivationKernel.forward(y.memory(), from, f, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        Span to = dx.tensor().contiguousMemory("activation");
        Parallel.elements(
                x.count(),
                Rows.grain(),
                (lo, hi) -> ActivationKernel.backward(to, x.memory(), dy.memory(), f, dx.accumulate(), lo, hi));
    }
}
