package headway.kernels.elementwise;

import headway.kernels.Span;

/// Sums, products and multiples, element by element.
///
/// | buffer             | shape     | access |
/// |--------------------|-----------|--------|
/// | `y`                | `[i0,i1)` | write (also read by `multiplyAdd`, `axpy`) |
/// | `a`, `b`, `x`      | `[i0,i1)` | read   |
///
/// The output may be any of the inputs of the same type. Cost: 1 or 2 flops and 8 to 16 bytes an
/// element in f32; memory-bound. Each element is computed alone: any split of a range gives the same
/// bits.
public final class ElementwiseKernel {
    private ElementwiseKernel() {}

    /// `y[i] = a[i] + b[i]` for `i` in `[i0, i1)`.
    public static void add(Span y, Span a, Span b, long i0, long i1) {
        require("add", y, a, b, i0, i1);
        referenceAdd(y, a, b, i0, i1);
    }

    /// `y[r,c] = a[r,c] + b[c]` for rows `[r0, r1)` of `C` elements; `y` may be `a`.
    public static void addRow(Span y, Span a, Span b, int C, int r0, int r1) {
        y.requireRows("addRow", "y", r0, r1, C);
        a.requireRows("addRow", "a", r0, r1, C);
        b.require("addRow", "b", C);
        for (int r = r0; r < r1; r++) {
            for (int c = 0; c < C; c++) {
                long i = (long) r * C + c;
                put(y, i, get(a, i) + get(b, c));
            }
        }
    }

    /// `y[i] = a[i] · b[i]` for `i` in `[i0, i1)`.
    public static void multiply(Span y, Span a, Span b, long i0, long i1) {
        require("multiply", y, a, b, i0, i1);
        referenceMultiply(y, a, b, i0, i1);
    }

    /// `y[i] += a[i] · b[i]` for `i` in `[i0, i1)`.
    public static void multiplyAdd(Span y, Span a, Span b, long i0, long i1) {
        require("multiplyAdd", y, a, b, i0, i1);
        referenceMultiplyAdd(y, a, b, i0, i1);
    }

    /// `y[i] = s · x[i]` for `i` in `[i0, i1)`.
    public static void scale(Span y, Span x, double s, long i0, long i1) {
        y.requireRange("scale", "y", i0, i1);
        x.requireRange("scale", "x", i0, i1);
        referenceScale(y, x, s, i0, i1);
    }

    /// `y[i] += s · x[i]` for `i` in `[i0, i1)`.
    public static void axpy(Span y, Span x, double s, long i0, long i1) {
        y.requireRange("axpy", "y", i0, i1);
        x.requireRange("axpy", "x", i0, i1);
        referenceAxpy(y, x, s, i0, i1);
    }

    /// `y[i] = value` for `i` in `[i0, i1)`.
    public static void fill(Span y, double value, long i0, long i1) {
        y.requireRange("fill", "y", i0, i1);
        for (long i = i0; i < i1; i++) {
            put(y, i, value);
        }
    }

    private static void require(String kernel, Span y, Span a, Span b, long i0, long i1) {
        y.requireRange(kernel, "y", i0, i1);
        a.requireRange(kernel, "a", i0, i1);
        b.requireRange(kernel, "b", i0, i1);
    }

    static void referenceAdd(Span y, Span a, Span b, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, get(a, i) + get(b, i));
        }
    }

    static void referenceMultiply(Span y, Span a, Span b, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, get(a, i) * get(b, i));
        }
    }

    static void referenceMultiplyAdd(Span y, Span a, Span b, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, get(y, i) + get(a, i) * get(b, i));
        }
    }

    static void referenceScale(Span y, Span x, double s, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, s * get(x, i));
        }
    }

    static void referenceAxpy(Span y, Span x, double s, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, get(y, i) + s * get(x, i));
        }
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value) {
        span.dtype().put(span.address(index), value);
    }
}
