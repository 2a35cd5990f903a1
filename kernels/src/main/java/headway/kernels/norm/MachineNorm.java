package headway.kernels.norm;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.norm.NormCode.Job;
import headway.kernels.simd.Tail;

/// One f32 row of [LayerNormKernel] and [RmsNormKernel] in machine code; false, with nothing written, where the row
/// needs `double`. Loaded only where machine code runs.
final class MachineNorm {
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE =
            new CodeTable(JOBS.length, (a, i) -> NormCode.write(a, Machine.level(), JOBS[i]));

    private MachineNorm() {}

    private static void run(Job job, long a, long b, long c, long d, long e, long f, long g, long h) {
        Machine.call(CODE.of(job.ordinal()), a, b, c, d, e, f, g, h);
    }

    private static long address(Span span) {
        return span == null ? 0 : span.address();
    }

    /// Mean and rstd of a row to `numbers`; of the mean none where only squares count. False where sums overflow or
    /// vanish.
    private static boolean moments(long numbers, long x, boolean centred, double offset, double eps, int C) {
        if (centred) {
            run(Job.MOMENTS, x, C, Float.floatToRawIntBits(C), numbers, 0, 0, 0, 0);
        } else {
            run(Job.SQUARES, x, C, numbers + 4, 0, 0, 0, 0, 0);
            Memory.f32(numbers, 0f);
        }
        float sum = Memory.f32(numbers + 4);
        if (centred ? !(sum < Float.POSITIVE_INFINITY) : !RmsNormKernel.fits(sum)) {
            return false;
        }
        Memory.f32(numbers + NormCode.RSTD, (float) (1 / Math.sqrt(sum / C + eps)));
        Memory.f32(numbers + NormCode.OFFSET, (float) offset);
        return true;
    }

    static boolean forward(Span y, Span x, Span w, Span b, boolean centred, double offset, double eps, int C, int r) {
        long numbers = Tail.slots();
        long row = x.address((long) r * C);
        if (!moments(numbers, row, centred, offset, eps, C)) {
            return false;
        }
        run(Job.FORWARD, y.address((long) r * C), row, address(w), address(b), C, numbers, 0, 0);
        return true;
    }

    static boolean backward(
            Span dx,
            Span partial,
            Span x,
            Span w,
            Span dy,
            boolean centred,
            double offset,
            double eps,
            boolean accumulate,
            int C,
            int r) {
        long numbers = Tail.slots();
        long sums = numbers + Tail.SLOT;
        long row = x.address((long) r * C);
        long from = dy.address((long) r * C);
        if (!moments(numbers, row, centred, offset, eps, C)) {
            return false;
        }
        run(Job.DOTS, row, from, address(w), C, numbers, sums, 0, 0);
        float rstd = Memory.f32(numbers + NormCode.RSTD);
        Memory.f32(numbers + NormCode.MINUS_MEAN_G, centred ? -Memory.f32(sums) / C : 0f);
        Memory.f32(numbers + NormCode.MINUS_MEAN_GX, -Memory.f32(sums + 4) * rstd / C);
        Job job = centred ? Job.BACKWARD_WITH_BIAS : Job.BACKWARD;
        long to = dx.address((long) r * C);
        run(job, to, row, from, address(w), C, numbers, address(partial), accumulate ? 1 : 0);
        return true;
    }
}
