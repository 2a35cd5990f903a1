package headway.kernels.norm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;

/// Layer normalization, [Ba, Kiros & Hinton 2016](https://arxiv.org/abs/1607.06450).
///
///     mean = Σ_c x[r,c]/C     var = Σ_c (x[r,c] - mean)²/C     rstd = 1/√(var + eps)
///     xhat[r,c] = (x[r,c] - mean)·rstd
///     y[r,c] = xhat[r,c]·w[c] + b[c]
///
/// and, with `g = dy·w`,
///
///     dx[r,c] = rstd·(g[r,c] - mean_c(g) - xhat[r,c]·mean_c(g·xhat))
///     dw[c] = Σ_r dy·xhat        db[c] = Σ_r dy
///
/// | buffer           | shape    | access |
/// |------------------|----------|--------|
/// | `y`, `dx`        | `(R, C)` | write (`dx` also read when accumulating) |
/// | `x`, `dy`        | `(R, C)` | read   |
/// | `w`, `b`         | `(C)`    | read; may be null: 1 and 0 |
/// | `partial`        | `(2, C)` | write; `dw` and `db` of these rows; may be null |
///
/// In f32 sums run on lanes in a fixed order; a row whose sums overflow (or hold NaN) is computed by
/// the reference in `double`, so that large values give what they should.
///
/// Cost: `7RC` flops and `8RC` bytes forward, `14RC` flops and `12RC` bytes backward in f32;
/// memory-bound.
///
/// The variance takes a second pass over the row: `mean(x²) - mean²` would cancel. Rows are
/// independent; only `partial` depends on which rows are asked for together.
public final class LayerNormKernel {
    private LayerNormKernel() {}

    /// `y = (x - mean)·rstd·w + b` for rows `[r0, r1)`; biased variance; `w` and `b` may be null; `y`
    /// may be `x`.
    public static void forward(Span y, Span x, Span w, Span b, double eps, int C, int r0, int r1) {
        y.requireRows("layer norm", "y", r0, r1, C);
        x.requireRows("layer norm", "x", r0, r1, C);
        if (w != null) {
            w.require("layer norm", "w", C);
        }
        if (b != null) {
            b.require("layer norm", "b", C);
        }
        boolean vectors = Tier.vectors() && f32(y) && f32(x) && f32(w) && f32(b);
        for (int r = r0; r < r1; r++) {
            boolean done = vectors
                    && (Tier.machine()
                            ? MachineNorm.forward(y, x, w, b, true, 0, eps, C, r)
                            : LayerNormRows.forward(y, x, w, b, eps, C, r));
            if (!done) {
                reference(y, x, w, b, eps, C, r);
            }
        }
    }

    /// `dx (+)= …` for rows `[r0, r1)`, recomputing mean and rstd; where `partial` is not null it is
    /// overwritten: `partial[0..C)` with the sum over these rows of `dy·xhat`, `partial[C..2C)` with
    /// the sum of `dy`. `dx` may be `dy` when not accumulating.
    public static void backward(
            Span dx, Span partial, Span x, Span w, Span dy, double eps, boolean accumulate, int C, int r0, int r1) {
        dx.requireRows("layer norm backward", "dx", r0, r1, C);
        x.requireRows("layer norm backward", "x", r0, r1, C);
        dy.requireRows("layer norm backward", "dy", r0, r1, C);
        if (w != null) {
            w.require("layer norm backward", "w", C);
        }
        if (partial != null) {
            partial.requireRows("layer norm backward", "partial", 0, 2, C);
            for (int c = 0; c < 2 * C; c++) {
                put(partial, c, 0);
            }
        }
        boolean vectors = Tier.vectors() && f32(dx) && f32(partial) && f32(x) && f32(w) && f32(dy);
        for (int r = r0; r < r1; r++) {
            boolean done = vectors
                    && (Tier.machine()
                            ? MachineNorm.backward(dx, partial, x, w, dy, true, 0, eps, accumulate, C, r)
                            : LayerNormRows.backward(dx, partial, x, w, dy, eps, accumulate, C, r));
            if (!done) {
                referenceBackward(dx, partial, x, w, dy, eps, accumulate, C, r);
            }
        }
    }

    private static boolean f32(Span span) {
        return span == null || span.dtype() == DType.F32;
    }

    static void reference(Span y, Span x, Span w, Span b, double eps, int C, int r) {
        long row = (long) r * C;
        double mean = mean(x, row, C);
        double rstd = 1 / Math.sqrt(variance(x, row, mean, C) + eps);
        for (int c = 0; c < C; c++) {
            double xhat = (get(x, row + c) - mean) * rstd;
            put(y, row + c, xhat * (w == null ? 1 : get(w, c)) + (b == null ? 0 : get(b, c)));
        }
    }

    static void referenceBackward(
            Span dx, Span partial, Span x, Span w, Span dy, double eps, boolean accumulate, int C, int r) {
        long row = (long) r * C;
        double mean = mean(x, row, C);
        double rstd = 1 / Math.sqrt(variance(x, row, mean, C) + eps);
        double sumG = 0;
        double sumGx = 0;
        for (int c = 0; c < C; c++) {
            double g = get(dy, row + c) * (w == null ? 1 : get(w, c));
            sumG += g;
            sumGx += g * (get(x, row + c) - mean) * rstd;
        }
        for (int c = 0; c < C; c++) {
            double d = get(dy, row + c);
            double xhat = (get(x, row + c) - mean) * rstd;
            if (partial != null) {
                put(partial, c, get(partial, c) + d * xhat);
                put(partial, C + c, get(partial, C + c) + d);
            }
            double g = d * (w == null ? 1 : get(w, c));
            double value = rstd * (g - sumG / C - xhat * sumGx / C);
            put(dx, row + c, accumulate ? get(dx, row + c) + value : value);
        }
    }

    private static double mean(Span x, long row, int C) {
        double sum = 0;
        for (int c = 0; c < C; c++) {
            sum += get(x, row + c);
        }
        return sum / C;
    }

    private static double variance(Span x, long row, double mean, int C) {
        double sum = 0;
        for (int c = 0; c < C; c++) {
            double d = get(x, row + c) - mean;
            sum += d * d;
        }
        return sum / C;
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value) {
        span.dtype().put(span.address(index), value);
    }
}
