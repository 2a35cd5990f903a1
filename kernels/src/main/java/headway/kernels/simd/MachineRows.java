package headway.kernels.simd;

import headway.kernels.Memory;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.simd.RowsCode.Job;

/// [Rows] in machine code. Loaded only where machine code runs.
final class MachineRows {
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE =
            new CodeTable(JOBS.length, (a, job) -> RowsCode.write(a, Machine.level(), JOBS[job]));

    /// Elements of a call: some tens of microseconds.
    private static final long MOST = 1 << 16;

    private MachineRows() {}

    /// `y` from `a`, `b` and a factor, as far as `job` reads them; 0 for an address that it does not.
    static void run(Job job, long y, long a, long b, float factor, long n) {
        long bits = Float.floatToRawIntBits(factor) & 0xFFFFFFFFL;
        for (long i = 0; i < n; i += MOST) {
            long at = 4 * i;
            Machine.call(CODE.of(job.ordinal()), y + at, a + at, b + at, Math.min(MOST, n - i), bits, 0, 0, 0);
        }
    }

    /// What `job` sums up of `a` and `b`, a piece at a time.
    static float sum(Job job, long a, long b, float factor, long n) {
        long bits = Float.floatToRawIntBits(factor) & 0xFFFFFFFFL;
        long result = Tail.slots();
        float total = 0;
        for (long i = 0; i < n; i += MOST) {
            long at = 4 * i;
            Machine.call(CODE.of(job.ordinal()), result, a + at, b + at, Math.min(MOST, n - i), bits, 0, 0, 0);
            total += Memory.f32(result);
        }
        return total;
    }
}
