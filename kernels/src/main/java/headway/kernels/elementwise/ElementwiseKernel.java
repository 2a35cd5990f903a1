package headway.kernels.elementwise;

import headway.kernels.Span;

public final class ElementwiseKernel {
    private ElementwiseKernel() {}
    /// y[i] = a[i] + b[i]; y may be a or b
    public static void add(Span y, Span a, Span b, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[r,c] = a[r,c] + b[c]; y may be a
    public static void addRow(Span y, Span a, Span b, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] = a[i] · b[i]
    public static void multiply(Span y, Span a, Span b, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] += a[i] · b[i]
    public static void multiplyAdd(Span y, Span a, Span b, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] = s · x[i]; y may be x
    public static void scale(Span y, Span x, double s, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] += s · x[i]
    public static void axpy(Span y, Span x, double s, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] = value
    public static void fill(Span y, double value, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
