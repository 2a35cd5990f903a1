package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Tile;
import headway.kernels.machine.TileDot;
import headway.kernels.machine.TileShape;
import headway.kernels.machine.Vec;

/// Machine code of [QuantizedGemmKernel] by tiles ([headway.kernels.machine.Level#AMX]): up to sixteen rows of x in
/// bytes times 32 columns of weights, to the same bits as [ByteGemmCode], with the same arguments.
///
/// For each block of 32 (or sixteen) k a tile of integers of the upper bytes, and one of the lower ones, sixteen rows
/// by
/// sixteen columns; both go to memory, and from there `sum += integer · scale of the column · scale of the row` as
/// there. Weights with 128 too much come with sign here, so that nothing is to be taken away.
///
/// Per block, 16 rows and 16 columns: two products of sixteen cycles beside 16 × 6 vector instructions and 32 stores,
/// which take 48 cycles on two ports, for what costs the AVX-512 kernel 16 × 20 vector instructions, 160 cycles. With
/// eight bits one product beside 16 × 3 instructions, 24 cycles, instead of 88. So the scaling is the bound here.
final class ByteTilesCode {
    static final int ROWS = 16;

    private static final int LOW = 1024;
    private static final int SAVED = 2 * LOW;
    private static final int FRAME = SAVED + 64;
    private static final Tile UPPER = Tile.tmm(0);
    private static final Tile LOWER = Tile.tmm(1);
    private static final Tile X = Tile.tmm(2);
    private static final Tile X_LOW = Tile.tmm(3);
    private static final Tile W = Tile.tmm(4);
    private static final Vec SCALE = Vec.zmm(4);
    private static final Vec MINIMUM = Vec.zmm(5);
    private static final Gp[] KEPT = {RDI, RSI, RDX, RCX, R8, R10, R11};

    private final Assembler a;
    private final ByteGemmCode.Form form;
    private final int rows;
    private final boolean eight;
    private final int scales;

    private ByteTilesCode(Assembler a, ByteGemmCode.Form form, int rows, boolean eight) {
        this.a = a;
        this.form = form;
        this.rows = rows;
        this.eight = eight;
        this.scales = form.scales();
    }

    /// @param eight whether x has one byte each
    static void write(Assembler a, ByteGemmCode.Form form, int rows, boolean eight) {
        new ByteTilesCode(a, form, rows, eight).write();
    }

    private static Vec sum(int i) {
        return Vec.zmm(16 + i);
    }

    private void write() {
        // Two tiles of integers on the stack, and what is wanted again.
        a.mov(R15, RSP);
        a.sub(RSP, FRAME);
        a.alu(Alu.AND, RSP, -64);
        for (int i = 0; i < KEPT.length; i++) {
            a.mov(RSP.at(SAVED + 8 * i), KEPT[i]);
        }
        a.mov(RSP.at(SAVED + 8 * KEPT.length), R15);
        a.mov(R13, R9);
        a.shift(Shift.SHR, R13, 32);
        a.shift(Shift.SHL, R9, 32);
        a.shift(Shift.SHR, R9, 32);
        int perGroup = ByteActivations.GROUP / form.block();
        // rbp: bytes of a row of x.
        a.lea(RBP, R9.at(perGroup - 1));
        a.shift(Shift.SHR, RBP, Integer.numberOfTrailingZeros(perGroup));
        a.imul(RBP, RBP, ByteActivations.BYTES);
        a.mov(RAX, -1);
        a.bzhi(RAX, RAX, R13);
        a.kmovw(Mask.K1, RAX);
        a.shift(Shift.SHR, RAX, 16);
        a.kmovw(Mask.K2, RAX);
        a.ldtilecfg(a.constant(new TileShape()
                .with(UPPER, rows, 64)
                .with(LOWER, rows, 64)
                .with(X, rows, form.block())
                .with(X_LOW, rows, form.block())
                .with(W, form.block() / 4, 64)
                .bytes()));
        Label end = new Label();
        columns(0);
        a.cmp(R13, 17);
        a.jump(If.L, end);
        columns(1);
        a.bind(end);
        a.tilerelease();
        a.mov(RSP, RSP.at(SAVED + 8 * KEPT.length));
    }

    private void restore(Gp r) {
        for (int i = 0; i < KEPT.length; i++) {
            if (KEPT[i] == r) {
                a.mov(r, RSP.at(SAVED + 8 * i));
            }
        }
    }

    private void columns(int half) {
        restore(RDX);
        restore(RCX);
        restore(R8);
        a.mov(RDI, 64);
        a.mov(RSI, 128);
        a.mov(RBX, R9);
        if (form.minima()) {
            a.mov(R14, R9);
            a.shift(Shift.SHL, R14, 7);
            a.add(R14, R8);
        }
        for (int i = 0; i < rows; i++) {
            a.op(VPXORD, sum(i), sum(i), sum(i));
        }
        Label done = new Label();
        Label group = a.here();
        a.lea(R12, RDX.at(scales));
        a.mov(RAX, ByteActivations.GROUP / form.block());
        a.align(32);
        Label block = a.here();
        products(half);
        scale(half);
        a.add(RCX, form.block() / 4 * 128);
        a.add(R8, 128);
        if (form.minima()) {
            a.add(R14, 128);
        }
        a.add(RDX, form.block());
        a.add(R12, 4);
        a.sub(RBX, 1);
        a.jump(If.E, done);
        a.sub(RAX, 1);
        a.jump(If.NE, block);
        a.add(RDX, ByteActivations.BYTES - ByteActivations.GROUP);
        a.jump(group);
        a.bind(done);
        finish(half);
    }

    /// Integers of one block, to memory.
    private void products(int half) {
        TileDot dot = form.minima() ? TileDot.TDPBSUD : TileDot.TDPBSSD;
        a.tileloadd(W, RCX.at(RSI, 1, 64 * half));
        a.tileloadd(X, RDX.at(RBP, 1, ByteActivations.HIGH));
        a.tilezero(UPPER);
        a.op(dot, UPPER, X, W);
        if (!eight) {
            a.tileloadd(X_LOW, RDX.at(RBP, 1, ByteActivations.LOW));
            a.tilezero(LOWER);
            a.op(dot, LOWER, X_LOW, W);
        }
        a.tilestored(RSP.at(RDI, 1, 0), UPPER);
        if (!eight) {
            a.tilestored(RSP.at(RDI, 1, LOW), LOWER);
        }
    }

    /// Integers times scales, added to the sums.
    private void scale(int half) {
        a.op(VMOVUPS, SCALE, R8.at(64 * half));
        if (form.minima()) {
            a.op(VMOVUPS, MINIMUM, R14.at(64 * half));
        }
        a.mov(R10, R12);
        for (int i = 0; i < rows; i++) {
            Vec x = Vec.zmm(i % 4);
            if (eight) {
                a.op(VCVTDQ2PS, x, RSP.at(64 * i));
            } else {
                a.op(VMOVUPS, x, RSP.at(64 * i));
                a.op(VPSLLD, x, x, 7);
                a.op(VPADDD, x, x, RSP.at(LOW + 64 * i));
                a.op(VCVTDQ2PS, x, x);
            }
            a.op(VMULPS, x, x, SCALE);
            a.op(VFMADD231PS, sum(i), x, R10.at().broadcast32());
            if (form.minima()) {
                a.op(
                        form == ByteGemmCode.Form.MINIMA_TAKEN ? VFNMADD231PS : VFMADD231PS,
                        sum(i),
                        MINIMUM,
                        R10.at(form.sums()).broadcast32());
            }
            a.add(R10, RBP);
        }
    }

    /// Bias, residual, and the columns that there are.
    private void finish(int half) {
        Mask columns = half == 0 ? Mask.K1 : Mask.K2;
        restore(RDI);
        restore(RSI);
        restore(R10);
        restore(R11);
        Label unbiased = new Label();
        a.test(R10, R10);
        a.jump(If.E, unbiased);
        a.kz(columns).op(VMOVUPS, SCALE, R10.at(64 * half));
        for (int i = 0; i < rows; i++) {
            a.op(VADDPS, sum(i), sum(i), SCALE);
        }
        a.bind(unbiased);
        Label alone = new Label();
        a.test(R11, R11);
        a.jump(If.E, alone);
        for (int i = 0; i < rows; i++) {
            a.k(columns).op(VADDPS, sum(i), sum(i), R11.at(64 * half));
            a.alu(Alu.ADD, R11, RSI);
        }
        a.bind(alone);
        for (int i = 0; i < rows; i++) {
            a.k(columns).store(VMOVUPS_STORE, RDI.at(64 * half), sum(i));
            a.alu(Alu.ADD, RDI, RSI);
        }
    }
}
