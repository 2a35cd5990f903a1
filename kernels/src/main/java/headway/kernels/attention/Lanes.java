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
            even = Simd.load(x + 4L * i).fma(Simd.load(y + 4L * i), even);
            long next = 4L * (i + Simd.LANES);
            odd = Simd.load(x + next).fma(Simd.load(y + next), odd);
        }
        if (i + Simd.LANES <= count) {
            even = Simd.load(x + 4L * i).fma(Simd.load(y + 4L * i), even);
            i += Simd.LANES;
        }
        float sum = LaneSum.of(even.add(odd));
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
            Simd.store(Simd.load(x + 4L * i).fma(f, Simd.load(y + 4L * i)), y + 4L * i);
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
            FloatVector sum = Simd.load(out + 4L * d);
            for (int j = 0; j < keys; j++) {
                sum = Simd.load(v + j * rowV + 4L * d).fma(FloatVector.broadcast(Simd.F, Memory.f32(p + 4L * j)), sum);
            }
            Simd.store(sum, out + 4L * d);
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
        FloatVector s0 = Simd.load(out);
        FloatVector s1 = Simd.load(out + step);
        FloatVector s2 = Simd.load(out + 2 * step);
        FloatVector s3 = Simd.load(out + 3 * step);
        for (int j = 0; j < keys; j++) {
            FloatVector weight = FloatVector.broadcast(Simd.F, Memory.f32(p + 4L * j));
            s0 = Simd.load(v).fma(weight, s0);
            s1 = Simd.load(v + step).fma(weight, s1);
            s2 = Simd.load(v + 2 * step).fma(weight, s2);
            s3 = Simd.load(v + 3 * step).fma(weight, s3);
            v += rowV;
        }
        Simd.store(s0, out);
        Simd.store(s1, out + step);
        Simd.store(s2, out + 2 * step);
        Simd.store(s3, out + 3 * step);
    }

    /// `x[i] = e^(x[i] - base)` for `count` floats, a multiple of the lanes; returns their sum.
    static float exponentials(long x, int count, float base) {
        FloatVector shift = FloatVector.broadcast(Simd.F, base);
        FloatVector sum = FloatVector.zero(Simd.F);
        for (int i = 0; i < count; i += Simd.LANES) {
            FloatVector e = Simd.exp(Simd.load(x + 4L * i).sub(shift));
            Simd.store(e, x + 4L * i);
            sum = sum.add(e);
        }
        return LaneSum.of(sum);
    }

    /// `y[i] = factor · x[i]`.
    static void scale(long y, long x, float factor, int count) {
        int i = 0;
        for (; i + Simd.LANES <= count; i += Simd.LANES) {
            Simd.store(Simd.load(x + 4L * i).mul(factor), y + 4L * i);
        }
        for (; i < count; i++) {
            Memory.f32(y + 4L * i, Memory.f32(x + 4L * i) * factor);
        }
    }
}
