package headway.kernels.activation;

import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The loops of [ActivationKernel] on vector lanes: one for each function and derivative.
///
/// Why not one loop with a `switch` inside: C2 boxes vectors that leave a `switch`, and stops inlining
/// when all cases have been seen (measured: 1 to 5 ns and 12 to 50 bytes of garbage an element instead
/// of 0.1 to 0.3 ns and none). The last, partial vector runs the same arithmetic under a mask, so bits
/// do not depend on how a range is split.
final class ActivationLoops {
    private static final int STEP = Simd.LANES;

    private ActivationLoops() {}

    /// `y[i] = f(x[i])` for `i < n`, from address to address.
    static void forward(Activation f, long y, long x, long n) {
        switch (f) {
            case IDENTITY -> identity(y, x, n);
            case RELU -> relu(y, x, n);
            case GELU -> gelu(y, x, n);
            case GELU_TANH -> geluTanh(y, x, n);
            case GELU_SIGMOID -> geluSigmoid(y, x, n);
            case SILU -> silu(y, x, n);
            case TANH -> tanh(y, x, n);
            case SIGMOID -> sigmoid(y, x, n);
        }
    }

    /// `dx[i] (+)= dy[i]·f'(x[i])` for `i < n`.
    static void backward(Activation f, long dx, long x, long dy, boolean accumulate, long n) {
        switch (f) {
            case IDENTITY -> identity(dx, dy, accumulate, n);
            case RELU -> relu(dx, x, dy, accumulate, n);
            case GELU -> gelu(dx, x, dy, accumulate, n);
            case GELU_TANH -> geluTanh(dx, x, dy, accumulate, n);
            case GELU_SIGMOID -> geluSigmoid(dx, x, dy, accumulate, n);
            case SILU -> silu(dx, x, dy, accumulate, n);
            case TANH -> tanh(dx, x, dy, accumulate, n);
            case SIGMOID -> sigmoid(dx, x, dy, accumulate, n);
        }
    }

    private static void identity(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.load(x + 4 * i), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.load(x + 4 * i, m), y + 4 * i, m);
    }

    private static void identity(long dx, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, Simd.load(dy + 4 * i), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(dx + 4 * i, Simd.load(dy + 4 * i, m), m, accumulate);
    }

    private static void relu(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.relu(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.relu(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void relu(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.step(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(dx + 4 * i, ActivationLanes.step(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)), m, accumulate);
    }

    private static void gelu(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.gelu(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.gelu(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void gelu(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.geluSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.geluSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    private static void geluTanh(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.geluTanh(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.geluTanh(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void geluTanh(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.geluTanhSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.geluTanhSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    private static void geluSigmoid(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.geluSigmoid(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.geluSigmoid(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void geluSigmoid(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(
                    dx + 4 * i,
                    ActivationLanes.geluSigmoidSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)),
                    accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.geluSigmoidSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    private static void silu(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.silu(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.silu(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void silu(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.siluSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.siluSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    private static void tanh(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.tanh(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.tanh(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void tanh(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.tanhSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.tanhSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    private static void sigmoid(long y, long x, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.sigmoid(Simd.load(x + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.sigmoid(Simd.load(x + 4 * i, m)), y + 4 * i, m);
    }

    private static void sigmoid(long dx, long x, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            put(dx + 4 * i, ActivationLanes.sigmoidSlope(Simd.load(x + 4 * i)).mul(Simd.load(dy + 4 * i)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        put(
                dx + 4 * i,
                ActivationLanes.sigmoidSlope(Simd.load(x + 4 * i, m)).mul(Simd.load(dy + 4 * i, m)),
                m,
                accumulate);
    }

    static void put(long address, FloatVector value, boolean accumulate) {
        if (accumulate) {
            Simd.store(Simd.load(address).add(value), address);
        } else {
            Simd.store(value, address);
        }
    }

    static void put(long address, FloatVector value, VectorMask<Float> m, boolean accumulate) {
        if (accumulate) {
            Simd.store(Simd.load(address, m).add(value), address, m);
        } else {
            Simd.store(value, address, m);
        }
    }
}
