package headway.kernels.activation;

import headway.kernels.Memory;
import headway.kernels.simd.Simd;
import headway.kernels.simd.Tail;
import jdk.incubator.vector.FloatVector;

/// The loops of [GatedActivationKernel] on vector lanes over one row; one for each function, for the
/// reason given in [ActivationLoops].
final class GatedActivationLoops {
    private static final int STEP = Simd.LANES;

    private GatedActivationLoops() {}

    /// `y[i] = f(gate[i])·up[i]` for `i < n`.
    static void forward(Activation f, long y, long gate, long up, int n) {
        int rest = n % STEP;
        long end = 4L * (n - rest);
        whole(f, y, gate, up, end);
        if (rest > 0) {
            long g = Tail.slots();
            long u = g + Tail.SLOT;
            Tail.copy(g, gate + end, rest);
            Tail.copy(u, up + end, rest);
            whole(f, g, g, u, 4L * STEP);
            Tail.copy(y + end, g, rest);
        }
    }

    /// `dgate[i] (+)= dy[i]·up[i]·f'(gate[i])`, `dup[i] (+)= dy[i]·f(gate[i])` for `i < n`.
    static void backward(Activation f, long dgate, long dup, long gate, long up, long dy, boolean accumulate, int n) {
        int rest = n % STEP;
        long end = 4L * (n - rest);
        whole(f, dgate, dup, gate, up, dy, accumulate, end);
        if (rest > 0) {
            long toGate = Tail.slots();
            long toUp = toGate + Tail.SLOT;
            long g = toUp + Tail.SLOT;
            long u = g + Tail.SLOT;
            long d = u + Tail.SLOT;
            Tail.copy(toGate, dgate + end, rest);
            Tail.copy(toUp, dup + end, rest);
            Tail.copy(g, gate + end, rest);
            Tail.copy(u, up + end, rest);
            Tail.copy(d, dy + end, rest);
            whole(f, toGate, toUp, g, u, d, accumulate, 4L * STEP);
            Tail.copy(dgate + end, toGate, rest);
            Tail.copy(dup + end, toUp, rest);
        }
    }

    /// Whole vectors in `end` bytes.
    private static void whole(Activation f, long y, long gate, long up, long end) {
        switch (f) {
            case IDENTITY -> identity(y, gate, up, end);
            case RELU -> relu(y, gate, up, end);
            case GELU -> gelu(y, gate, up, end);
            case GELU_TANH -> geluTanh(y, gate, up, end);
            case GELU_SIGMOID -> geluSigmoid(y, gate, up, end);
            case SILU -> silu(y, gate, up, end);
            case TANH -> tanh(y, gate, up, end);
            case SIGMOID -> sigmoid(y, gate, up, end);
            default -> throw f.noLanes();
        }
    }

    private static void whole(
            Activation f, long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        switch (f) {
            case IDENTITY -> identity(dgate, dup, gate, up, dy, accumulate, end);
            case RELU -> relu(dgate, dup, gate, up, dy, accumulate, end);
            case GELU -> gelu(dgate, dup, gate, up, dy, accumulate, end);
            case GELU_TANH -> geluTanh(dgate, dup, gate, up, dy, accumulate, end);
            case GELU_SIGMOID -> geluSigmoid(dgate, dup, gate, up, dy, accumulate, end);
            case SILU -> silu(dgate, dup, gate, up, dy, accumulate, end);
            case TANH -> tanh(dgate, dup, gate, up, dy, accumulate, end);
            case SIGMOID -> sigmoid(dgate, dup, gate, up, dy, accumulate, end);
            default -> throw f.noLanes();
        }
    }

    private static void identity(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER)
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void identity(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            put(dgate + i, dup + i, FloatVector.broadcast(Simd.F, 1f), g, up + i, dy + i, accumulate);
        }
    }

    private static void relu(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.relu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void relu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            put(dgate + i, dup + i, ActivationLanes.step(g), ActivationLanes.relu(g), up + i, dy + i, accumulate);
        }
    }

    private static void gelu(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.gelu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void gelu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            FloatVector z = ActivationLanes.near(g);
            FloatVector bell = ActivationLanes.bell(z);
            FloatVector cdf = ActivationLanes.normalCdf(z, bell);
            FloatVector slope = z.mul(ActivationLanes.ONE_OVER_SQRT_2PI).fma(bell, cdf);
            put(dgate + i, dup + i, slope, ActivationLanes.atLeast(g).mul(cdf), up + i, dy + i, accumulate);
        }
    }

    private static void geluTanh(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.geluTanh(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void geluTanh(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            FloatVector z = ActivationLanes.near(g);
            sigmoidGate(
                    dgate + i,
                    dup + i,
                    g,
                    up + i,
                    dy + i,
                    ActivationLanes.inner(z),
                    ActivationLanes.innerSlope(z),
                    accumulate);
        }
    }

    private static void geluSigmoid(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.geluSigmoid(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void geluSigmoid(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            FloatVector z = ActivationLanes.near(g).mul(ActivationLanes.QUICK_LANES);
            sigmoidGate(dgate + i, dup + i, g, up + i, dy + i, z, z, accumulate);
        }
    }

    private static void silu(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.silu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void silu(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            FloatVector z = ActivationLanes.near(g);
            sigmoidGate(dgate + i, dup + i, g, up + i, dy + i, z, z, accumulate);
        }
    }

    private static void tanh(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            Simd.tanh(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void tanh(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            put(dgate + i, dup + i, ActivationLanes.tanhSlope(g), Simd.tanh(g), up + i, dy + i, accumulate);
        }
    }

    private static void sigmoid(long y, long gate, long up, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            Simd.sigmoid(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER))
                    .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void sigmoid(long dgate, long dup, long gate, long up, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector g = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, gate + i, Memory.ORDER);
            FloatVector e = ActivationLanes.decay(g);
            FloatVector s = ActivationLanes.ONE.div(e.add(ActivationLanes.ONE));
            put(dgate + i, dup + i, e.mul(s).mul(s), s, up + i, dy + i, accumulate);
        }
    }

    /// Forms `g·σ(v)`: value and derivative share one exponential.
    private static void sigmoidGate(
            long dgate,
            long dup,
            FloatVector g,
            long up,
            long dy,
            FloatVector v,
            FloatVector slope,
            boolean accumulate) {
        FloatVector e = ActivationLanes.decay(v);
        FloatVector s = ActivationLanes.ONE.div(e.add(ActivationLanes.ONE));
        put(
                dgate,
                dup,
                e.mul(s).mul(s).fma(slope, s),
                ActivationLanes.atLeast(g).mul(s),
                up,
                dy,
                accumulate);
    }

    private static void put(
            long dgate, long dup, FloatVector slope, FloatVector value, long up, long dy, boolean accumulate) {
        FloatVector d = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy, Memory.ORDER);
        ActivationLoops.put(
                dgate,
                d.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, up, Memory.ORDER))
                        .mul(slope),
                accumulate);
        ActivationLoops.put(dup, d.mul(value), accumulate);
    }
}
