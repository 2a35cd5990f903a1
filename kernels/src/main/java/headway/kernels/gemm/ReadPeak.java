package headway.kernels.gemm;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// How fast memory can be read at all: one pass over it with as little arithmetic as the reading needs. The roof that
/// decoding is held against.
///
/// Cost: 4 bytes and one addition an element.
public final class ReadPeak {
    private ReadPeak() {}

    /// Reads elements `[i0, i1)` of `x`, `F32`, and returns their sum, which says that they were read, added up in
    /// whatever order is fastest.
    public static float read(Span x, long i0, long i1) {
        x.requireRange("read", "x", i0, i1);
        return Tier.vectors() ? Vectorized.read(x.address(i0), i1 - i0) : reference(x.address(i0), i1 - i0);
    }

    static float reference(long x, long count) {
        float sum = 0;
        for (long i = 0; i < count; i++) {
            sum += Memory.f32(x + 4 * i);
        }
        return sum;
    }

    /// Same on vector lanes. Nested, so that the outer class loads without the incubator module.
    private static final class Vectorized {
        static float read(long x, long count) {
            FloatVector a = FloatVector.zero(Simd.F), b = a, c = a, d = a;
            long step = 4L * Simd.LANES;
            long end = x + 4 * count;
            long at = x;
            for (; at + 4 * step <= end; at += 4 * step) {
                a = a.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, at, Memory.ORDER));
                b = b.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, at + step, Memory.ORDER));
                c = c.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, at + 2 * step, Memory.ORDER));
                d = d.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, at + 3 * step, Memory.ORDER));
            }
            float sum = LaneSum.of(a.add(b).add(c.add(d)));
            for (; at < end; at += 4) {
                sum += Memory.f32(at);
            }
            return sum;
        }
    }
}
