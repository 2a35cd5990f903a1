package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code that brings an operand into the order in which [GemmCode] reads it.
///
/// Everything is in elements of four bytes: one f32, or two neighbours along k of bf16.
final class PackingCode {
    /// What four bytes of the result are made of.
    enum From {
        /// f32, or a pair of bf16 that lies together.
        F32(4),
        /// bf16, widened.
        BF16(2),
        /// f16, widened.
        F16(2),
        /// f32 of two rows that follow each other, rounded: a pair.
        F32_PAIRS(4),
        /// bf16 of two rows: a pair.
        BF16_PAIRS(2);

        final int bytes;

        From(int bytes) {
            this.bytes = bytes;
        }

        boolean pairs() {
            return this == F32_PAIRS || this == BF16_PAIRS;
        }
    }

    private static final Vec ALTERNATING = Vec.zmm(31);

    private final Assembler a;
    private final VectorCode v;
    private final From from;

    private PackingCode(Assembler a, Level level, From from) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.from = from;
    }

    /// Whether the code exists: AVX2 cannot read a part of a vector of 16-bit numbers.
    static boolean fits(Level level, From from) {
        return level != Level.AVX2 || from == From.F32;
    }

    /// Rows of a few vectors copied one after the other: `to[k][w] = from[k·step + w]`, the last vector's missing
    /// lanes 0.
    ///
    /// Arguments: to, from, step in bytes, rows, lanes of the last vector. Of pairs the rows must be even.
    static void copy(Assembler a, Level level, From from, int width) {
        new PackingCode(a, level, from).copy(width);
    }

    /// A register's width of rows turned into columns: `to[k·stepTo + w] = from[w·stepFrom + k]`, 0 for w beyond the
    /// rows.
    ///
    /// Arguments: to, its step in bytes, from, its step in bytes, rows (1 … lanes; of pairs
    /// 1 … 2·lanes, the last one alone where they are odd), k.
    static void transpose(Assembler a, Level level, From from) {
        new PackingCode(a, level, from).transpose();
    }

    /// Rows of bf16 from f32: `to[r·stepTo + k] = from[r·stepFrom + k]`, filled up to whole vectors with 0.
    ///
    /// Arguments: to, its step in bytes, from, its step in bytes, rows, k.
    static void round(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        rows(v, 64, 32, (d, s, partial) -> {
            a.kz(partial ? Mask.K1 : Mask.K0).op(VMOVUPS, v.v(0), s.at());
            a.op(VCVTNEPS2BF16, Vec.ymm(0), v.v(0));
            a.store(VMOVUPS_STORE, d.at(), Vec.ymm(0));
        });
    }

    /// Rows of f32 as they are, filled up to whole vectors with 0; arguments as those of [#round].
    static void keep(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        rows(v, 64, 64, (d, s, partial) -> {
            a.kz(partial ? Mask.K1 : Mask.K0).op(VMOVUPS, v.v(0), s.at());
            a.store(VMOVUPS_STORE, d.at(), v.v(0));
        });
    }

    /// Rows of bf16 as they are, filled up with 0; arguments as those of [#round].
    static void fill(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        rows(v, 32, 32, (d, s, partial) -> {
            a.kz(partial ? Mask.K1 : Mask.K0).op(VMOVDQU16, Vec.ymm(0), s.at());
            a.store(VMOVUPS_STORE, d.at(), Vec.ymm(0));
        });
    }

    private interface Sixteen {
        void write(Gp to, Gp from, boolean partial);
    }

    /// Sixteen elements at a time.
    private static void rows(VectorCode v, int bytesFrom, int bytesTo, Sixteen body) {
        Assembler a = v.a;
        Label end = new Label();
        Label row = a.here();
        a.sub(R8, 1);
        a.jump(If.L, end);
        a.mov(R10, RDI);
        a.mov(R11, RDX);
        a.mov(RBX, R9);
        Label rest = new Label();
        Label next = new Label();
        Label loop = a.here();
        a.sub(RBX, 16);
        a.jump(If.L, rest);
        body.write(R10, R11, false);
        a.add(R10, bytesTo);
        a.add(R11, bytesFrom);
        a.jump(loop);
        a.bind(rest);
        a.add(RBX, 16);
        a.jump(If.E, next);
        v.first(RBX, RAX);
        body.write(R10, R11, true);
        a.bind(next);
        a.add(RDI, RSI);
        a.add(RDX, RCX);
        a.jump(row);
        a.bind(end);
    }

    private void copy(int width) {
        v.first(R8, RAX);
        prepare();
        Label end = new Label();
        a.test(RCX, RCX);
        a.jump(If.E, end);
        a.lea(R9, RSI.at(RDX, 8, 0));
        Label loop = a.here();
        for (int n = 0; n < width; n++) {
            if (n * v.lanes() * from.bytes % 64 == 0) {
                a.prefetch(0, R9.at(n * v.lanes() * from.bytes));
            }
            load(v.v(n), RSI, RDX, n * v.lanes() * from.bytes, n == width - 1, v.v(width + n));
        }
        for (int n = 0; n < width; n++) {
            v.store(RDI.at(n * v.bytes()), v.v(n));
        }
        for (int i = 0; i < (from.pairs() ? 2 : 1); i++) {
            a.add(RSI, RDX);
            a.add(R9, RDX);
        }
        a.add(RDI, width * v.bytes());
        a.sub(RCX, from.pairs() ? 2 : 1);
        a.jump(If.NE, loop);
        a.bind(end);
    }

    /// A vector of the result; of pairs the second row lies `step` further. `spare` is overwritten.
    private void load(Vec d, Gp at, Gp step, int offset, boolean partial, Vec spare) {
        if (from == From.F32_PAIRS) {
            floats(d, at.at(offset), partial);
            floats(spare, at.at(step, 1, offset), partial);
            pair(a, d, spare, d);
            return;
        }
        plain(d, at.at(offset), partial);
        if (from.pairs()) {
            plain(spare, at.at(step, 1, offset), partial);
            a.op(VPSLLD, spare, spare, 16);
            a.op(VPORD, d, d, spare);
        }
    }

    /// Order of words in which halves of a register are put side by side.
    private static int[] alternating() {
        return Assembler.lanes(i -> i | 16 + i << 16);
    }

    /// `d` = bf16 of `low` and of `high` in turn; [#ALTERNATING] holds [#alternating].
    private static void pair(Assembler a, Vec d, Vec high, headway.kernels.machine.Operand low) {
        a.op(VCVTNE2PS2BF16, d, high, low);
        a.op(VPERMW, d, ALTERNATING, d);
    }

    /// Rows of f32, two and two, rounded: `to[r·stepTo + w] = (from[2r·stepFrom + w], from[(2r + 1)·stepFrom + w])`.
    ///
    /// Arguments: to, its step in bytes, from, its step in bytes, pairs of rows, whole vectors of a row.
    static void pairs(Assembler a) {
        a.op(VMOVUPS, ALTERNATING, a.constant(alternating()));
        Label end = new Label();
        Label row = a.here();
        a.sub(R8, 1);
        a.jump(If.L, end);
        a.mov(R10, RDI);
        a.mov(R11, RDX);
        a.mov(RBX, R9);
        a.align(32);
        Label loop = a.here();
        a.op(VMOVUPS, Vec.zmm(0), R11.at(RCX, 1, 0));
        pair(a, Vec.zmm(0), Vec.zmm(0), R11.at());
        a.store(VMOVUPS_STORE, R10.at(), Vec.zmm(0));
        a.add(R10, 64);
        a.add(R11, 64);
        a.sub(RBX, 1);
        a.jump(If.NE, loop);
        a.add(RDI, RSI);
        a.lea(RDX, RDX.at(RCX, 2, 0));
        a.jump(row);
        a.bind(end);
    }

    private void floats(Vec d, headway.kernels.machine.Mem m, boolean partial) {
        if (partial) {
            v.loadFirst(d, m);
        } else {
            v.load(d, m);
        }
    }

    private void plain(Vec d, headway.kernels.machine.Mem m, boolean partial) {
        switch (from) {
            case F32, F32_PAIRS -> {
                floats(d, m, partial);
                if (from == From.F32_PAIRS) {
                    a.op(VCVTNEPS2BF16, d.low(256), d);
                    a.op(VPMOVZXWD, d, d.low(256));
                }
            }
            case BF16, BF16_PAIRS -> {
                masked(partial).op(VPMOVZXWD, d, m);
                if (from == From.BF16) {
                    a.op(VPSLLD, d, d, 16);
                }
            }
            case F16 -> masked(partial).op(VCVTPH2PS, d, m);
        }
    }

    /// What [#load] reads from a register.
    private void prepare() {
        if (from == From.F32_PAIRS) {
            a.op(VMOVUPS, ALTERNATING, a.constant(alternating()));
        }
    }

    private Assembler masked(boolean partial) {
        return partial ? a.kz(Mask.K1) : a;
    }

    private void transpose() {
        int n = v.lanes();
        a.imul(R12, RCX, from.pairs() ? 2 * n : n);
        Label loop = new Label();
        Label partial = new Label();
        Label end = new Label();
        a.bind(loop);
        a.cmp(R9, n);
        a.jump(If.L, partial);
        Label fewRows = new Label();
        Label turned = new Label();
        a.cmp(R8, from.pairs() ? 2 * n : n);
        a.jump(If.NE, fewRows);
        loads(false, false);
        a.jump(turned);
        a.bind(fewRows);
        loads(true, false);
        a.bind(turned);
        turn();
        for (int k = 0; k < n; k++) {
            v.store(RDI.at(), v.v(k));
            a.add(RDI, RSI);
        }
        a.add(RDX, n * from.bytes);
        a.sub(R9, n);
        a.jump(loop);
        a.bind(partial);
        a.test(R9, R9);
        a.jump(If.E, end);
        v.first(R9, RAX);
        // Under AVX2 the mask lies in register 15, which is free until the turn.
        loads(true, true);
        turn();
        for (int k = 0; k < n - 1; k++) {
            v.store(RDI.at(), v.v(k));
            a.add(RDI, RSI);
            a.sub(R9, 1);
            a.jump(If.E, end);
        }
        a.bind(end);
    }

    /// Rows into registers 0 …; where `checked`, those beyond r8 are 0.
    private void loads(boolean checked, boolean partial) {
        int n = v.lanes();
        Label ready = new Label();
        for (int w = 0; checked && w < n; w++) {
            v.zero(v.v(w));
        }
        a.mov(RBX, RDX);
        prepare();
        for (int w = 0; w < n; w++) {
            int row = from.pairs() ? 2 * w : w;
            if (checked) {
                a.cmp(R8, row);
                a.jump(If.E, ready);
            }
            if (checked && from.pairs()) {
                Label both = new Label();
                a.cmp(R8, row + 1);
                a.jump(If.NE, both);
                plain(v.v(w), RBX.at(), partial);
                a.jump(ready);
                a.bind(both);
            }
            load(v.v(w), RBX, RCX, 0, partial, v.v(16));
            // The same columns of the rows that the next call reads.
            a.prefetch(0, RBX.at(R12, 1, 0));
            a.add(RBX, RCX);
            if (from.pairs()) {
                a.prefetch(0, RBX.at(R12, 1, 0));
                a.add(RBX, RCX);
            }
        }
        a.bind(ready);
    }

    /// Registers 0 … n-1 as a square matrix, transposed in place; n … 2n-1 are overwritten.
    private void turn() {
        int n = v.lanes();
        // Pairs of rows, then pairs of pairs: each quarter of a register holds a 4 × 4 block, transposed.
        for (int i = 0; i < n; i += 2) {
            a.op(VUNPCKLPS, v.v(n + i), v.v(i), v.v(i + 1));
            a.op(VUNPCKHPS, v.v(n + 1 + i), v.v(i), v.v(i + 1));
        }
        for (int i = 0; i < n; i += 4) {
            a.op(VUNPCKLPD, v.v(i), v.v(n + i), v.v(n + 2 + i));
            a.op(VUNPCKHPD, v.v(i + 1), v.v(n + i), v.v(n + 2 + i));
            a.op(VUNPCKLPD, v.v(i + 2), v.v(n + 1 + i), v.v(n + 3 + i));
            a.op(VUNPCKHPD, v.v(i + 3), v.v(n + 1 + i), v.v(n + 3 + i));
        }
        if (v.wide()) {
            // The 4 × 4 blocks themselves: registers j, 4+j, 8+j, 12+j hold column j of each quarter.
            for (int j = 0; j < 4; j++) {
                blocks(VSHUFF32X4, 16 + j, j, 4 + j, 0x88);
                blocks(VSHUFF32X4, 20 + j, j, 4 + j, 0xDD);
                blocks(VSHUFF32X4, 24 + j, 8 + j, 12 + j, 0x88);
                blocks(VSHUFF32X4, 28 + j, 8 + j, 12 + j, 0xDD);
            }
            for (int j = 0; j < 4; j++) {
                blocks(VSHUFF32X4, j, 16 + j, 24 + j, 0x88);
                blocks(VSHUFF32X4, 8 + j, 16 + j, 24 + j, 0xDD);
                blocks(VSHUFF32X4, 4 + j, 20 + j, 28 + j, 0x88);
                blocks(VSHUFF32X4, 12 + j, 20 + j, 28 + j, 0xDD);
            }
            return;
        }
        for (int j = 0; j < 4; j++) {
            blocks(VPERM2F128, 8 + j, j, 4 + j, 0x20);
            blocks(VPERM2F128, 12 + j, j, 4 + j, 0x31);
        }
        for (int j = 0; j < 8; j++) {
            a.op(VMOVUPS, v.v(j), v.v(8 + j));
        }
    }

    private void blocks(Instruction shuffle, int d, int x, int y, int order) {
        a.op(shuffle, v.v(d), v.v(x), v.v(y), order);
    }
}
