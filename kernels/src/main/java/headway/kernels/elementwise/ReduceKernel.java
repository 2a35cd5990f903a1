package headway.kernels.elementwise;

import headway.kernels.Span;

public final class ReduceKernel {
    private ReduceKernel() {}
    /// y[c] (+)= sum over r = 0 … R-1 of x[r·stride + c], for c in [c0, c1); rows in order, so any column split
    /// gives
    /// the same bits.
    public static void columnSum(Span y, Span x, long stride, int R, boolean accumulate, int c0, int c1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// sum of x[i0 … i1), accumulated in double, fixed order
    public static double sum(Span x, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// sum of squares of x[i0 … i1), accumulated in double, fixed order
    public static double sumSquares(Span x, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
