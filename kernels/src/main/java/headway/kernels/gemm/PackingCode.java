package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.VectorCode;

/// Machine code that brings an operand into the order in which [GemmCode] reads it.
final class PackingCode {
    private PackingCode() {}

    /// Rows of a few vectors copied one after the other: `to[k][w] = from[k·step + w]`, the last vector's missing
    /// lanes 0.
    ///
    /// Arguments: to, from, step in bytes, rows, lanes of the last vector.
    static void copy(Assembler a, Level level, int width) {
        var v = new VectorCode(a, level, 15);
        v.first(R8, RAX);
        Label end = new Label();
        a.test(RCX, RCX);
        a.jump(If.E, end);
        a.lea(R9, RSI.at(RDX, 8, 0));
        Label loop = a.here();
        for (int n = 0; n < width; n++) {
            a.prefetch(0, R9.at(n * v.bytes()));
            if (n == width - 1) {
                v.loadFirst(v.v(n), RSI.at(n * v.bytes()));
            } else {
                v.load(v.v(n), RSI.at(n * v.bytes()));
            }
        }
        for (int n = 0; n < width; n++) {
            v.store(RDI.at(n * v.bytes()), v.v(n));
        }
        a.add(RSI, RDX);
        a.add(R9, RDX);
        a.add(RDI, width * v.bytes());
        a.sub(RCX, 1);
        a.jump(If.NE, loop);
        a.bind(end);
    }

    /// A register's width of rows turned into columns: `to[k·stepTo + w] = from[w·stepFrom + k]`, 0 for w beyond the
    /// rows.
    ///
    /// Arguments: to, its step in bytes, from, its step in bytes, rows (1 … lanes), k.
    static void transpose(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        int n = v.lanes();
        Label loop = new Label();
        Label partial = new Label();
        Label end = new Label();
        a.bind(loop);
        a.cmp(R9, n);
        a.jump(If.L, partial);
        Label fewRows = new Label();
        Label turned = new Label();
        a.cmp(R8, n);
        a.jump(If.NE, fewRows);
        loads(v, n, false);
        a.jump(turned);
        a.bind(fewRows);
        loads(v, n, true);
        a.bind(turned);
        turn(v);
        a.mov(R10, RDI);
        for (int k = 0; k < n; k++) {
            v.store(R10.at(), v.v(k));
            a.add(R10, RSI);
        }
        a.mov(RDI, R10);
        a.add(RDX, v.bytes());
        a.sub(R9, n);
        a.jump(loop);
        a.bind(partial);
        a.test(R9, R9);
        a.jump(If.E, end);
        v.first(R9, RAX);
        partialLoads(v, n);
        turn(v);
        for (int k = 0; k < n - 1; k++) {
            v.store(RDI.at(), v.v(k));
            a.add(RDI, RSI);
            a.sub(R9, 1);
            a.jump(If.E, end);
        }
        a.bind(end);
    }

    /// Rows into registers 0 …; those beyond r8 are 0.
    private static void loads(VectorCode v, int n, boolean checked) {
        Assembler a = v.a;
        Label ready = new Label();
        if (checked) {
            for (int w = 0; w < n; w++) {
                v.zero(v.v(w));
            }
        }
        a.mov(RBX, RDX);
        for (int w = 0; w < n; w++) {
            if (checked) {
                a.cmp(R8, w);
                a.jump(If.E, ready);
            }
            v.load(v.v(w), RBX.at());
            a.add(RBX, RCX);
        }
        a.bind(ready);
    }

    private static void partialLoads(VectorCode v, int n) {
        Assembler a = v.a;
        Label ready = new Label();
        // Under AVX2 the mask lies in register 15, which is free until the turn.
        for (int w = 0; w < n; w++) {
            v.zero(v.v(w));
        }
        a.mov(RBX, RDX);
        for (int w = 0; w < n; w++) {
            a.cmp(R8, w);
            a.jump(If.E, ready);
            v.loadFirst(v.v(w), RBX.at());
            a.add(RBX, RCX);
        }
        a.bind(ready);
    }

    /// Registers 0 … n-1 as a square matrix, transposed in place; n … 2n-1 are overwritten.
    private static void turn(VectorCode v) {
        if (v.wide()) {
            turnSixteen(v);
        } else {
            turnEight(v);
        }
    }

    private static void turnSixteen(VectorCode v) {
        Assembler a = v.a;
        // Pairs of rows, then pairs of pairs: each quarter of a register holds a 4 × 4 block, transposed.
        for (int i = 0; i < 16; i += 2) {
            a.op(VUNPCKLPS, v.v(16 + i), v.v(i), v.v(i + 1));
            a.op(VUNPCKHPS, v.v(17 + i), v.v(i), v.v(i + 1));
        }
        for (int i = 0; i < 16; i += 4) {
            a.op(VUNPCKLPD, v.v(i), v.v(16 + i), v.v(18 + i));
            a.op(VUNPCKHPD, v.v(i + 1), v.v(16 + i), v.v(18 + i));
            a.op(VUNPCKLPD, v.v(i + 2), v.v(17 + i), v.v(19 + i));
            a.op(VUNPCKHPD, v.v(i + 3), v.v(17 + i), v.v(19 + i));
        }
        // The 4 × 4 blocks themselves: rows j, 4+j, 8+j, 12+j hold column j of each quarter.
        for (int j = 0; j < 4; j++) {
            a.op(VSHUFF32X4, v.v(16 + j), v.v(j), v.v(4 + j), 0x88);
            a.op(VSHUFF32X4, v.v(20 + j), v.v(j), v.v(4 + j), 0xDD);
            a.op(VSHUFF32X4, v.v(24 + j), v.v(8 + j), v.v(12 + j), 0x88);
            a.op(VSHUFF32X4, v.v(28 + j), v.v(8 + j), v.v(12 + j), 0xDD);
        }
        for (int j = 0; j < 4; j++) {
            a.op(VSHUFF32X4, v.v(j), v.v(16 + j), v.v(24 + j), 0x88);
            a.op(VSHUFF32X4, v.v(8 + j), v.v(16 + j), v.v(24 + j), 0xDD);
            a.op(VSHUFF32X4, v.v(4 + j), v.v(20 + j), v.v(28 + j), 0x88);
            a.op(VSHUFF32X4, v.v(12 + j), v.v(20 + j), v.v(28 + j), 0xDD);
        }
    }

    private static void turnEight(VectorCode v) {
        Assembler a = v.a;
        for (int i = 0; i < 8; i += 2) {
            a.op(VUNPCKLPS, v.v(8 + i), v.v(i), v.v(i + 1));
            a.op(VUNPCKHPS, v.v(9 + i), v.v(i), v.v(i + 1));
        }
        for (int i = 0; i < 8; i += 4) {
            a.op(VUNPCKLPD, v.v(i), v.v(8 + i), v.v(10 + i));
            a.op(VUNPCKHPD, v.v(i + 1), v.v(8 + i), v.v(10 + i));
            a.op(VUNPCKLPD, v.v(i + 2), v.v(9 + i), v.v(11 + i));
            a.op(VUNPCKHPD, v.v(i + 3), v.v(9 + i), v.v(11 + i));
        }
        for (int j = 0; j < 4; j++) {
            a.op(VPERM2F128, v.v(8 + j), v.v(j), v.v(4 + j), 0x20);
            a.op(VPERM2F128, v.v(12 + j), v.v(j), v.v(4 + j), 0x31);
        }
        for (int j = 0; j < 8; j++) {
            a.op(VMOVUPS, v.v(j), v.v(8 + j));
        }
    }
}
