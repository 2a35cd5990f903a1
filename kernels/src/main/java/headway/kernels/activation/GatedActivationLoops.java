package headway.kernels.activation;

import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The loops of [GatedActivationKernel] on vector lanes over one row; one for each function, for the
/// reason given in [ActivationLoops].
final class GatedActivationLoops {
    private static final int STEP = Simd.LANES;

    private GatedActivationLoops() {}

    /// `y[i] = f(gate[i])·up[i]` for `i < n`.
    static void forward(Activation f, long y, long gate, long up, long n) {
        switch (f) {
            case IDENTITY -> identity(y, gate, up, n);
            case RELU -> relu(y, gate, up, n);
            case GELU -> gelu(y, gate, up, n);
            case GELU_TANH -> geluTanh(y, gate, up, n);
            case GELU_SIGMOID -> geluSigmoid(y, gate, up, n);
            case SILU -> silu(y, gate, up, n);
            case TANH -> tanh(y, gate, up, n);
            case SIGMOID -> sigmoid(y, gate, up, n);
        }
    }

    /// `dgate[i] (+)= dy[i]·up[i]·f'(gate[i])`, `dup[i] (+)= dy[i]·f(gate[i])` for `i < n`.
    static void backward(Activation f, long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        switch (f) {
            case IDENTITY -> identity(dgate, dup, gate, up, dy, accumulate, n);
            case RELU -> relu(dgate, dup, gate, up, dy, accumulate, n);
            case GELU -> gelu(dgate, dup, gate, up, dy, accumulate, n);
            case GELU_TANH -> geluTanh(dgate, dup, gate, up, dy, accumulate, n);
            case GELU_SIGMOID -> geluSigmoid(dgate, dup, gate, up, dy, accumulate, n);
            case SILU -> silu(dgate, dup, gate, up, dy, accumulate, n);
            case TANH -> tanh(dgate, dup, gate, up, dy, accumulate, n);
            case SIGMOID -> sigmoid(dgate, dup, gate, up, dy, accumulate, n);
        }
    }

    private static void identity(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.load(gate + 4 * i).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.load(gate + 4 * i, m).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void identity(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(g), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(g), m, accumulate);
    }

    private static void relu(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.relu(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.relu(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void relu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.step(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.relu(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.step(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.relu(g)), m, accumulate);
    }

    private static void gelu(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.gelu(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.gelu(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void gelu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.gelu(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.gelu(g)), m, accumulate);
    }

    private static void geluTanh(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.geluTanh(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.geluTanh(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void geluTanh(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluTanhSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.geluTanh(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluTanhSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.geluTanh(g)), m, accumulate);
    }

    private static void geluSigmoid(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.geluSigmoid(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.geluSigmoid(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void geluSigmoid(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluSigmoidSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.geluSigmoid(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.geluSigmoidSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.geluSigmoid(g)), m, accumulate);
    }

    private static void silu(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(ActivationLanes.silu(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(ActivationLanes.silu(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void silu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.siluSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.silu(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.siluSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(ActivationLanes.silu(g)), m, accumulate);
    }

    private static void tanh(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.tanh(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.tanh(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void tanh(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.tanhSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(Simd.tanh(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.tanhSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(Simd.tanh(g)), m, accumulate);
    }

    private static void sigmoid(long y, long gate, long up, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            Simd.store(Simd.sigmoid(Simd.load(gate + 4 * i)).mul(Simd.load(up + 4 * i)), y + 4 * i);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        Simd.store(Simd.sigmoid(Simd.load(gate + 4 * i, m)).mul(Simd.load(up + 4 * i, m)), y + 4 * i, m);
    }

    private static void sigmoid(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long n) {
        long i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = Simd.load(gate + 4 * i);
            FloatVector u = Simd.load(up + 4 * i);
            FloatVector d = Simd.load(dy + 4 * i);
            ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.sigmoidSlope(g)), accumulate);
            ActivationLoops.put(dup + 4 * i, d.mul(Simd.sigmoid(g)), accumulate);
        }
        VectorMask<Float> m = Simd.first((int) (n - i));
        FloatVector g = Simd.load(gate + 4 * i, m);
        FloatVector u = Simd.load(up + 4 * i, m);
        FloatVector d = Simd.load(dy + 4 * i, m);
        ActivationLoops.put(dgate + 4 * i, d.mul(u).mul(ActivationLanes.sigmoidSlope(g)), m, accumulate);
        ActivationLoops.put(dup + 4 * i, d.mul(Simd.sigmoid(g)), m, accumulate);
    }
}
