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

    private MachineReduce() {}

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
