package headway.kernels.norm;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// One f32 row of [LayerNormKernel] on vector lanes; false, with nothing written, where the row needs
/// `double`.
///
/// Each pass is one loop with numbers for arguments, since C2 boxes a vector that crosses a call that
/// it does not inline; what is left of a row is scalar. An address of 0 stands for an operand that is
/// not there.
final class LayerNormRows {
    private static final int STEP = Simd.LANES;

    private LayerNormRows() {}

    static boolean forward(Span ys, Span xs, Span ws, Span bs, double eps, int C, int r) {
        long x = xs.address((long) r * C);
        float mean = sum(x, C) / C;
        float variance = sumOfSquares(x, mean, C) / C;
        if (!(variance < Float.POSITIVE_INFINITY)) {
            return false;
        }
        float rstd = (float) (1 / Math.sqrt(variance + eps));
        put(ys.address((long) r * C), x, address(ws), address(bs), mean, rstd, C);
        return true;
    }

    static boolean backward(
            Span dxs, Span partial, Span xs, Span ws, Span dys, double eps, boolean accumulate, int C, int r) {
        long x = xs.address((long) r * C);
        long dy = dys.address((long) r * C);
        long w = address(ws);
        float mean = sum(x, C) / C;
        float variance = sumOfSquares(x, mean, C) / C;
        if (!(variance < Float.POSITIVE_INFINITY)) {
            return false;
        }
        float rstd = (float) (1 / Math.sqrt(variance + eps));
        if (partial != null) {
            addToPartial(partial.address(), partial.address(C), x, dy, mean, rstd, C);
        }
        float meanG = w == 0 ? sum(dy, C) / C : dot(dy, w, 0, C) / C;
        float meanGx = (w == 0 ? dot(x, dy, mean, C) : dot(x, dy, w, mean, C)) * rstd / C;
        put(dxs.address((long) r * C), x, dy, w, mean, rstd, meanG, meanGx, accumulate, C);
        return true;
    }

    private static long address(Span span) {
        return span == null ? 0 : span.address();
    }

    private static float sum(long x, int C) {
        FloatVector even = FloatVector.zero(Simd.F);
        FloatVector odd = FloatVector.zero(Simd.F);
        int c = 0;
        for (; c <= C - 2 * STEP; c += 2 * STEP) {
            even = even.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER));
            odd = odd.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * (c + STEP), Memory.ORDER));
        }
        for (; c <= C - STEP; c += STEP) {
            even = even.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER));
        }
        float sum = LaneSum.of(even.add(odd));
        for (; c < C; c++) {
            sum += Memory.f32(x + 4L * c);
        }
        return sum;
    }

    /// `Σ (x - mean)²`.
    private static float sumOfSquares(long x, float mean, int C) {
        FloatVector center = Simd.constant(mean);
        FloatVector total = FloatVector.zero(Simd.F);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector d = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                    .sub(center);
            total = d.fma(d, total);
        }
        float sum = LaneSum.of(total);
        for (; c < C; c++) {
            float d = Memory.f32(x + 4L * c) - mean;
            sum = Math.fma(d, d, sum);
        }
        return sum;
    }

    /// `Σ (a - shift)·b`.
    private static float dot(long a, long b, float shift, int C) {
        FloatVector center = Simd.constant(shift);
        FloatVector total = FloatVector.zero(Simd.F);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            total = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + 4L * c, Memory.ORDER)
                    .sub(center)
                    .fma(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4L * c, Memory.ORDER), total);
        }
        float sum = LaneSum.of(total);
        for (; c < C; c++) {
            sum = Math.fma(Memory.f32(a + 4L * c) - shift, Memory.f32(b + 4L * c), sum);
        }
        return sum;
    }

    /// `Σ (a - shift)·b·w`.
    private static float dot(long a, long b, long w, float shift, int C) {
        FloatVector center = Simd.constant(shift);
        FloatVector total = FloatVector.zero(Simd.F);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4L * c, Memory.ORDER)
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER));
            total = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + 4L * c, Memory.ORDER)
                    .sub(center)
                    .fma(g, total);
        }
        float sum = LaneSum.of(total);
        for (; c < C; c++) {
            float g = Memory.f32(b + 4L * c) * Memory.f32(w + 4L * c);
            sum = Math.fma(Memory.f32(a + 4L * c) - shift, g, sum);
        }
        return sum;
    }

    private static void put(long y, long x, long w, long b, float mean, float rstd, int C) {
        FloatVector center = Simd.constant(mean);
        FloatVector scale = Simd.constant(rstd);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector value = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                    .sub(center)
                    .mul(scale);
            if (w != 0) {
                value = value.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER));
            }
            if (b != 0) {
                value = value.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4L * c, Memory.ORDER));
            }
            value.intoMemorySegment(Memory.ALL, y + 4L * c, Memory.ORDER);
        }
        for (; c < C; c++) {
            float value = (Memory.f32(x + 4L * c) - mean) * rstd;
            value = w == 0 ? value : value * Memory.f32(w + 4L * c);
            Memory.f32(y + 4L * c, b == 0 ? value : value + Memory.f32(b + 4L * c));
        }
    }

    /// `dw += dy·xhat`, `db += dy`.
    private static void addToPartial(long dw, long db, long x, long dy, float mean, float rstd, int C) {
        FloatVector center = Simd.constant(mean);
        FloatVector scale = Simd.constant(rstd);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector d = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + 4L * c, Memory.ORDER);
            FloatVector xhat = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                    .sub(center)
                    .mul(scale);
            d.fma(xhat, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dw + 4L * c, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, dw + 4L * c, Memory.ORDER);
            d.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, db + 4L * c, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, db + 4L * c, Memory.ORDER);
        }
        for (; c < C; c++) {
            float d = Memory.f32(dy + 4L * c);
            float xhat = (Memory.f32(x + 4L * c) - mean) * rstd;
            Memory.f32(dw + 4L * c, Math.fma(d, xhat, Memory.f32(dw + 4L * c)));
            Memory.f32(db + 4L * c, d + Memory.f32(db + 4L * c));
        }
    }

    private static void put(
            long dx,
            long x,
            long dy,
            long w,
            float mean,
            float rstd,
            float meanG,
            float meanGx,
            boolean accumulate,
            int C) {
        FloatVector center = Simd.constant(mean);
        FloatVector scale = Simd.constant(rstd);
        FloatVector minusG = Simd.constant(-meanG);
        FloatVector minusGx = Simd.constant(-meanGx);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + 4L * c, Memory.ORDER);
            if (w != 0) {
                g = g.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, w + 4L * c, Memory.ORDER));
            }
            FloatVector xhat = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * c, Memory.ORDER)
                    .sub(center)
                    .mul(scale);
            FloatVector value = xhat.fma(minusGx, g.add(minusG)).mul(scale);
            if (accumulate) {
                value = value.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dx + 4L * c, Memory.ORDER));
            }
            value.intoMemorySegment(Memory.ALL, dx + 4L * c, Memory.ORDER);
        }
        for (; c < C; c++) {
            float g = Memory.f32(dy + 4L * c) * (w == 0 ? 1 : Memory.f32(w + 4L * c));
            float xhat = (Memory.f32(x + 4L * c) - mean) * rstd;
            float value = Math.fma(xhat, -meanGx, g - meanG) * rstd;
            Memory.f32(dx + 4L * c, accumulate ? Memory.f32(dx + 4L * c) + value : value);
        }
    }
}
