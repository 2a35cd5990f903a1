package headway.kernels.norm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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
            if (!vectors || !Vectorized.forward(y, x, w, b, eps, C, r)) {
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
            if (!vectors || !Vectorized.backward(dx, partial, x, w, dy, eps, accumulate, C, r)) {
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

    /// Same contract for one f32 row on vector lanes; false, with nothing written, where the row needs
    /// `double`.
    static final class Vectorized {
        private static final int STEP = Simd.LANES;

        static boolean forward(Span ys, Span xs, Span ws, Span bs, double eps, int C, int r) {
            long x = xs.address((long) r * C);
            long y = ys.address((long) r * C);
            long w = ws == null ? 0 : ws.address();
            long b = bs == null ? 0 : bs.address();
            float mean = sum(x, C) / C;
            float variance = sumOfSquares(x, mean, C) / C;
            if (!(variance < Float.POSITIVE_INFINITY)) {
                return false;
            }
            FloatVector rstd = Simd.constant((float) (1 / Math.sqrt(variance + eps)));
            FloatVector center = Simd.constant(mean);
            for (int c = 0; c < C; c += STEP) {
                VectorMask<Float> m = Simd.first(Math.min(STEP, C - c));
                FloatVector value = Simd.load(x + 4L * c, m).sub(center).mul(rstd);
                if (w != 0) {
                    value = value.mul(Simd.load(w + 4L * c, m));
                }
                if (b != 0) {
                    value = value.add(Simd.load(b + 4L * c, m));
                }
                Simd.store(value, y + 4L * c, m);
            }
            return true;
        }

        private static float sum(long x, int C) {
            FloatVector even = FloatVector.zero(Simd.F);
            FloatVector odd = FloatVector.zero(Simd.F);
            int c = 0;
            for (; c <= C - 2 * STEP; c += 2 * STEP) {
                even = even.add(Simd.load(x + 4L * c));
                odd = odd.add(Simd.load(x + 4L * (c + STEP)));
            }
            for (; c < C; c += STEP) {
                even = even.add(Simd.load(x + 4L * c, Simd.first(Math.min(STEP, C - c))));
            }
            return Simd.sum(even.add(odd));
        }

        /// `Σ (x - mean)²`; lanes past the end would give `mean²`, so they are blanked.
        private static float sumOfSquares(long x, float mean, int C) {
            FloatVector center = Simd.constant(mean);
            FloatVector total = FloatVector.zero(Simd.F);
            for (int c = 0; c < C; c += STEP) {
                VectorMask<Float> m = Simd.first(Math.min(STEP, C - c));
                FloatVector d = Simd.load(x + 4L * c, m).lanewise(VectorOperators.SUB, center, m);
                total = d.fma(d, total);
            }
            return Simd.sum(total);
        }

        static boolean backward(
                Span dxs, Span partial, Span xs, Span ws, Span dys, double eps, boolean accumulate, int C, int r) {
            long x = xs.address((long) r * C);
            long dy = dys.address((long) r * C);
            float mean = sum(x, C) / C;
            float variance = sumOfSquares(x, mean, C) / C;
            if (!(variance < Float.POSITIVE_INFINITY)) {
                return false;
            }
            FloatVector rstd = Simd.constant((float) (1 / Math.sqrt(variance + eps)));
            FloatVector center = Simd.constant(mean);
            if (partial != null) {
                addToPartial(partial, x, dy, center, rstd, C);
            }
            long w = ws == null ? 0 : ws.address();
            FloatVector sumG = FloatVector.zero(Simd.F);
            FloatVector sumGx = FloatVector.zero(Simd.F);
            for (int c = 0; c < C; c += STEP) {
                VectorMask<Float> m = Simd.first(Math.min(STEP, C - c));
                FloatVector g = gradient(dy + 4L * c, w, c, m);
                sumG = sumG.add(g);
                sumGx = Simd.load(x + 4L * c, m).sub(center).mul(rstd).fma(g, sumGx);
            }
            FloatVector meanG = Simd.constant(Simd.sum(sumG) / C);
            FloatVector minusMeanGx = Simd.constant(-Simd.sum(sumGx) / C);
            long dx = dxs.address((long) r * C);
            for (int c = 0; c < C; c += STEP) {
                VectorMask<Float> m = Simd.first(Math.min(STEP, C - c));
                FloatVector xhat = Simd.load(x + 4L * c, m).sub(center).mul(rstd);
                FloatVector value = xhat.fma(
                                minusMeanGx, gradient(dy + 4L * c, w, c, m).sub(meanG))
                        .mul(rstd);
                if (accumulate) {
                    value = value.add(Simd.load(dx + 4L * c, m));
                }
                Simd.store(value, dx + 4L * c, m);
            }
            return true;
        }

        /// `dy·w`, or `dy` where there is no weight.
        private static FloatVector gradient(long dy, long w, int c, VectorMask<Float> m) {
            FloatVector g = Simd.load(dy, m);
            return w == 0 ? g : g.mul(Simd.load(w + 4L * c, m));
        }

        private static void addToPartial(Span partial, long x, long dy, FloatVector center, FloatVector rstd, int C) {
            for (int c = 0; c < C; c += STEP) {
                VectorMask<Float> m = Simd.first(Math.min(STEP, C - c));
                FloatVector d = Simd.load(dy + 4L * c, m);
                FloatVector xhat = Simd.load(x + 4L * c, m).sub(center).mul(rstd);
                long weight = partial.address(c);
                long bias = partial.address(C + c);
                Simd.store(d.fma(xhat, Simd.load(weight, m)), weight, m);
                Simd.store(d.add(Simd.load(bias, m)), bias, m);
            }
        }
    }
}
