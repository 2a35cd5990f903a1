package headway.kernels.softmax;

import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// One f32 row of [SoftmaxKernel] and [CrossEntropyKernel] on vector lanes; sums run on lanes in a
/// fixed order. Lanes past the end of a row are read as -∞, so that their exponential is 0.
final class SoftmaxRows {
    private static final int STEP = Simd.LANES;
    private static final FloatVector LOWEST = Simd.constant(Float.NEGATIVE_INFINITY);
    private static final FloatVector ZERO = Simd.constant(0f);

    private SoftmaxRows() {}

    static void forward(long y, long x, int C) {
        FloatVector max = Simd.constant(max(x, C));
        float sum = storeExp(y, x, max, C);
        FloatVector factor = Simd.constant(1 / sum);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            Simd.store(Simd.load(y + 4L * c).mul(factor), y + 4L * c);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            Simd.store(Simd.load(y + 4L * c, m).mul(factor), y + 4L * c, m);
        }
    }

    static void backward(long dx, long y, long dy, boolean accumulate, int C) {
        FloatVector dot = ZERO;
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            dot = Simd.load(y + 4L * c).fma(Simd.load(dy + 4L * c), dot);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            dot = Simd.load(y + 4L * c, m).fma(Simd.load(dy + 4L * c, m), dot);
        }
        FloatVector sum = Simd.constant(Simd.sum(dot));
        c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector value = Simd.load(dy + 4L * c).sub(sum).mul(Simd.load(y + 4L * c));
            put(dx + 4L * c, value, accumulate);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            FloatVector value = Simd.load(dy + 4L * c, m).sub(sum).mul(Simd.load(y + 4L * c, m));
            put(dx + 4L * c, value, m, accumulate);
        }
    }

    static void logForward(long y, long x, int C) {
        float max = max(x, C);
        FloatVector maxLanes = Simd.constant(max);
        // Two subtractions: max + log(sum) in one float would lose the logarithm beside a large
        // maximum.
        FloatVector log = Simd.constant((float) Math.log(sumExp(x, maxLanes, C)));
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            Simd.store(Simd.load(x + 4L * c).sub(maxLanes).sub(log), y + 4L * c);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            Simd.store(Simd.load(x + 4L * c, m).sub(maxLanes).sub(log), y + 4L * c, m);
        }
    }

    static void logBackward(long dx, long y, long dy, boolean accumulate, int C) {
        FloatVector total = ZERO;
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            total = total.add(Simd.load(dy + 4L * c));
        }
        if (c < C) {
            total = total.add(Simd.load(dy + 4L * c, Simd.first(C - c)));
        }
        FloatVector minusSum = Simd.constant(-Simd.sum(total));
        c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector value = Simd.exp(Simd.load(y + 4L * c)).fma(minusSum, Simd.load(dy + 4L * c));
            put(dx + 4L * c, value, accumulate);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            FloatVector value = Simd.exp(Simd.load(y + 4L * c, m)).fma(minusSum, Simd.load(dy + 4L * c, m));
            put(dx + 4L * c, value, m, accumulate);
        }
    }

    /// `log Σ exp(x)`.
    static double logSumExp(long x, int C) {
        float max = max(x, C);
        return max + Math.log(sumExp(x, Simd.constant(max), C));
    }

    /// `dx = exp(x - lse)·scale`; `dx` may be `x`.
    static void scaledExp(long dx, long x, float lse, float scale, int C) {
        FloatVector shift = Simd.constant(lse);
        FloatVector factor = Simd.constant(scale);
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            Simd.store(Simd.exp(Simd.load(x + 4L * c).sub(shift)).mul(factor), dx + 4L * c);
        }
        if (c < C) {
            VectorMask<Float> m = Simd.first(C - c);
            Simd.store(Simd.exp(Simd.load(x + 4L * c, m).sub(shift)).mul(factor), dx + 4L * c, m);
        }
    }

    /// Largest element; NaN where the row holds one.
    private static float max(long x, int C) {
        FloatVector max = LOWEST;
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            max = max.max(Simd.load(x + 4L * c));
        }
        if (c < C) {
            max = max.max(tail(x + 4L * c, C - c));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    private static FloatVector tail(long x, int count) {
        VectorMask<Float> m = Simd.first(count);
        return LOWEST.blend(Simd.load(x, m), m);
    }

    private static float sumExp(long x, FloatVector max, int C) {
        FloatVector total = ZERO;
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            total = total.add(Simd.exp(Simd.load(x + 4L * c).sub(max)));
        }
        if (c < C) {
            total = total.add(Simd.exp(tail(x + 4L * c, C - c).sub(max)));
        }
        return Simd.sum(total);
    }

    private static float storeExp(long y, long x, FloatVector max, int C) {
        FloatVector total = ZERO;
        int c = 0;
        for (; c <= C - STEP; c += STEP) {
            FloatVector e = Simd.exp(Simd.load(x + 4L * c).sub(max));
            total = total.add(e);
            Simd.store(e, y + 4L * c);
        }
        if (c < C) {
            FloatVector e = Simd.exp(tail(x + 4L * c, C - c).sub(max));
            total = total.add(e);
            Simd.store(e, y + 4L * c, Simd.first(C - c));
        }
        return Simd.sum(total);
    }

    private static void put(long address, FloatVector value, boolean accumulate) {
        if (accumulate) {
            Simd.store(Simd.load(address).add(value), address);
        } else {
            Simd.store(value, address);
        }
    }

    private static void put(long address, FloatVector value, VectorMask<Float> m, boolean accumulate) {
        if (accumulate) {
            Simd.store(Simd.load(address, m).add(value), address, m);
        } else {
            Simd.store(value, address, m);
        }
    }
}
