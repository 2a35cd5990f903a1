package headway.kernels.elementwise;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [ReduceKernel#sumSquares] for f32: four registers of `double` sums.
final class ReduceCode {
    private static final int SUMS = 4;

    private ReduceCode() {}

    /// Elements of a turn of the loop.
    static int step(Level level) {
        return SUMS * level.lanes() / 2;
    }

    /// Arguments: x, turns (at least one), where half a register's number of `double` sums goes.
    static void sumSquares(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        for (int i = 0; i < SUMS; i++) {
            v.zero(v.v(i));
        }
        a.align(32);
        Label loop = a.here();
        for (int i = 0; i < SUMS; i++) {
            Vec x = v.v(SUMS + i);
            a.op(VCVTPS2PD, x, RDI.at(i * v.bytes() / 2));
            a.op(VFMADD231PD, v.v(i), x, x);
        }
        a.add(RDI, SUMS * v.bytes() / 2);
        a.sub(RSI, 1);
        a.jump(If.NE, loop);
        a.op(VADDPD, v.v(0), v.v(0), v.v(1));
        a.op(VADDPD, v.v(2), v.v(2), v.v(3));
        a.op(VADDPD, v.v(0), v.v(0), v.v(2));
        v.store(RDX.at(), v.v(0));
    }
}
