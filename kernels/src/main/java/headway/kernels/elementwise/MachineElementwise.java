package headway.kernels.elementwise;

import headway.kernels.elementwise.ElementwiseCode.Job;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [ElementwiseKernel] in machine code. Loaded only where machine code runs.
final class MachineElementwise {
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE =
            new CodeTable(JOBS.length, (a, job) -> ElementwiseCode.write(a, Machine.level(), JOBS[job]));

    /// Elements of a call: some tens of microseconds.
    private static final long MOST = 1 << 16;

    private MachineElementwise() {}

    /// `y` from `a`, `b` and a factor, as far as `job` reads them; 0 for an address that it does not.
    static void run(Job job, long y, long a, long b, float factor, long n) {
        long bits = Float.floatToRawIntBits(factor) & 0xFFFFFFFFL;
        for (long i = 0; i < n; i += MOST) {
            long at = 4 * i;
            Machine.call(CODE.of(job.ordinal()), y + at, a + at, b + at, Math.min(MOST, n - i), bits, 0, 0, 0);
        }
    }
}
