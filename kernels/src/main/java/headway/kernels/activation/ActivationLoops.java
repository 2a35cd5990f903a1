package headway.kernels.activation;

import headway.kernels.Memory;
import headway.kernels.simd.Simd;
import headway.kernels.simd.Tail;
import jdk.incubator.vector.FloatVector;

/// The loops of [ActivationKernel] on vector lanes: one for each function and derivative.
///
/// Why not one loop with a `switch` inside: C2 stops inlining, and boxes vectors, when all cases have
/// been seen (measured: 1 to 5 ns and 12 to 50 bytes of garbage an element instead of 0.1 to 0.6 ns
/// and none). The last, partial vector runs the same loop in a place of its own ([Tail]), so bits do
/// not depend on how a range is split.
final class ActivationLoops {
    private static final int STEP = Simd.LANES;

    private ActivationLoops() {}

    /// `y[i] = f(x[i])` for `i < n`, from address to address.
    static void forward(Activation f, long y, long x, long n) {
        int rest = (int) (n % STEP);
        long end = 4 * (n - rest);
        whole(f, y, x, end);
        if (rest > 0) {
            long slot = Tail.slots();
            Tail.copy(slot, x + end, rest);
            whole(f, slot, slot, 4L * STEP);
            Tail.copy(y + end, slot, rest);
        }
    }

    /// `dx[i] (+)= dy[i]·f'(x[i])` for `i < n`.
    static void backward(Activation f, long dx, long x, long dy, boolean accumulate, long n) {
        int rest = (int) (n % STEP);
        long end = 4 * (n - rest);
        whole(f, dx, x, dy, accumulate, end);
        if (rest > 0) {
            long to = Tail.slots();
            long at = to + Tail.SLOT;
            long from = at + Tail.SLOT;
            Tail.copy(to, dx + end, rest);
            Tail.copy(at, x + end, rest);
            Tail.copy(from, dy + end, rest);
            whole(f, to, at, from, accumulate, 4L * STEP);
            Tail.copy(dx + end, to, rest);
        }
    }

    /// Whole vectors in `end` bytes.
    private static void whole(Activation f, long y, long x, long end) {
        switch (f) {
            case IDENTITY -> identity(y, x, end);
            case RELU -> relu(y, x, end);
            case GELU -> gelu(y, x, end);
            case GELU_TANH -> geluTanh(y, x, end);
            case GELU_SIGMOID -> geluSigmoid(y, x, end);
            case SILU -> silu(y, x, end);
            case TANH -> tanh(y, x, end);
            case SIGMOID -> sigmoid(y, x, end);
            default -> throw f.noLanes();
        }
    }

    private static void whole(Activation f, long dx, long x, long dy, boolean accumulate, long end) {
        switch (f) {
            case IDENTITY -> identity(dx, dy, accumulate, end);
            case RELU -> relu(dx, x, dy, accumulate, end);
            case GELU -> gelu(dx, x, dy, accumulate, end);
            case GELU_TANH -> geluTanh(dx, x, dy, accumulate, end);
            case GELU_SIGMOID -> geluSigmoid(dx, x, dy, accumulate, end);
            case SILU -> silu(dx, x, dy, accumulate, end);
            case TANH -> tanh(dx, x, dy, accumulate, end);
            case SIGMOID -> sigmoid(dx, x, dy, accumulate, end);
            default -> throw f.noLanes();
        }
    }

    private static void identity(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER)
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void identity(long dx, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(dx + i, FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER), accumulate);
        }
    }

    private static void relu(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.relu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void relu(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.step(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void gelu(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.gelu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void gelu(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.geluSlope(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void geluTanh(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.geluTanh(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void geluTanh(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.geluTanhSlope(
                                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void geluSigmoid(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.geluSigmoid(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void geluSigmoid(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.geluSigmoidSlope(
                                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void silu(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            ActivationLanes.silu(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void silu(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.siluSlope(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void tanh(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            Simd.tanh(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void tanh(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.tanhSlope(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    private static void sigmoid(long y, long x, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            Simd.sigmoid(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                    .intoMemorySegment(Memory.ALL, y + i, Memory.ORDER);
        }
    }

    private static void sigmoid(long dx, long x, long dy, boolean accumulate, long end) {
        for (long i = 0; i < end; i += 4L * STEP) {
            put(
                    dx + i,
                    ActivationLanes.sigmoidSlope(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + i, Memory.ORDER))
                            .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dy + i, Memory.ORDER)),
                    accumulate);
        }
    }

    static void put(long address, FloatVector value, boolean accumulate) {
        if (accumulate) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, address, Memory.ORDER)
                    .add(value)
                    .intoMemorySegment(Memory.ALL, address, Memory.ORDER);
        } else {
            value.intoMemorySegment(Memory.ALL, address, Memory.ORDER);
        }
    }
}
