package headway.kernels.norm;

import headway.kernels.Span;

public final class LayerNormKernel {
    private LayerNormKernel() {}
    /// y[r,c] = (x - mean)/sqrt(var + eps) · w[c] + b[c]; biased variance; w and b may be null.
    public static void forward(Span y, Span x, Span w, Span b, double eps, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dx (+)= …; and, where partial is not null, partial[0..C) = sum over these rows of dy·xhat,
    /// partial[C..2C) = sum
    /// of dy (overwritten). Recomputes mean and rstd. partial is of f32 (f64 for f64).
    public static void backward(
            Span dx, Span partial, Span x, Span w, Span dy, double eps, boolean accumulate, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
