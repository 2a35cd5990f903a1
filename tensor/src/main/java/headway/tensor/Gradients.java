package headway.tensor;

import headway.kernels.elementwise.ElementwiseKernel;

/// Where derivatives go: hands an operation the gradient memory of its inputs.
public final class Gradients {
    /// Gradient memory of one input.
    ///
    /// @param accumulate whether to add to what is there; if not, every element must be written
    public record Sink(Tensor tensor, boolean accumulate) {}

    Gradients() {}

    /// Whether anybody wants the gradient of `x`; x may be null.
    public boolean wanted(Tensor x) {
        return x != null && x.requiresGradient();
    }

    /// Whether `x` owns its memory and has no gradient yet, so that the memory itself may become the gradient.
    public boolean firstFor(Tensor x) {
        return x.base() == null && x.gradient == null;
    }

    /// Memory for the gradient of `x`, or null where nobody wants it.
    public Sink of(Tensor x) {
        if (!wanted(x)) {
            return null;
        }
        Tensor root = x.root();
        boolean whole = x.count() == root.count();
        boolean first = !root.gradientWritten;
        if (root.gradient == null) {
            root.gradient = Tensor.allocate(root.shape(), root.dtype());
        } else if (!first && root.gradient.storage().shared()) {
            // Another tensor's gradient lies in the same memory and is still to be read.
            Tensor own = root.gradient.copy();
            root.gradient.storage().release();
            root.gradient = own;
        }
        root.gradientWritten = true;
        if (first && !whole) {
            fill(root.gradient, 0);
        }
        Tensor window = x == root ? root.gradient : x.viewLike(root.gradient);
        return new Sink(window, !first || !whole);
    }

    /// Passes the gradient `dy` on to `x` unchanged: shares its memory where `x` has none yet, adds where it has.
    public void pass(Tensor x, Tensor dy) {
        if (!wanted(x)) {
            return;
        }
        if (x.base() == null && x.gradient == null && x.count() == dy.count()) {
            x.gradient = dy.shared();
            x.gradientWritten = true;
            return;
        }
        Sink dx = of(x);
        if (dx.accumulate()) {
            add(dx.tensor(), dy);
        } else {
            dx.tensor().assign(dy);
        }
    }

    private static void add(Tensor to, Tensor dy) {
        if (to.isContiguous()) {
            Parallel.elements(
                    dy.count(),
                    1 << 15,
                    (lo, hi) -> ElementwiseKernel.axpy(to.memory(), dy.contiguousMemory("gradient"), 1, lo, hi));
        } else {
            to.addRows(dy);
        }
    }

    private static void fill(Tensor t, double value) {
        Parallel.elements(t.count(), 1 << 16, (lo, hi) -> ElementwiseKernel.fill(t.memory(), value, lo, hi));
    }
}
