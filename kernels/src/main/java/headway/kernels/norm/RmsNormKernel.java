package headway.kernels.norm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

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
    private static final float SMALLEST = 1e-30f;

    private RmsNormKernel() {}

    /// `y = x·rstd·(offset + w)` for rows `[r0, r1)`; `w` may be null (factor 1); `y` may be `x`.
    public static void forward(Span y, Span x, Span w, double offset, double eps, int C, int r0, int r1) {
        y.requireRows("rms norm", "y", r0, r1, C);
        x.requireRows("rms norm", "x", r0, r1, C);
        if (w != null) {
            w.require("rms norm", "w", C);
        }
        boolean vectors = Tier.vectors() && f32(y) && f32(x) && f32(w);
        for (int r = r0; r < r1; r++) {
            boolean done = vectors
                    && (Tier.machine()
                            ? MachineNorm.forward(y, x, w, null, false, offset, eps, C, r)
                            : Vectorized.forward(y, x, w, offset, eps, C, r));
            if (!done) {
                reference(y, x, w, offset, eps, C, r);
            }
        }
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
        boolean vectors = Tier.vectors() && f32(dx) && f32(partial) && f32(x) && f32(w) && f32(dy);
        for (int r = r0; r < r1; r++) {
            boolean done = vectors
                    && (Tier.machine()
                            ? MachineNorm.backward(dx, partial, x, w, dy, false, offset, eps, accumulate, C, r)
                            : Vectorized.backward(dx, partial, x, w, dy, offset, eps, accumulate, C, r));
            if (!done) {
                referenceBackward(dx, partial, x, w, dy, offset, eps, accumulate, C, r);
            }
        }
    }

    private static boolean f32(Span span) {
        return span == null || span.dtype() == DType.F32;
    }

    /// Whether the sum of a row's squares neither overflowed nor vanished in f32.
    static boolean fits(float sum) {
        return sum >= SMALLEST && sum < Float.POSITIVE_INFINITY;
    }

    static void reference(Span y, Span x, Span w, double offset, double eps, int C, int r) {
        long row = (long) r * C;
        double rstd = rstd(x, row, eps, C);
        for (int c = 0; c < C; c++) {
            put(y, row + c, get(x, row + c) * rstd * (w == null ? 1 : offset + get(w, c)));
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

    /// Same contract for one f32 row on vector lanes; false, with nothing written, where the row needs
    /// `double`.
    static final class Vectorized {
        private static final int STEP = Simd.LANES;

        static boolean forward(Span ys, Span xs, Span ws, double offset, double eps, int C, int r) {
            long x = xs.address((long) r * C);
            long y = ys.address((long) r * C);
            float sum = sumSquares(x, C);
            if (!fits(sum)) {
                return false;
            }
            float rstd = (float) (1 / Math.sqrt(sum / C + eps));
            if (ws == null) {
                scale(y, x, rstd, C);
            } else {
                scale(y, x, rstd, ws.address(), (float) offset, C);
            }
            return true;
        }

        static float sumSquares(long x, int C) {
            FloatVector total = FloatVector.zero(Simd.F);
            int c = 0;
            for (; c <= C - STEP; c += STEP) {
                FloatVector v = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER);
                total = v.fma(v, total);
            }
            float sum = LaneSum.of(total);
            for (; c < C; c++) {
                float v = Memory.f32(x + 4L * c);
                sum = Math.fma(v, v, sum);
            }
            return sum;
        }

        private static void scale(long y, long x, float rstd, int C) {
            FloatVector lanes = Simd.constant(rstd);
            int c = 0;
            for (; c <= C - STEP; c += STEP) {
                FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                        .mul(lanes)
                        .intoMemorySegment(Memory.ALL, y + 4L * c, Memory.ORDER);
            }
            for (; c < C; c++) {
                Memory.f32(y + 4L * c, Memory.f32(x + 4L * c) * rstd);
            }
        }

        private static void scale(long y, long x, float rstd, long w, float offset, int C) {
            FloatVector lanes = Simd.constant(rstd);
            FloatVector shift = Simd.constant(offset);
            int c = 0;
            for (; c <= C - STEP; c += STEP) {
                FloatVector factor = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER)
                        .add(shift);
                FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                        .mul(lanes)
                        .mul(factor)
                        .intoMemorySegment(Memory.ALL, y + 4L * c, Memory.ORDER);
            }
            for (; c < C; c++) {
                Memory.f32(y + 4L * c, Memory.f32(x + 4L * c) * rstd * (Memory.f32(w + 4L * c) + offset));
            }
        }

        static boolean backward(
                Span dxs,
                Span partial,
                Span xs,
                Span ws,
                Span dys,
                double offset,
                double eps,
                boolean accumulate,
                int C,
                int r) {
            long x = xs.address((long) r * C);
            long dy = dys.address((long) r * C);
            long w = ws == null ? 0 : ws.address();
            float sum = sumSquares(x, C);
            if (!fits(sum)) {
                return false;
            }
            float rstd = (float) (1 / Math.sqrt(sum / C + eps));
            float minusMean = -dot(x, dy, w, (float) offset, C) * rstd / C;
            long dx = dxs.address((long) r * C);
            long dw = partial == null ? 0 : partial.address();
            put(dx, dw, x, dy, w, (float) offset, rstd, minusMean, accumulate, C);
            return true;
        }

        /// `Σ dy·(offset + w)·x`; `w` is 0 where there is none.
        private static float dot(long x, long dy, long w, float offset, int C) {
            FloatVector shift = Simd.constant(offset);
            FloatVector total = FloatVector.zero(Simd.F);
            int c = 0;
            for (; c <= C - STEP; c += STEP) {
                FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + 4L * c, Memory.ORDER);
                if (w != 0) {
                    g = g.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER)
                            .add(shift));
                }
                total = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                        .fma(g, total);
            }
            float sum = LaneSum.of(total);
            for (; c < C; c++) {
                float g = Memory.f32(dy + 4L * c) * (w == 0 ? 1 : Memory.f32(w + 4L * c) + offset);
                sum = Math.fma(Memory.f32(x + 4L * c), g, sum);
            }
            return sum;
        }

        /// `dx (+)= rstd·(g + minusMean·xhat)` and, where `dw` is not 0, `dw += dy·xhat`, in one pass.
        private static void put(
                long dx,
                long dw,
                long x,
                long dy,
                long w,
                float offset,
                float rstd,
                float minusMean,
                boolean accumulate,
                int C) {
            FloatVector scale = Simd.constant(rstd);
            FloatVector mean = Simd.constant(minusMean);
            FloatVector shift = Simd.constant(offset);
            int c = 0;
            for (; c <= C - STEP; c += STEP) {
                FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + 4L * c, Memory.ORDER);
                FloatVector xhat = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                        .mul(scale);
                if (dw != 0) {
                    g.fma(xhat, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dw + 4L * c, Memory.ORDER))
                            .intoMemorySegment(Memory.ALL, dw + 4L * c, Memory.ORDER);
                }
                if (w != 0) {
                    g = g.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER)
                            .add(shift));
                }
                FloatVector value = xhat.fma(mean, g).mul(scale);
                if (accumulate) {
                    value = value.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dx + 4L * c, Memory.ORDER));
                }
                value.intoMemorySegment(Memory.ALL, dx + 4L * c, Memory.ORDER);
            }
            for (; c < C; c++) {
                float g = Memory.f32(dy + 4L * c);
                float xhat = Memory.f32(x + 4L * c) * rstd;
                if (dw != 0) {
                    Memory.f32(dw + 4L * c, Math.fma(g, xhat, Memory.f32(dw + 4L * c)));
                }
                g = w == 0 ? g : g * (Memory.f32(w + 4L * c) + offset);
                float value = Math.fma(xhat, minusMean, g) * rstd;
                Memory.f32(dx + 4L * c, accumulate ? Memory.f32(dx + 4L * c) + value : value);
            }
        }
    }
}
