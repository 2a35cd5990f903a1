package headway.kernels.elementwise;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [ReduceKernel] for f32: squares into four registers of `double` sums, columns into f32 sums of
/// [#BLOCK] rows each, which are then added.
final class ReduceCode {
    private static final int SUMS = 4;

    /// Rows that are added before their sum joins the others, so that rounding errors grow with `BLOCK + R/BLOCK`.
    static final int BLOCK = 64;

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

    /// Arguments: y, x, distance of rows in bytes, rows (not 0), columns, whether y is added to.
    static void columnSum(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        int most = 4;
        Label single = new Label();
        Label rest = new Label();
        Label end = new Label();
        Label whole = a.here();
        a.cmp(R8, most * v.lanes());
        a.jump(If.L, single);
        columns(v, most, false);
        a.jump(whole);
        a.bind(single);
        a.cmp(R8, v.lanes());
        a.jump(If.L, rest);
        columns(v, 1, false);
        a.jump(single);
        a.bind(rest);
        a.test(R8, R8);
        a.jump(If.E, end);
        v.first(R8, RAX);
        columns(v, 1, true);
        a.bind(end);
    }

    private static void columns(VectorCode v, int registers, boolean partial) {
        Assembler a = v.a;
        for (int u = 0; u < registers; u++) {
            v.zero(v.v(4 + u));
        }
        a.mov(RAX, RSI);
        a.mov(R12, RCX);
        Label block = a.here();
        for (int u = 0; u < registers; u++) {
            v.zero(v.v(u));
        }
        a.mov(RBX, BLOCK);
        a.cmp(R12, BLOCK);
        a.cmov(If.L, RBX, R12);
        a.sub(R12, RBX);
        Label row = a.here();
        for (int u = 0; u < registers; u++) {
            if (partial) {
                v.loadFirst(v.v(8), RAX.at());
                a.op(VADDPS, v.v(u), v.v(u), v.v(8));
            } else {
                a.op(VADDPS, v.v(u), v.v(u), RAX.at(u * v.bytes()));
            }
        }
        a.add(RAX, RDX);
        a.sub(RBX, 1);
        a.jump(If.NE, row);
        for (int u = 0; u < registers; u++) {
            a.op(VADDPS, v.v(4 + u), v.v(4 + u), v.v(u));
        }
        a.test(R12, R12);
        a.jump(If.NE, block);
        put(v, registers, partial);
        if (!partial) {
            a.add(RDI, registers * v.bytes());
            a.add(RSI, registers * v.bytes());
            a.sub(R8, registers * v.lanes());
        }
    }

    private static void put(VectorCode v, int registers, boolean partial) {
        Assembler a = v.a;
        Label fresh = new Label();
        a.test(R9, R9);
        a.jump(If.E, fresh);
        for (int u = 0; u < registers; u++) {
            if (partial) {
                v.loadFirst(v.v(8), RDI.at());
            } else {
                v.load(v.v(8), RDI.at(u * v.bytes()));
            }
            a.op(VADDPS, v.v(4 + u), v.v(4 + u), v.v(8));
        }
        a.bind(fresh);
        for (int u = 0; u < registers; u++) {
            if (partial) {
                v.storeFirst(RDI.at(), v.v(4));
            } else {
                v.store(RDI.at(u * v.bytes()), v.v(4 + u));
            }
        }
    }
}
