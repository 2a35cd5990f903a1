package headway.tensor.op;

import headway.kernels.softmax.SoftmaxKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// `y = log softmax(x)` over the innermost axis; `dx = dy - exp(y) · Σ dy`.
public record LogSoftmaxOp(Tensor x) implements Op {
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
        int C = x.shape().last().size();
        var from = x.contiguousMemory("log-softmax");
        Parallel.range(
                x.shape().rows(), Rows.grain(C), (lo, hi) -> SoftmaxKernel.logForward(y.memory(), from, C, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        int C = x.shape().last().size();
        var to = dx.tensor().contiguousMemory("log-softmax");
        Parallel.range(
                x.shape().rows(),
                Rows.grain(C),
                (lo, hi) -> SoftmaxKernel.logBackward(to, y.memory(), dy.memory(), dx.accumulate(), C, lo, hi));
    }
}
