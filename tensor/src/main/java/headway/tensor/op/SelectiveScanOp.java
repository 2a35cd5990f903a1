package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.scan.SelectiveScanKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `h[t] = e^(Δ·A)·h[t-1] + Δ·B[t]·u[t]`, `y[t] = C[t]·h[t] + D·u[t]`; formula and derivative are in
/// [SelectiveScanKernel].
///
/// @param u `(batch, seq, channels)`, and delta before its softplus
/// @param aLog `(channels, states)`
/// @param b `(batch, seq, states)`, and c
/// @param d `(channels)`
/// @param state `(batch, channels, states)`, read and replaced: what a session keeps; no gradient flows through it.
/// Null
///     for a start at 0
public record SelectiveScanOp(Tensor u, Tensor delta, Tensor aLog, Tensor b, Tensor c, Tensor d, Tensor state)
        implements Op {
    public SelectiveScanOp {
        boolean fits = u.shape().rank() == 3
                && delta.shape().sameSizes(u.shape())
                && aLog.shape().rank() == 2
                && aLog.shape().size(0) == u.shape().size(2)
                && b.shape().rank() == 3
                && b.shape().sameSizes(c.shape())
                && b.shape().size(0) == u.shape().size(0)
                && b.shape().size(1) == u.shape().size(1)
                && b.shape().size(2) == aLog.shape().size(1)
                && d.count() == u.shape().size(2);
        if (!fits) {
            throw new ShapeException("[selective scan] u%s, delta%s, aLog%s, b%s, c%s, d%s do not fit"
                    .formatted(u.shape(), delta.shape(), aLog.shape(), b.shape(), c.shape(), d.shape()));
        }
    }

    private SelectiveScanKernel.Sizes sizes() {
        return new SelectiveScanKernel.Sizes(
                u.shape().size(0),
                u.shape().size(1),
                u.shape().size(2),
                aLog.shape().size(1));
    }

    private SelectiveScanKernel.Operands operands() {
        return new SelectiveScanKernel.Operands(
                u.contiguousMemory("selective scan"),
                delta.contiguousMemory("selective scan"),
                aLog.memory(),
                b.contiguousMemory("selective scan"),
                c.contiguousMemory("selective scan"),
                d.memory());
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(u, delta, aLog, b, c, d);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(u.shape(), u.dtype());
        Span kept = state == null ? null : state.memory();
        SelectiveScanKernel.Sizes s = sizes();
        SelectiveScanKernel.Operands x = operands();
        Parallel.range(s.B() * s.C(), 16, (lo, hi) -> {
            Span scratch = Parallel.scratch(SelectiveScanKernel.scratch(s));
            SelectiveScanKernel.forward(y.memory(), x, kept, scratch, s, lo, hi);
        });
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int B = sizes().B();
        Tensor each = Tensor.allocate(Shape.of("batch", B, "a", (int) aLog.count()), u.dtype());
        Tensor skips = Tensor.allocate(Shape.of("batch", B, "d", (int) d.count()), u.dtype());
        ElementwiseKernel.fill(each.memory(), 0, 0, each.count());
        ElementwiseKernel.fill(skips.memory(), 0, 0, skips.count());
        var into = new SelectiveScanKernel.Operands(
                wanted(u, gradients),
                wanted(delta, gradients),
                each.memory(),
                wanted(b, gradients),
                wanted(c, gradients),
                skips.memory());
        SelectiveScanKernel.Operands x = operands();
        Parallel.range(B, 1, (lo, hi) -> {
            Span scratch = Parallel.scratch(SelectiveScanKernel.backwardScratch(sizes()));
            SelectiveScanKernel.backward(into, dy.memory(), x, scratch, sizes(), lo, hi);
        });
        sum(each, aLog, gradients);
        sum(skips, d, gradients);
    }

    /// Memory for a gradient, which is thrown away where nobody wants it.
    private static Span wanted(Tensor x, Gradients gradients) {
        Span memory = CausalConvOp.zeroed(gradients.of(x));
        return memory != null ? memory : Tensor.zerosLike(x).memory();
    }

    /// Adds what each entry of the batch gives to a parameter, in order.
    private static void sum(Tensor each, Tensor parameter, Gradients gradients) {
        if (gradients.wanted(parameter)) {
            AddOp.sumRows(gradients.of(parameter), each, (int) parameter.count());
        }
    }
}
