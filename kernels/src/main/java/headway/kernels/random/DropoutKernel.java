package headway.kernels.random;

import headway.kernels.Span;

/// Inverted dropout, [Srivastava et al. 2014](https://jmlr.org/papers/v15/srivastava14a.html).
///
///     y[i] (+)= u[i] ≥ p ? x[i]/(1 - p) : 0        u[i] = Philox uniform number counter + i of stream key
///
/// | buffer | shape     | access |
/// |--------|-----------|--------|
/// | `y`    | `[i0,i1)` | write (also read when accumulating) |
/// | `x`    | `[i0,i1)` | read   |
///
/// No mask is stored: the same call with `dy` for `x` is the derivative. A dropped element gives 0
/// even where `x` is NaN or infinite. Any split of the range gives the same bits. Cost: 8 bytes and
/// about 12 integer operations an element; one Philox block serves four elements.
public final class DropoutKernel {
    private DropoutKernel() {}

    /// Applies dropout of probability `p` in `[0, 1]` to elements `[i0, i1)`; `y` may be `x` when not
    /// accumulating.
    public static void apply(Span y, Span x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("[dropout] p=%s; expected a probability 0 ≤ p ≤ 1".formatted(p));
        }
        y.requireRange("dropout", "y", i0, i1);
        x.requireRange("dropout", "x", i0, i1);
        reference(y, x, p, key, counter, accumulate, i0, i1);
    }

    static void reference(Span y, Span x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
        double factor = 1 / (1 - p);
        for (long i = i0; i < i1; i++) {
            boolean keep = Philox.uniform(key, counter + i) >= p;
            double value = keep ? x.dtype().get(x.address(i)) * factor : 0;
            y.dtype().put(y.address(i), accumulate ? y.dtype().get(y.address(i)) + value : value);
        }
    }
}
