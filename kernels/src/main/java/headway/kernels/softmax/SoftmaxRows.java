package headway.kernels.softmax;

import headway.kernels.Memory;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Simd;
import headway.kernels.simd.Tail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// One f32 row of [SoftmaxKernel] and [CrossEntropyKernel] on vector lanes; sums run on lanes in a
/// fixed order.
///
/// Each pass is a loop of whole vectors with addresses and numbers for arguments, since C2 boxes a
/// vector that crosses a call that it does not inline (and a sum that starts from a constant vector).
/// The end of a row runs the same loop in a place of its own ([Tail]), filled up with -∞ (or 0) so
/// that it adds nothing.
final class SoftmaxRows {
    private static final int STEP = Simd.LANES;
    private static final long BYTES = 4L * STEP;

    private SoftmaxRows() {}

    static void forward(long y, long x, int C) {
        long end = end(C);
        int rest = C % STEP;
        long tail = rest == 0 ? 0 : tail(x + end, rest, Float.NEGATIVE_INFINITY, 0);
        float max = max(x, end, tail);
        float sum = storeExp(y, x, max, end);
        if (rest > 0) {
            sum += storeExp(tail, tail, max, BYTES);
            Tail.copy(y + end, tail, rest);
        }
        float factor = 1 / sum;
        scale(y, factor, end);
        for (long i = end; i < 4L * C; i += 4) {
            Memory.f32(y + i, Memory.f32(y + i) * factor);
        }
    }

    static void backward(long dx, long y, long dy, boolean accumulate, int C) {
        long end = end(C);
        float dot = dot(y, dy, end);
        for (long i = end; i < 4L * C; i += 4) {
            dot = Math.fma(Memory.f32(y + i), Memory.f32(dy + i), dot);
        }
        FloatVector sum = Simd.constant(dot);
        for (long i = 0; i < end; i += BYTES) {
            put(
                    dx + i,
                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)
                            .sub(sum)
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + i, Memory.ORDER)),
                    accumulate);
        }
        for (long i = end; i < 4L * C; i += 4) {
            put(dx + i, (Memory.f32(dy + i) - dot) * Memory.f32(y + i), accumulate);
        }
    }

    static void logForward(long y, long x, int C) {
        long end = end(C);
        int rest = C % STEP;
        long tail = rest == 0 ? 0 : tail(x + end, rest, Float.NEGATIVE_INFINITY, 0);
        float max = max(x, end, tail);
        // Two subtractions: max + log(sum) in one float would lose the logarithm beside a large
        // maximum.
        float log = (float) Math.log(sumExp(x, max, end, tail));
        FloatVector maxLanes = Simd.constant(max);
        FloatVector logLanes = Simd.constant(log);
        for (long i = 0; i < end; i += BYTES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER)
                    .sub(maxLanes)
                    .sub(logLanes)
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
        for (long i = end; i < 4L * C; i += 4) {
            Memory.f32(y + i, Memory.f32(x + i) - max - log);
        }
    }

    static void logBackward(long dx, long y, long dy, boolean accumulate, int C) {
        long end = end(C);
        int rest = C % STEP;
        float sum = sum(dy, end);
        for (long i = end; i < 4L * C; i += 4) {
            sum += Memory.f32(dy + i);
        }
        subtractExp(dx, y, dy, sum, accumulate, end);
        if (rest > 0) {
            long at = tail(y + end, rest, 0, 0);
            long from = tail(dy + end, rest, 0, 1);
            long to = tail(dx + end, rest, 0, 2);
            subtractExp(to, at, from, sum, accumulate, BYTES);
            Tail.copy(dx + end, to, rest);
        }
    }

    /// `log Σ exp(x)`.
    static double logSumExp(long x, int C) {
        long end = end(C);
        int rest = C % STEP;
        long tail = rest == 0 ? 0 : tail(x + end, rest, Float.NEGATIVE_INFINITY, 0);
        float max = max(x, end, tail);
        return max + Math.log(sumExp(x, max, end, tail));
    }

    /// `dx = exp(x - lse)·scale`; `dx` may be `x`.
    static void scaledExp(long dx, long x, float lse, float scale, int C) {
        long end = end(C);
        int rest = C % STEP;
        scaledExp(dx, x, lse, scale, end);
        if (rest > 0) {
            long tail = tail(x + end, rest, 0, 0);
            scaledExp(tail, tail, lse, scale, BYTES);
            Tail.copy(dx + end, tail, rest);
        }
    }

    /// Bytes of the whole vectors of a row.
    private static long end(int C) {
        return 4L * (C - C % STEP);
    }

    /// The last `rest` elements of a row in slot `slot`, filled up with `fill`.
    private static long tail(long from, int rest, float fill, int slot) {
        long tail = Tail.slots() + slot * Tail.SLOT;
        Simd.constant(fill).intoMemorySegment(Memory.ALL, tail, Memory.ORDER);
        Tail.copy(tail, from, rest);
        return tail;
    }

    /// Largest element; NaN where the row holds one. `tail` is 0 where there is none.
    private static float max(long x, long end, long tail) {
        FloatVector max = Simd.constant(Float.NEGATIVE_INFINITY);
        for (long i = 0; i < end; i += BYTES) {
            max = max.max(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER));
        }
        float largest = max.reduceLanes(VectorOperators.MAX);
        return tail == 0
                ? largest
                : Math.max(
                        largest,
                        FloatVector.fromMemorySegment(Simd.F, Memory.ALL, tail, Memory.ORDER)
                                .reduceLanes(VectorOperators.MAX));
    }

    private static float sumExp(long x, float max, long end, long tail) {
        float sum = sumExp(x, max, end);
        return tail == 0 ? sum : sum + sumExp(tail, max, BYTES);
    }

    private static float sumExp(long x, float max, long end) {
        FloatVector shift = Simd.constant(max);
        FloatVector total = FloatVector.zero(Simd.F);
        for (long i = 0; i < end; i += BYTES) {
            total = total.add(Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER)
                    .sub(shift)));
        }
        return LaneSum.of(total);
    }

    private static float storeExp(long y, long x, float max, long end) {
        FloatVector shift = Simd.constant(max);
        FloatVector total = FloatVector.zero(Simd.F);
        for (long i = 0; i < end; i += BYTES) {
            FloatVector e = Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER)
                    .sub(shift));
            total = total.add(e);
            e.intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
        return LaneSum.of(total);
    }

    private static void scaledExp(long dx, long x, float lse, float scale, long end) {
        FloatVector shift = Simd.constant(lse);
        FloatVector factor = Simd.constant(scale);
        for (long i = 0; i < end; i += BYTES) {
            Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER)
                            .sub(shift))
                    .mul(factor)
                    .intoMemorySegment(Memory.ALL, dx + i, Memory.ORDER);
        }
    }

    private static void subtractExp(long dx, long y, long dy, float sum, boolean accumulate, long end) {
        FloatVector minusSum = Simd.constant(-sum);
        for (long i = 0; i < end; i += BYTES) {
            put(
                    dx + i,
                    Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + i, Memory.ORDER))
                            .fma(minusSum, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void scale(long y, float factor, long end) {
        FloatVector lanes = Simd.constant(factor);
        for (long i = 0; i < end; i += BYTES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, y + i, Memory.ORDER)
                    .mul(lanes)
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static float dot(long a, long b, long end) {
        FloatVector total = FloatVector.zero(Simd.F);
        for (long i = 0; i < end; i += BYTES) {
            total = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, a + i, Memory.ORDER)
                    .fma(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, b + i, Memory.ORDER), total);
        }
        return LaneSum.of(total);
    }

    private static float sum(long x, long end) {
        FloatVector total = FloatVector.zero(Simd.F);
        for (long i = 0; i < end; i += BYTES) {
            total = total.add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER));
        }
        return LaneSum.of(total);
    }

    private static void put(long address, FloatVector value, boolean accumulate) {
        if (accumulate) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, address, Memory.ORDER)
                    .add(value)
                    .intoMemorySegment(Memory.ALL, address, Memory.ORDER);
        } else {
            value.intoMemorySegment(Memory.ALL, address, Memory.ORDER);
        }
    }

    private static void put(long address, float value, boolean accumulate) {
        Memory.f32(address, accumulate ? Memory.f32(address) + value : value);
    }
}
