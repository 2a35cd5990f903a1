package headway.kernels.norm;

import headway.kernels.Span;

public final class RmsNormKernel {
    private RmsNormKernel() {}
    /// y[r,c] = x/sqrt(mean(x²) + eps) · (offset + w[c]); offset is 0 (Llama) or 1 (Gemma); w may be null (then
    /// factor
    /// 1).
    public static void forward(Span y, Span x, Span w, double offset, double eps, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dx (+)= …; partial[0..C) = sum over these rows of dy·xhat where partial is not null.
    public static void backward(
            Span dx,
            Span partial,
            Span x,
            Span w,
            Span dy,
            double offset,
            double eps,
            boolean accumulate,
            int C,
            int r0,
            int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
