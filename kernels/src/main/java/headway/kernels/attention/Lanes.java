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
}
