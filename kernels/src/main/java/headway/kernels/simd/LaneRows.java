package headway.kernels.simd;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// [Rows] on vector lanes, the last, partial vector under a mask. Loaded by the vector tier alone.
final class LaneRows {
    private LaneRows() {}

    /// Two accumulators, lanes in halves, then the tail.
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

    /// Four vectors of `out` at a time stay in registers over all rows.
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

    static float exponentials(long x, int count, float base) {
        FloatVector shift = FloatVector.broadcast(Simd.F, base);
        FloatVector sum = FloatVector.zero(Simd.F);
        int i = 0;
        for (; i + Simd.LANES <= count; i += Simd.LANES) {
            FloatVector e = Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .sub(shift));
            e.intoMemorySegment(Memory.ALL, x + 4L * i, Memory.ORDER);
            sum = sum.add(e);
        }
        float total = LaneSum.of(sum);
        for (; i < count; i++) {
            float e = (float) Math.exp(Memory.f32(x + 4L * i) - base);
            Memory.f32(x + 4L * i, e);
            total += e;
        }
        return total;
    }

    static void add(long y, long a, long b, long n) {
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + 4 * i, Memory.ORDER)
                    .add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4 * i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(a + 4 * i, m).add(Simd.load(b + 4 * i, m)), y + 4 * i, m);
        }
    }

    static void multiply(long y, long a, long b, long n) {
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + 4 * i, Memory.ORDER)
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4 * i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(a + 4 * i, m).mul(Simd.load(b + 4 * i, m)), y + 4 * i, m);
        }
    }

    static void multiplyAdd(long y, long a, long b, long n) {
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + 4 * i, Memory.ORDER)
                    .fma(
                            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + 4 * i, Memory.ORDER),
                            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + 4 * i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(a + 4 * i, m).fma(Simd.load(b + 4 * i, m), Simd.load(y + 4 * i, m)), y + 4 * i, m);
        }
    }

    static void scale(long y, long x, float s, long n) {
        FloatVector factor = Simd.constant(s);
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4 * i, Memory.ORDER)
                    .mul(factor)
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(x + 4 * i, m).mul(factor), y + 4 * i, m);
        }
    }

    static void addScaled(long y, long x, float s, long n) {
        FloatVector factor = Simd.constant(s);
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4 * i, Memory.ORDER)
                    .fma(factor, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + 4 * i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(x + 4 * i, m).fma(factor, Simd.load(y + 4 * i, m)), y + 4 * i, m);
        }
    }

    static void fill(long y, float value, long n) {
        FloatVector v = Simd.constant(value);
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            v.intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(v, y + 4 * i, m);
        }
    }

    static void shift(long y, long x, float shift, long n) {
        FloatVector v = Simd.constant(shift);
        long i = 0;
        for (; i <= n - Simd.LANES; i += Simd.LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4 * i, Memory.ORDER)
                    .add(v)
                    .intoMemorySegment(Memory.ALL, y + 4 * i, Memory.ORDER);
        }
        if (i < n) {
            VectorMask<Float> m = Simd.first((int) (n - i));
            Simd.store(Simd.load(x + 4 * i, m).add(v), y + 4 * i, m);
        }
    }

    static void uncap(long y, long t, float s, long n) {
        FloatVector factor = Simd.constant(s);
        for (long i = 0; i < n; i += Simd.LANES) {
            // A mask for whole vectors, too: this is far from the innermost loops.
            VectorMask<Float> m = Simd.first((int) Math.min(Simd.LANES, n - i));
            FloatVector u = Simd.load(t + 4 * i, m).mul(factor);
            FloatVector v = Simd.load(y + 4 * i, m);
            Simd.store(v.sub(v.mul(u).mul(u)), y + 4 * i, m);
        }
    }

    /// Four chains, because an addition takes about four cycles.
    static float sum(long x, long n) {
        FloatVector a = FloatVector.zero(Simd.F), b = a, c = a, d = a;
        long step = 4L * Simd.LANES;
        long end = x + 4 * n;
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
