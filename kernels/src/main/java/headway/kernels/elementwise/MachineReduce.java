package headway.kernels.elementwise;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import headway.kernels.Memory;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Tail;

/// [ReduceKernel] in machine code. Loaded only where machine code runs.
final class MachineReduce {
    private static final CodeTable SUM_SQUARES = new CodeTable(1, (a, _) -> ReduceCode.sumSquares(a, Machine.level()));

    /// Turns of a call: some tens of microseconds.
    private static final long TURNS = 1 << 12;

    private static final CodeTable COLUMN_SUM = new CodeTable(1, (a, _) -> ReduceCode.columnSum(a, Machine.level()));

    /// Elements of a call to [#columnSum], for the same reason.
    private static final int ELEMENTS = 1 << 18;

    private MachineReduce() {}

    /// Columns `[c0, c1)`; R is not 0.
    static void columnSum(long y, long x, long stride, int R, boolean accumulate, int c0, int c1) {
        int columns = Math.max(64, ELEMENTS / R / 64 * 64);
        for (int c = c0; c < c1; c += columns) {
            long at = 4L * c;
            int some = Math.min(columns, c1 - c);
            Machine.call(COLUMN_SUM.of(0), y + at, x + at, 4 * stride, R, some, accumulate ? 1 : 0, 0, 0);
        }
    }

    static double sumSquares(long x, long n) {
        int step = ReduceCode.step(Machine.level());
        long sums = Tail.slots();
        double total = 0;
        long turns = n / step;
        for (long i = 0; i < turns; i += TURNS) {
            Machine.call(SUM_SQUARES.of(0), x + 4 * i * step, Math.min(TURNS, turns - i), sums, 0, 0, 0, 0, 0);
            for (int lane = 0; lane < Machine.level().lanes() / 2; lane++) {
                total += Memory.ALL.get(JAVA_DOUBLE, sums + 8L * lane);
            }
        }
        for (long i = turns * step; i < n; i++) {
            double value = Memory.f32(x + 4 * i);
            total += value * value;
        }
        return total;
    }
}
