package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = e^s · x` with a trained number `s`: an inverse temperature. `dx = e^s · dy`, `ds = Σ dy·y`.
public record LogScaleOp(Tensor x, Tensor s) implements Op {
    public LogScaleOp {
        if (s.count() != 1) {
            throw new ShapeException("[log scale] s%s; expected one number".formatted(s.shape()));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(x, s);
    }

    @Override
    public boolean readsValue() {
        return true;
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        ElementwiseKernel.scale(y.memory(), x.contiguousMemory("log scale"), Math.exp(s.item()), 0, x.count());
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        if (dx != null) {
            Span to = CausalConvOp.zeroed(dx);
            ElementwiseKernel.axpy(to, dy.memory(), Math.exp(s.item()), 0, x.count());
        }
        if (gradients.wanted(s)) {
            double sum = 0;
            for (long i = 0; i < y.count(); i++) {
                sum += dy.memory().get(i) * y.memory().get(i);
            }
            Tensor ds = Tensor.allocate(s.shape(), s.dtype());
            ds.memory().set(0, sum);
            gradients.pass(s, ds);
        }
    }
}
