package headway.kernels.attention;

import headway.kernels.Memory;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// Single rows on vector lanes, where a tile would be mostly empty. Loaded by the vector tier alone.
final class Lanes {
    private Lanes() {}

    /// `Σ_d x[d] · y[d]`: two accumulators, lanes in halves, then the tail.
    static float dot(long x, long y, int count) {
        FloatVector even = FloatVector.zero(Simd.F);
        FloatVector odd = FloatVector.zero(Simd.F);
        int i = 0;
        for (; i + 2 * Simd.LANES <= count; i += 2 * Simd.LANES) {
            even = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + 4L * i, Memory.ORDER), even);
            long next = 4L * (i + Simd.LANES);
            odd = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + next, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + next, Memory.ORDER), odd);
        }
        if (i + Simd.LANES <= count) {
            even = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + 4L * i, Memory.ORDER), even);
            i += Simd.LANES;
        }
        // LaneSum.of, written out: backward is so large that C2 inlines no more methods of ours here, and would box.
        FloatVector lanes = even.add(odd);
        if (Simd.LANES >= 16) {
            lanes = lanes.add(lanes.rearrange(LaneSum.BY_8));
        }
        if (Simd.LANES >= 8) {
            lanes = lanes.add(lanes.rearrange(LaneSum.BY_4));
        }
        lanes = lanes.add(lanes.rearrange(LaneSum.BY_2));
        float sum = lanes.add(lanes.rearrange(LaneSum.BY_1)).lane(0);
        for (; i < count; i++) {
            sum = Math.fma(Memory.f32(x + 4L * i), Memory.f32(y + 4L * i), sum);
        }
        return sum;
    }

    /// `y[d] += factor · x[d]`.
    static void addScaled(long y, long x, float factor, int count) {
        int i = 0;
        for (; i + Simd.LANES <= count; i += Simd.LANES) {
            FloatVector f = FloatVector.broadcast(Simd.F, factor);
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .fma(f, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + 4L * i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + 4L * i, Memory.ORDER);
        }
        for (; i < count; i++) {
            Memory.f32(y + 4L * i, Math.fma(Memory.f32(x + 4L * i), factor, Memory.f32(y + 4L * i)));
        }
    }

    /// `out[d] += Σ_j p[j] · v[j][d]` for `keys` rows that are `rowV` bytes apart; four vectors of
    /// `out` at a time stay in registers over all rows.
    static void addWeighted(long out, long p, long v, long rowV, int keys, int count) {
        int d = 0;
        for (; d + 4 * Simd.LANES <= count; d += 4 * Simd.LANES) {
            addFour(out + 4L * d, p, v + 4L * d, rowV, keys);
        }
        for (; d + Simd.LANES <= count; d += Simd.LANES) {
            FloatVector sum = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, out + 4L * d, Memory.ORDER);
            for (int j = 0; j < keys; j++) {
                sum = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, v + j * rowV + 4L * d, Memory.ORDER)
                        .fma(FloatVector.broadcast(Simd.F, Memory.f32(p + 4L * j)), sum);
            }
            sum.intoMemorySegment(Memory.ALL, out + 4L * d, Memory.ORDER);
        }
        for (; d < count; d++) {
            float sum = Memory.f32(out + 4L * d);
            for (int j = 0; j < keys; j++) {
                sum = Math.fma(Memory.f32(v + j * rowV + 4L * d), Memory.f32(p + 4L * j), sum);
            }
            Memory.f32(out + 4L * d, sum);
        }
    }

    private static void addFour(long out, long p, long v, long rowV, int keys) {
        long step = 4L * Simd.LANES;
        FloatVector s0 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, out, Memory.ORDER);
        FloatVector s1 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, out + step, Memory.ORDER);
        FloatVector s2 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, out + 2 * step, Memory.ORDER);
        FloatVector s3 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, out + 3 * step, Memory.ORDER);
        for (int j = 0; j < keys; j++) {
            FloatVector weight = FloatVector.broadcast(Simd.F, Memory.f32(p + 4L * j));
            s0 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, v, Memory.ORDER)
                    .fma(weight, s0);
            s1 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, v + step, Memory.ORDER)
                    .fma(weight, s1);
            s2 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, v + 2 * step, Memory.ORDER)
                    .fma(weight, s2);
            s3 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, v + 3 * step, Memory.ORDER)
                    .fma(weight, s3);
            v += rowV;
        }
        s0.intoMemorySegment(Memory.ALL, out, Memory.ORDER);
        s1.intoMemorySegment(Memory.ALL, out + step, Memory.ORDER);
        s2.intoMemorySegment(Memory.ALL, out + 2 * step, Memory.ORDER);
        s3.intoMemorySegment(Memory.ALL, out + 3 * step, Memory.ORDER);
    }

    /// `x[i] = e^(x[i] - base)` for `count` floats, a multiple of the lanes; returns their sum.
    static float exponentials(long x, int count, float base) {
        FloatVector shift = FloatVector.broadcast(Simd.F, base);
        FloatVector sum = FloatVector.zero(Simd.F);
        for (int i = 0; i < count; i += Simd.LANES) {
            FloatVector e = Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .sub(shift));
            e.intoMemorySegment(Memory.ALL, x + 4L * i, Memory.ORDER);
            sum = sum.add(e);
        }
        return LaneSum.of(sum);
    }

    /// `y[i] = factor · x[i]`.
    static void scale(long y, long x, float factor, int count) {
        int i = 0;
        for (; i + Simd.LANES <= count; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .mul(factor)
                    .intoMemorySegment(Memory.ALL, y + 4L * i, Memory.ORDER);
        }
        for (; i < count; i++) {
            Memory.f32(y + 4L * i, Memory.f32(x + 4L * i) * factor);
        }
    }
}
