package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;

/// Machine code of [QuantizedGemmKernel] for AVX-512: up to six rows of x in bytes ([ByteActivations]) times 32 columns
/// of
/// weights, four bytes of each column side by side.
///
/// For each block of 32 (or sixteen) k: integers of the upper bytes, shifted, then of the lower ones, in twelve
/// registers; then `sum += integer · scale of the column · scale of the row`. Bytes with 128 too much begin at `-Σ q`.
/// Per block of 32: 192 dot products of four and 48 other instructions for twelve times sixteen sums.
///
/// | argument | what |
/// |---|---|
/// | rdi, rsi | C at the first row and column, its rows' distance in bytes |
/// | rdx | x |
/// | rcx | bytes of the columns `(K/4, 32, 4)` |
/// | r8 | scales `(blocks, 32)`, then minima alike |
/// | r9 | blocks; in the upper half the columns that there are |
/// | r10, r11 | bias and residual there, or 0; the residual has C's distance |
final class ByteGemmCode {
    static final int ROWS = 6;
    static final int COLUMNS = 32;

    /// What differs between types of blocks.
    enum Form {
        CENTRED,
        MINIMA_ADDED,
        MINIMA_TAKEN,
        SIXTEEN,
        SIXTEEN_ADDED;

        static Form of(BlockType type) {
            return switch (type) {
                case Q3_K, Q6_K -> SIXTEEN;
                case Q2_K -> SIXTEEN_ADDED;
                case Q4_1, Q5_1 -> MINIMA_ADDED;
                case Q4_K, Q5_K -> MINIMA_TAKEN;
                default -> CENTRED;
            };
        }

        boolean minima() {
            return this == MINIMA_ADDED || this == MINIMA_TAKEN || this == SIXTEEN_ADDED;
        }

        boolean sixteen() {
            return this == SIXTEEN || this == SIXTEEN_ADDED;
        }

        /// Where scales of x begin in a group.
        int scales() {
            return sixteen() ? ByteActivations.HALVES : ByteActivations.SCALES;
        }

        /// How much further its sums begin.
        int sums() {
            return sixteen()
                    ? ByteActivations.HALF_SUMS - ByteActivations.HALVES
                    : ByteActivations.SUMS - ByteActivations.SCALES;
        }

        /// Values that share a scale.
        int block() {
            return sixteen() ? 16 : 32;
        }
    }

    private static final Vec X = Vec.zmm(26);

    private final Assembler a;
    private final Form form;
    private final int rows;
    private final int scales;
    private final int negatives;

    private final boolean eight;

    private ByteGemmCode(Assembler a, Form form, int rows, boolean eight) {
        this.a = a;
        this.form = form;
        this.rows = rows;
        this.eight = eight;
        this.scales = form.scales();
        this.negatives = (form.sixteen() ? ByteActivations.HALF_NEGATIVES : ByteActivations.NEGATIVES) - scales;
    }

    /// @param eight whether x has one byte each
    static void write(Assembler a, Form form, int rows, boolean eight) {
        new ByteGemmCode(a, form, rows, eight).write();
    }

    private static Vec sum(int i, int v) {
        return Vec.zmm(2 * i + v);
    }

    private static Vec integer(int i, int v) {
        return Vec.zmm(12 + 2 * i + v);
    }

    private static Vec w(int v) {
        return Vec.zmm(24 + v);
    }

    private void write() {
        for (int i = 0; i < rows; i++) {
            a.op(VPXORD, sum(i, 0), sum(i, 0), sum(i, 0));
            a.op(VPXORD, sum(i, 1), sum(i, 1), sum(i, 1));
        }
        a.mov(R15, R9);
        a.shift(Shift.SHR, R15, 32);
        a.shift(Shift.SHL, R9, 32);
        a.shift(Shift.SHR, R9, 32);
        int perGroup = ByteActivations.GROUP / form.block();
        // rbp: bytes of a row of x. rdx, rbx: its first and fourth row; r12, r13: their scales.
        a.lea(RBP, R9.at(perGroup - 1));
        a.shift(Shift.SHR, RBP, Integer.numberOfTrailingZeros(perGroup));
        a.imul(RBP, RBP, ByteActivations.BYTES);
        a.lea(RBX, RDX.at(RBP, 2, 0));
        a.add(RBX, RBP);
        if (form.minima()) {
            a.mov(R14, R9);
            a.shift(Shift.SHL, R14, 7);
            a.add(R14, R8);
        }
        Label end = new Label();
        Label group = a.here();
        a.lea(R12, RDX.at(scales));
        a.lea(R13, RBX.at(scales));
        a.mov(RAX, perGroup);
        a.align(32);
        Label block = a.here();
        block();
        a.add(RCX, form.block() / 4 * 128);
        a.add(R8, 128);
        if (form.minima()) {
            a.add(R14, 128);
        }
        a.add(RDX, form.block());
        a.add(RBX, form.block());
        a.add(R12, 4);
        a.add(R13, 4);
        a.sub(R9, 1);
        a.jump(If.E, end);
        a.sub(RAX, 1);
        a.jump(If.NE, block);
        a.add(RDX, ByteActivations.BYTES - ByteActivations.GROUP);
        a.add(RBX, ByteActivations.BYTES - ByteActivations.GROUP);
        a.jump(group);
        a.bind(end);
        finish();
    }

    /// Row `i` of x or of its scales.
    private Mem row(Gp first, Gp fourth, int i, int displacement) {
        Gp base = i < 3 ? first : fourth;
        return i % 3 == 0 ? base.at(displacement) : base.at(RBP, i % 3, displacement);
    }

    private void block() {
        for (int i = 0; i < rows; i++) {
            if (form.minima()) {
                a.op(VPXORD, integer(i, 0), integer(i, 0), integer(i, 0));
                a.op(VPXORD, integer(i, 1), integer(i, 1), integer(i, 1));
            } else {
                a.op(VPBROADCASTD, integer(i, 0), row(R12, R13, i, negatives));
                a.op(VMOVUPS, integer(i, 1), integer(i, 0));
            }
        }
        products(ByteActivations.HIGH);
        if (!eight) {
            for (int i = 0; i < rows; i++) {
                a.op(VPSLLD, integer(i, 0), integer(i, 0), 7);
                a.op(VPSLLD, integer(i, 1), integer(i, 1), 7);
            }
            products(ByteActivations.LOW);
        }
        a.op(VMOVUPS, w(0), R8.at());
        a.op(VMOVUPS, w(1), R8.at(64));
        for (int i = 0; i < rows; i++) {
            Vec scale = Vec.zmm(26 + i % 2);
            a.op(VBROADCASTSS, scale, row(R12, R13, i, 0));
            for (int v = 0; v < 2; v++) {
                a.op(VCVTDQ2PS, integer(i, v), integer(i, v));
                a.op(VMULPS, integer(i, v), integer(i, v), w(v));
                a.op(VFMADD231PS, sum(i, v), integer(i, v), scale);
            }
        }
        if (form.minima()) {
            a.op(VMOVUPS, w(0), R14.at());
            a.op(VMOVUPS, w(1), R14.at(64));
            for (int i = 0; i < rows; i++) {
                Vec total = Vec.zmm(26 + i % 2);
                a.op(VBROADCASTSS, total, row(R12, R13, i, form.sums()));
                for (int v = 0; v < 2; v++) {
                    a.op(form == Form.MINIMA_TAKEN ? VFNMADD231PS : VFMADD231PS, sum(i, v), w(v), total);
                }
            }
        }
    }

    private void products(int part) {
        for (int k = 0; k < form.block(); k += 4) {
            a.op(VMOVUPS, w(0), RCX.at(32 * k));
            a.op(VMOVUPS, w(1), RCX.at(32 * k + 64));
            for (int i = 0; i < rows; i++) {
                Vec x = Vec.zmm(X.number() + i % 4);
                a.op(VPBROADCASTD, x, row(RDX, RBX, i, part + k));
                a.op(VPDPBUSD, integer(i, 0), w(0), x);
                a.op(VPDPBUSD, integer(i, 1), w(1), x);
            }
        }
    }

    /// Bias, residual, and the columns that there are.
    private void finish() {
        a.mov(RAX, -1);
        a.bzhi(RAX, RAX, R15);
        a.kmovw(Mask.K1, RAX);
        a.shift(Shift.SHR, RAX, 16);
        a.kmovw(Mask.K2, RAX);
        Label unbiased = new Label();
        a.test(R10, R10);
        a.jump(If.E, unbiased);
        a.kz(Mask.K1).op(VMOVUPS, w(0), R10.at());
        a.kz(Mask.K2).op(VMOVUPS, w(1), R10.at(64));
        for (int i = 0; i < rows; i++) {
            a.op(VADDPS, sum(i, 0), sum(i, 0), w(0));
            a.op(VADDPS, sum(i, 1), sum(i, 1), w(1));
        }
        a.bind(unbiased);
        Label alone = new Label();
        a.test(R11, R11);
        a.jump(If.E, alone);
        for (int i = 0; i < rows; i++) {
            a.k(Mask.K1).op(VADDPS, sum(i, 0), sum(i, 0), R11.at());
            a.k(Mask.K2).op(VADDPS, sum(i, 1), sum(i, 1), R11.at(64));
            a.alu(Alu.ADD, R11, RSI);
        }
        a.bind(alone);
        for (int i = 0; i < rows; i++) {
            a.k(Mask.K1).store(VMOVUPS_STORE, RDI.at(), sum(i, 0));
            a.k(Mask.K2).store(VMOVUPS_STORE, RDI.at(64), sum(i, 1));
            a.alu(Alu.ADD, RDI, RSI);
        }
    }
}
