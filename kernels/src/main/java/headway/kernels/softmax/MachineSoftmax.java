package headway.kernels.softmax;

import headway.kernels.Memory;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Tail;
import headway.kernels.softmax.SoftmaxCode.Job;

/// One f32 row of [SoftmaxKernel] and [CrossEntropyKernel] in machine code. Loaded only where machine code runs.
final class MachineSoftmax {
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE =
            new CodeTable(JOBS.length, (a, i) -> SoftmaxCode.write(a, Machine.level(), JOBS[i]));

    private MachineSoftmax() {}

    private static void run(Job job, long a, long b, long c, long d, long e) {
        Machine.call(CODE.of(job.ordinal()), a, b, c, d, e, 0, 0, 0);
    }

    static void forward(long y, long x, int C) {
        run(Job.FORWARD, y, x, C, 0, 0);
    }

    static void backward(long dx, long y, long dy, boolean accumulate, int C) {
        run(Job.BACKWARD, dx, y, dy, C, accumulate ? 1 : 0);
    }

    static void logForward(long y, long x, int C) {
        long out = Tail.slots();
        run(Job.LOG_SUM, x, C, out, 0, 0);
        // Two subtractions: max + log(sum) in one float would lose the logarithm beside a large maximum.
        float log = (float) Math.log(Memory.f32(out + 4));
        run(Job.LOG_FORWARD, y, x, C, Memory.i32(out), Float.floatToRawIntBits(log));
    }

    static void logBackward(long dx, long y, long dy, boolean accumulate, int C) {
        run(Job.LOG_BACKWARD, dx, y, dy, C, accumulate ? 1 : 0);
    }

    /// `log Σ exp(x)`.
    static double logSumExp(long x, int C) {
        long out = Tail.slots();
        run(Job.LOG_SUM, x, C, out, 0, 0);
        return Memory.f32(out) + Math.log(Memory.f32(out + 4));
    }

    /// `dx = exp(x - lse)·scale`; `dx` may be `x`.
    static void scaledExp(long dx, long x, float lse, float scale, int C) {
        run(Job.SCALED_EXP, dx, x, C, Float.floatToRawIntBits(lse), Float.floatToRawIntBits(scale));
    }
}
