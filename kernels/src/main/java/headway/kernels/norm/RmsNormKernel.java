package headway.kernels.norm;

import headway.kernels.Span;

/// Root-mean-square normalization, [Zhang & Sennrich 2019](https://arxiv.org/abs/1910.07467).
///
///     rstd = 1/√(mean_c(x[r,c]²) + eps)        xhat[r,c] = x[r,c]·rstd
///     y[r,c] = xhat[r,c]·(offset + w[c])
///
/// and, with `g = dy·(offset + w)`,
///
///     dx[r,c] = rstd·(g[r,c] - xhat[r,c]·mean_c(g·xhat))        dw[c] = Σ_r dy·xhat
///
/// | buffer           | shape    | access |
/// |------------------|----------|--------|
/// | `y`, `dx`        | `(R, C)` | write (`dx` also read when accumulating) |
/// | `x`, `dy`        | `(R, C)` | read   |
/// | `w`              | `(C)`    | read; may be null: the factor is 1 |
/// | `partial`        | `(C)`    | write; `dw` of these rows; may be null |
///
/// `offset` is 0 (Llama) or 1 (Gemma, whose weights are stored as the difference from 1). Cost: `4RC`
/// flops and `8RC` bytes forward, `9RC` flops and `12RC` bytes backward in f32; memory-bound.
public final class RmsNormKernel {
    private RmsNormKernel() {}

    /// `y = x·rstd·(offset + w)` for rows `[r0, r1)`; `w` may be null (factor 1); `y` may be `x`.
    public static void forward(Span y, Span x, Span w, double offset, double eps, int C, int r0, int r1) {
        y.requireRows("rms norm", "y", r0, r1, C);
        x.requireRows("rms norm", "x", r0, r1, C);
        if (w != null) {
            w.require("rms norm", "w", C);
        }
        reference(y, x, w, offset, eps, C, r0, r1);
    }

    /// `dx (+)= …` for rows `[r0, r1)`, recomputing rstd; where `partial` is not null it is
    /// overwritten with the sum over these rows of `dy·xhat`. `dx` may be `dy` when not accumulating.
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
        dx.requireRows("rms norm backward", "dx", r0, r1, C);
        x.requireRows("rms norm backward", "x", r0, r1, C);
        dy.requireRows("rms norm backward", "dy", r0, r1, C);
        if (w != null) {
            w.require("rms norm backward", "w", C);
        }
        if (partial != null) {
            partial.require("rms norm backward", "partial", C);
            for (int c = 0; c < C; c++) {
                put(partial, c, 0);
            }
        }
        for (int r = r0; r < r1; r++) {
            referenceBackward(dx, partial, x, w, dy, offset, eps, accumulate, C, r);
        }
    }

    static void reference(Span y, Span x, Span w, double offset, double eps, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * C;
            double rstd = rstd(x, row, eps, C);
            for (int c = 0; c < C; c++) {
                put(y, row + c, get(x, row + c) * rstd * (w == null ? 1 : offset + get(w, c)));
            }
        }
    }

    static void referenceBackward(
            Span dx,
            Span partial,
            Span x,
            Span w,
            Span dy,
            double offset,
            double eps,
            boolean accumulate,
            int C,
            int r) {
        long row = (long) r * C;
        double rstd = rstd(x, row, eps, C);
        double sumGx = 0;
        for (int c = 0; c < C; c++) {
            sumGx += get(dy, row + c) * (w == null ? 1 : offset + get(w, c)) * get(x, row + c) * rstd;
        }
        for (int c = 0; c < C; c++) {
            double d = get(dy, row + c);
            double xhat = get(x, row + c) * rstd;
            if (partial != null) {
                put(partial, c, get(partial, c) + d * xhat);
            }
            double value = rstd * (d * (w == null ? 1 : offset + get(w, c)) - xhat * sumGx / C);
            put(dx, row + c, accumulate ? get(dx, row + c) + value : value);
        }
    }

    private static double rstd(Span x, long row, double eps, int C) {
        double sum = 0;
        for (int c = 0; c < C; c++) {
            double v = get(x, row + c);
            sum += v * v;
        }
        return 1 / Math.sqrt(sum / C + eps);
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value) {
        span.dtype().put(span.address(index), value);
    }
}
