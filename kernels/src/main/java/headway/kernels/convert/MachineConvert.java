package headway.kernels.convert;

import headway.kernels.DType;
import headway.kernels.convert.ConvertCode.Job;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [ConvertKernel] in machine code. Loaded only where machine code runs.
final class MachineConvert {
    private static final Job[] JOBS = Job.values();
    private static final CodeTable CODE =
            new CodeTable(JOBS.length, (a, i) -> ConvertCode.write(a, Machine.level(), JOBS[i]));

    /// Registers of a call: some tens of microseconds.
    private static final long PIECE = 1 << 13;

    private MachineConvert() {}

    /// Whether there is code for a pair of types.
    static boolean knows(DType to, DType from) {
        return job(to, from) != null;
    }

    private static Job job(DType to, DType from) {
        return switch (to) {
            case BF16 -> from == DType.F32 ? Job.TO_BF16 : null;
            case F16 -> from == DType.F32 ? Job.TO_F16 : null;
            case F32 -> from == DType.BF16 ? Job.FROM_BF16 : from == DType.F16 ? Job.FROM_F16 : null;
            default -> null;
        };
    }

    /// Converts whole registers; returns how many of `count` elements that were.
    static long run(DType typeTo, long to, DType typeFrom, long from, long count) {
        Job job = job(typeTo, typeFrom);
        int lanes = Machine.level().lanes();
        long registers = count / lanes;
        for (long i = 0; i < registers; i += PIECE) {
            Machine.call(
                    CODE.of(job.ordinal()),
                    to + i * lanes * typeTo.bytes(),
                    from + i * lanes * typeFrom.bytes(),
                    Math.min(PIECE, registers - i),
                    0,
                    0,
                    0,
                    0,
                    0);
        }
        return registers * lanes;
    }
}
