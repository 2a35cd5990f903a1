package headway.kernels.elementwise;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Rows;

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
        if (Tier.vectors() && f32(y) && f32(a) && f32(b)) {
            Rows.add(y.address(i0), a.address(i0), b.address(i0), i1 - i0);
        } else {
            referenceAdd(y, a, b, i0, i1);
        }
    }

    /// `y[r,c] = a[r,c] + b[c]` for rows `[r0, r1)` of `C` elements; `y` may be `a`.
    public static void addRow(Span y, Span a, Span b, int C, int r0, int r1) {
        y.requireRows("addRow", "y", r0, r1, C);
        a.requireRows("addRow", "a", r0, r1, C);
        b.require("addRow", "b", C);
        if (Tier.vectors() && f32(y) && f32(a) && f32(b)) {
            for (int r = r0; r < r1; r++) {
                long row = (long) r * C;
                Rows.add(y.address(row), a.address(row), b.address(), C);
            }
        } else {
            referenceAddRow(y, a, b, C, r0, r1);
        }
    }

    /// `y[i] = a[i] · b[i]` for `i` in `[i0, i1)`.
    public static void multiply(Span y, Span a, Span b, long i0, long i1) {
        require("multiply", y, a, b, i0, i1);
        if (Tier.vectors() && f32(y) && f32(a) && f32(b)) {
            Rows.multiply(y.address(i0), a.address(i0), b.address(i0), i1 - i0);
        } else {
            referenceMultiply(y, a, b, i0, i1);
        }
    }

    /// `y[i] += a[i] · b[i]` for `i` in `[i0, i1)`.
    public static void multiplyAdd(Span y, Span a, Span b, long i0, long i1) {
        require("multiplyAdd", y, a, b, i0, i1);
        if (Tier.vectors() && f32(y) && f32(a) && f32(b)) {
            Rows.multiplyAdd(y.address(i0), a.address(i0), b.address(i0), i1 - i0);
        } else {
            referenceMultiplyAdd(y, a, b, i0, i1);
        }
    }

    /// `y[i] = s · x[i]` for `i` in `[i0, i1)`.
    public static void scale(Span y, Span x, double s, long i0, long i1) {
        y.requireRange("scale", "y", i0, i1);
        x.requireRange("scale", "x", i0, i1);
        if (Tier.vectors() && f32(y) && f32(x)) {
            Rows.scale(y.address(i0), x.address(i0), (float) s, i1 - i0);
        } else {
            referenceScale(y, x, s, i0, i1);
        }
    }

    /// `y[i] += s · x[i]` for `i` in `[i0, i1)`.
    public static void axpy(Span y, Span x, double s, long i0, long i1) {
        y.requireRange("axpy", "y", i0, i1);
        x.requireRange("axpy", "x", i0, i1);
        if (Tier.vectors() && f32(y) && f32(x)) {
            Rows.addScaled(y.address(i0), x.address(i0), (float) s, i1 - i0);
        } else {
            referenceAxpy(y, x, s, i0, i1);
        }
    }

    /// `y[i] = value` for `i` in `[i0, i1)`.
    public static void fill(Span y, double value, long i0, long i1) {
        y.requireRange("fill", "y", i0, i1);
        if (Tier.vectors() && f32(y)) {
            Rows.fill(y.address(i0), (float) value, i1 - i0);
        } else {
            referenceFill(y, value, i0, i1);
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

    static void referenceAddRow(Span y, Span a, Span b, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            for (int c = 0; c < C; c++) {
                long i = (long) r * C + c;
                put(y, i, get(a, i) + get(b, c));
            }
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

    static void referenceFill(Span y, double value, long i0, long i1) {
        for (long i = i0; i < i1; i++) {
            put(y, i, value);
        }
    }

    private static boolean f32(Span span) {
        return span.dtype() == DType.F32;
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value) {
        span.dtype().put(span.address(index), value);
    }
}
