package headway.tensor.op;

import headway.kernels.random.DropoutKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = x/(1-p)` where a counter-based draw keeps the element, else 0; the derivative draws the same again, so that
/// no mask is stored. [Srivastava et al. 2014](https://jmlr.org/papers/v15/srivastava14a.html).
///
/// @param key stream of random numbers
/// @param counter number of the first draw
public record DropoutOp(Tensor x, double p, long key, long counter) implements Op {
    public DropoutOp {
        if (!(p >= 0 && p < 1)) {
            throw new ShapeException("[dropout] p=%s; expected 0 ≤ p < 1".formatted(p));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        apply(y, x, false);
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        apply(dx.tensor(), dy, dx.accumulate());
    }

    private void apply(Tensor to, Tensor from, boolean accumulate) {
        var y = to.contiguousMemory("dropout");
        var z = from.contiguousMemory("dropout");
        Parallel.elements(
                from.count(), Rows.grain(), (lo, hi) -> DropoutKernel.apply(y, z, p, key, counter, accumulate, lo, hi));
    }
}
