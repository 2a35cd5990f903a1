package headway.tensor;

import headway.kernels.DType;
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

    /// Whether the values of `x` may be overwritten by its gradient: the operation that asks is the last one to read
    /// them.
    public boolean mayTake(Tensor x) {
        return x.computed && !x.kept && x.readers == 1 && x.gradient == null;
    }

    /// Memory for the gradient of `x`, or null where nobody wants it.
    public Sink of(Tensor x) {
        if (!wanted(x)) {
            return null;
        }
        Tensor root = x.root();
        // A view of other strides is written element by element, by adding.
        boolean whole = x.count() == root.count() && (x == root || x.isContiguous());
        boolean first = !root.gradientWritten;
        if (root.gradient == null) {
            root.gradient = held(Tensor.allocate(root.shape(), type(root.dtype())));
        } else if (!first && root.gradient.storage().shared()) {
            // Another tensor's gradient lies in the same memory and is still to be read.
            Tensor own = held(root.gradient.copy());
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

    /// Type of a gradient: sums of many terms have more digits than values in 16 bits.
    private static DType type(DType values) {
        return values == DType.BF16 || values == DType.F16 ? DType.F32 : values;
    }

    /// Memory that outlives the operation that allocated it.
    private static Tensor held(Tensor gradient) {
        gradient.storage().hold();
        return gradient;
    }

    /// Passes the gradient `dy` on to `x` unchanged: shares its memory where `x` has none yet, adds where it has. The
    /// gradient of a leaf has memory of its own, since it stays and may be written to later.
    public void pass(Tensor x, Tensor dy) {
        if (!wanted(x)) {
            return;
        }
        if (x.computed && x.gradient == null && x.dtype() == dy.dtype()) {
            x.gradient = dy.sharedAs(x.shape());
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
