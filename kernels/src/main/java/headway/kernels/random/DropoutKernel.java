package headway.kernels.random;

import headway.kernels.Span;

public final class DropoutKernel {
    private DropoutKernel() {}
    /// y[i] (+)= x[i]/(1-p) where Philox(key, counter + i) keeps it, else 0; the same call with dy for x is the
    /// derivative. y may be x when not accumulating.
    public static void apply(Span y, Span x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
