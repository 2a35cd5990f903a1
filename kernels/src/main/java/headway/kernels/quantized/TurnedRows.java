package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;

/// Code that reads the same bytes of sixteen rows side by side, a row a lane: for [ByteColumnsCode].
///
/// Rows 4q to 4q + 3 begin at one of four registers, rcx, rax, rbx and rdi; r9 is the distance of rows, rsi three times
/// that. Keeps k2 to k4; r13 and r14 are overwritten by [#halves].
final class TurnedRows {
    private static final Gp[] QUARTERS = {RCX, RAX, RBX, RDI};
    private static final Gp STRIDE = R9;
    private static final Gp STRIDE_3 = RSI;

    private final Assembler a;

    TurnedRows(Assembler a) {
        this.a = a;
    }

    /// From the first row at rcx; `behind` becomes the address of the row behind the sixteen.
    void begin(Gp behind) {
        for (int q = 1; q < 4; q++) {
            a.mov(behind, 15L << 4 * q);
            a.kmovw(quarter(q), behind);
        }
        a.lea(STRIDE_3, STRIDE.at(STRIDE, 2, 0));
        for (int q = 1; q < 4; q++) {
            a.lea(QUARTERS[q], QUARTERS[q - 1].at(STRIDE, 4, 0));
        }
        a.lea(behind, QUARTERS[3].at(STRIDE, 4, 0));
    }

    /// Moves on along all rows.
    void advance(int bytes) {
        for (Gp q : QUARTERS) {
            a.add(q, bytes);
        }
    }

    private static Mask quarter(int q) {
        return Mask.values()[1 + q];
    }

    /// Row `4q + j` of the weights.
    private static Mem weights(int q, int j, int at) {
        Gp base = QUARTERS[q];
        return j == 0 ? base.at(at) : j == 3 ? base.at(STRIDE_3, 1, at) : base.at(STRIDE, j, at);
    }

    /// Registers `to` to `to + 3`: four words, each of all sixteen rows, from the sixteen bytes at `at` of each row.
    /// Overwrites zmm0 to zmm3.
    void words(int to, int at) {
        for (int j = 0; j < 4; j++) {
            Vec d = Vec.zmm(to + j);
            a.op(VBROADCASTF32X4, d, weights(0, j, at));
            for (int q = 1; q < 4; q++) {
                a.k(quarter(q)).op(VBROADCASTF32X4, d, weights(q, j, at));
            }
        }
        for (int j = 0; j < 4; j += 2) {
            a.op(VUNPCKLPS, Vec.zmm(j), Vec.zmm(to + j), Vec.zmm(to + j + 1));
            a.op(VUNPCKHPS, Vec.zmm(j + 1), Vec.zmm(to + j), Vec.zmm(to + j + 1));
        }
        for (int j = 0; j < 2; j++) {
            a.op(VUNPCKLPD, Vec.zmm(to + 2 * j), Vec.zmm(j), Vec.zmm(2 + j));
            a.op(VUNPCKHPD, Vec.zmm(to + 2 * j + 1), Vec.zmm(j), Vec.zmm(2 + j));
        }
    }

    /// The sixteen bits at `at` of each row, to the lower half of `to`: put together in general registers, whose units
    /// have little else to do. Overwrites xmm6 and xmm7.
    void halves(Vec to, int at) {
        Vec low = to.low(128), high = Vec.xmm(7);
        four(low, 0, at);
        four(Vec.xmm(6), 1, at);
        a.op(VPUNPCKLQDQ, low, low, Vec.xmm(6));
        four(high, 2, at);
        four(Vec.xmm(6), 3, at);
        a.op(VPUNPCKLQDQ, high, high, Vec.xmm(6));
        a.op(VINSERTI128, to.low(256), to.low(256), high, 1);
    }

    private void four(Vec to, int q, int at) {
        a.movzxWord(R13, weights(q, 3, at));
        for (int j = 2; j >= 0; j--) {
            a.shift(Shift.SHL, R13, 16);
            a.movzxWord(R14, weights(q, j, at));
            a.alu(Alu.OR, R13, R14);
        }
        a.vmovq(to, R13);
    }
}
