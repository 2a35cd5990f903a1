package headway.kernels.activation;

import headway.kernels.activation.ActivationCode.Job;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [ActivationKernel] and [GatedActivationKernel] in machine code. Loaded only where machine code runs.
final class MachineActivation {
    private static final Activation[] ACTIVATIONS = Activation.values();
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE = new CodeTable(
            ACTIVATIONS.length * JOBS.length,
            (a, i) -> ActivationCode.write(a, Machine.level(), ACTIVATIONS[i / JOBS.length], JOBS[i % JOBS.length]));

    private MachineActivation() {}

    private static void run(Activation f, Job job, long a, long b, long c, long d, long e, long g, long h) {
        Machine.call(CODE.of(f.ordinal() * JOBS.length + job.ordinal()), a, b, c, d, e, g, h, 0);
    }

    static void forward(Activation f, long y, long x, long count) {
        run(f, Job.FORWARD, y, x, count, 0, 0, 0, 0);
    }

    static void backward(Activation f, long dx, long x, long dy, boolean accumulate, long count) {
        run(f, Job.BACKWARD, dx, x, dy, count, accumulate ? 1 : 0, 0, 0);
    }

    static void gated(Activation f, long y, long gate, long up, int count) {
        run(f, Job.GATED, y, gate, up, count, 0, 0, 0);
    }

    static void gatedBackward(
            Activation f, long dgate, long dup, long gate, long up, long dy, boolean accumulate, int count) {
        run(f, Job.GATED_BACKWARD, dgate, dup, gate, up, dy, count, accumulate ? 1 : 0);
    }
}
