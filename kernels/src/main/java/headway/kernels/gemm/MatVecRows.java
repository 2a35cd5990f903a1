package headway.kernels.gemm;

import static headway.kernels.simd.Simd.F;
import static headway.kernels.simd.Simd.LANES;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Widen;
import jdk.incubator.vector.FloatVector;

/// Scalar products of one weight row with one or two rows of x, for [MatVecKernel] on vector lanes.
///
/// The order of summation is the same for one row and for two: lanes in four accumulators, then the
/// tail in order. So a row's result does not depend on its neighbours. One method for each type,
/// because a vector that comes out of a branch is boxed.
final class MatVecRows {
    private static final long STEP = 4L * LANES;
    private static final long HALF_STEP = 2L * LANES;

    private MatVecRows() {}

    /// `x · w` over `K` elements.
    static float one(long x, long w, DType type, int K) {
        int bound = K - K % LANES;
        float sum = type == DType.F32
                ? oneF32(x, w, bound)
                : type == DType.BF16 ? oneBf16(x, w, bound) : oneF16(x, w, bound);
        return tail(sum, x, w, type, bound, K);
    }

    /// `x · w` and `y · w`, as the bits of two floats in one long, so that nothing is allocated.
    static long two(long x, long y, long w, DType type, int K) {
        int bound = K - K % LANES;
        long sums = type == DType.F32
                ? twoF32(x, y, w, bound)
                : type == DType.BF16 ? twoBf16(x, y, w, bound) : twoF16(x, y, w, bound);
        return bound == K
                ? sums
                : pair(tail(first(sums), x, w, type, bound, K), tail(second(sums), y, w, type, bound, K));
    }

    static float first(long pair) {
        return Float.intBitsToFloat((int) (pair >>> 32));
    }

    static float second(long pair) {
        return Float.intBitsToFloat((int) pair);
    }

    private static long pair(float first, float second) {
        return (long) Float.floatToRawIntBits(first) << 32 | Float.floatToRawIntBits(second) & 0xFFFF_FFFFL;
    }

    private static float tail(float sum, long x, long w, DType type, int from, int K) {
        for (int k = from; k < K; k++) {
            sum = Math.fma(Memory.f32(x + 4L * k), (float) type.get(w + (long) k * type.bytes()), sum);
        }
        return sum;
    }

    private static float oneF32(long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER), s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(F, Memory.ALL, w + STEP, Memory.ORDER), s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(F, Memory.ALL, w + 2 * STEP, Memory.ORDER), s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(F, Memory.ALL, w + 3 * STEP, Memory.ORDER), s3);
            x += 4 * STEP;
            w += 4 * STEP;
        }
        for (; k < K; k += LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER), s0);
            x += STEP;
            w += STEP;
        }
        return LaneSum.of(s0.add(s1).add(s2.add(s3)));
    }

    private static long twoF32(long x, long y, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector t0 = s0;
        FloatVector t1 = s0;
        FloatVector t2 = s0;
        FloatVector t3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            FloatVector w1 = FloatVector.fromMemorySegment(F, Memory.ALL, w + STEP, Memory.ORDER);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, y + STEP, Memory.ORDER)
                    .fma(w1, t1);
            FloatVector w2 = FloatVector.fromMemorySegment(F, Memory.ALL, w + 2 * STEP, Memory.ORDER);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(w2, s2);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 2 * STEP, Memory.ORDER)
                    .fma(w2, t2);
            FloatVector w3 = FloatVector.fromMemorySegment(F, Memory.ALL, w + 3 * STEP, Memory.ORDER);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(w3, s3);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 3 * STEP, Memory.ORDER)
                    .fma(w3, t3);
            x += 4 * STEP;
            y += 4 * STEP;
            w += 4 * STEP;
        }
        for (; k < K; k += LANES) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            x += STEP;
            y += STEP;
            w += STEP;
        }
        return pair(
                LaneSum.of(s0.add(s1).add(s2.add(s3))), LaneSum.of(t0.add(t1).add(t2.add(t3))));
    }

    private static float oneBf16(long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(Widen.bf16(w), s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(Widen.bf16(w + HALF_STEP), s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(Widen.bf16(w + 2 * HALF_STEP), s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(Widen.bf16(w + 3 * HALF_STEP), s3);
            x += 4 * STEP;
            w += 4 * HALF_STEP;
        }
        for (; k < K; k += LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(Widen.bf16(w), s0);
            x += STEP;
            w += HALF_STEP;
        }
        return LaneSum.of(s0.add(s1).add(s2.add(s3)));
    }

    private static long twoBf16(long x, long y, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector t0 = s0;
        FloatVector t1 = s0;
        FloatVector t2 = s0;
        FloatVector t3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            FloatVector w0 = Widen.bf16(w);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            FloatVector w1 = Widen.bf16(w + HALF_STEP);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, y + STEP, Memory.ORDER)
                    .fma(w1, t1);
            FloatVector w2 = Widen.bf16(w + 2 * HALF_STEP);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(w2, s2);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 2 * STEP, Memory.ORDER)
                    .fma(w2, t2);
            FloatVector w3 = Widen.bf16(w + 3 * HALF_STEP);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(w3, s3);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 3 * STEP, Memory.ORDER)
                    .fma(w3, t3);
            x += 4 * STEP;
            y += 4 * STEP;
            w += 4 * HALF_STEP;
        }
        for (; k < K; k += LANES) {
            FloatVector w0 = Widen.bf16(w);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            x += STEP;
            y += STEP;
            w += HALF_STEP;
        }
        return pair(
                LaneSum.of(s0.add(s1).add(s2.add(s3))), LaneSum.of(t0.add(t1).add(t2.add(t3))));
    }

    private static float oneF16(long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(Widen.f16(w), s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(Widen.f16(w + HALF_STEP), s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(Widen.f16(w + 2 * HALF_STEP), s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(Widen.f16(w + 3 * HALF_STEP), s3);
            x += 4 * STEP;
            w += 4 * HALF_STEP;
        }
        for (; k < K; k += LANES) {
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(Widen.f16(w), s0);
            x += STEP;
            w += HALF_STEP;
        }
        return LaneSum.of(s0.add(s1).add(s2.add(s3)));
    }

    private static long twoF16(long x, long y, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector t0 = s0;
        FloatVector t1 = s0;
        FloatVector t2 = s0;
        FloatVector t3 = s0;
        int k = 0;
        for (; k + 4 * LANES <= K; k += 4 * LANES) {
            FloatVector w0 = Widen.f16(w);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            FloatVector w1 = Widen.f16(w + HALF_STEP);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, y + STEP, Memory.ORDER)
                    .fma(w1, t1);
            FloatVector w2 = Widen.f16(w + 2 * HALF_STEP);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * STEP, Memory.ORDER)
                    .fma(w2, s2);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 2 * STEP, Memory.ORDER)
                    .fma(w2, t2);
            FloatVector w3 = Widen.f16(w + 3 * HALF_STEP);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * STEP, Memory.ORDER)
                    .fma(w3, s3);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, y + 3 * STEP, Memory.ORDER)
                    .fma(w3, t3);
            x += 4 * STEP;
            y += 4 * STEP;
            w += 4 * HALF_STEP;
        }
        for (; k < K; k += LANES) {
            FloatVector w0 = Widen.f16(w);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, y, Memory.ORDER).fma(w0, t0);
            x += STEP;
            y += STEP;
            w += HALF_STEP;
        }
        return pair(
                LaneSum.of(s0.add(s1).add(s2.add(s3))), LaneSum.of(t0.add(t1).add(t2.add(t3))));
    }
}
