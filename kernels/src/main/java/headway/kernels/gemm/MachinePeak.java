package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.machine.VectorCode;

/// The most that one core multiplies and adds, measured in registers: the roof over products. Loaded only where machine
/// code runs.
public final class MachinePeak {
    private static final CodeTable CODE =
            new CodeTable(2, (a, i) -> write(a, Machine.level(), i == 0 ? VFMADD231PS : VDPBF16PS));

    private MachinePeak() {}

    /// Independent chains: enough to hide any latency.
    private static int chains(Level level) {
        return level == Level.AVX2 ? 12 : 24;
    }

    /// Argument: turns.
    private static void write(Assembler a, Level level, Instruction multiply) {
        var v = new VectorCode(a, level, 15);
        int n = chains(level);
        for (int i = 0; i < n + 2; i++) {
            v.zero(v.v(i));
        }
        a.align(32);
        Label loop = a.here();
        for (int i = 0; i < n; i++) {
            a.op(multiply, v.v(i), v.v(n), v.v(n + 1));
        }
        a.sub(RDI, 1);
        a.jump(If.NE, loop);
    }

    /// GFLOP/s of one thread in f32.
    public static double f32() {
        return gigaflops(0, 2L * Machine.level().lanes());
    }

    /// GFLOP/s of one thread in pairs of bf16; 0 where the processor has no such instruction.
    public static double bf16() {
        return Machine.level().has(Level.AVX512BF16)
                ? gigaflops(1, 4L * Machine.level().lanes())
                : 0;
    }

    private static double gigaflops(int kind, long flops) {
        long turns = 400_000;
        long start = System.nanoTime();
        Machine.call(CODE.of(kind), turns, 0, 0, 0, 0, 0, 0, 0);
        return (double) turns * chains(Machine.level()) * flops / (System.nanoTime() - start);
    }
}
