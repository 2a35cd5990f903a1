package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [QuantizedGemmKernel] for AVX2: up to six rows of x times sixteen columns of weights, both in words
/// or both in bytes ([ByteActivations]).
///
/// Words: `vpmaddwd` adds two products of fifteen bits in 32, two of each column side by side. Bytes, for activations
/// of eight bits and weights of at most six: `vpmaddubsw` adds two products in sixteen bits, and these are added in
/// sixteen bits for as long as they cannot overflow. Integers of a block stand in twelve registers, sums in f32 wait on
/// the stack: `sum += integer · scale of the column · scale of the row`, once a block.
///
/// | argument | what |
/// |---|---|
/// | rdi, rsi | C at the first row and column, its rows' distance in bytes |
/// | rdx | x |
/// | rcx | words `(K/2, 16, 2)` or bytes `(K/4, 16, 4)` of the columns |
/// | r8 | scales `(blocks, 16)`, then what is added alike |
/// | r9 | blocks; in the upper half the columns that there are |
/// | r10, r11 | bias and residual there, or 0; the residual has C's distance |
final class WordGemmCode {
    static final int ROWS = 6;
    static final int COLUMNS = 16;

    /// On the stack: sums of f32, then integers of the first part of a block.
    private static final int PARTS = ROWS * 64;

    private static final Vec X = Vec.ymm(14);
    private static final Vec PRODUCT = Vec.ymm(15);

    private final Assembler a;
    private final int rows;
    private final boolean bytes;
    private final boolean adds;
    private final int block;
    private final int scales;
    private final int sums;
    /// Steps along k, of four bytes each.
    private final int steps;
    /// Steps whose products fit into sixteen bits.
    private final int run;

    private WordGemmCode(Assembler a, BlockType type, int rows, boolean bytes) {
        var form = WordForm.of(type);
        this.a = a;
        this.rows = rows;
        this.bytes = bytes;
        this.adds = form.adds(bytes);
        this.block = form.block();
        this.scales = form.sixteen() ? ByteActivations.HALVES : ByteActivations.SCALES;
        this.sums = (form.sixteen() ? ByteActivations.HALF_SUMS : ByteActivations.SUMS) - scales;
        this.steps = bytes ? block / 4 : block / 2;
        int most = (int) (Short.MAX_VALUE / (2 * ByteActivations.MOST_OF_EIGHT * form.most()));
        this.run = bytes ? Math.min(steps, Integer.highestOneBit(most)) : steps;
    }

    /// @param bytes whether both sides are bytes, not words
    static void write(Assembler a, BlockType type, int rows, boolean bytes) {
        new WordGemmCode(a, type, rows, bytes).write();
    }

    private static Vec integer(int i, int v) {
        return Vec.ymm(2 * i + v);
    }

    private static Vec w(int v) {
        return Vec.ymm(12 + v);
    }

    private static Mem sum(int i, int v) {
        return RSP.at(64 * i + 32 * v);
    }

    private static Mem part(int i, int v) {
        return RSP.at(PARTS + 64 * i + 32 * v);
    }

    private void write() {
        a.sub(RSP, 2 * PARTS);
        a.op(VXORPS, w(0), w(0), w(0));
        for (int i = 0; i < rows; i++) {
            a.store(VMOVUPS_STORE, sum(i, 0), w(0));
            a.store(VMOVUPS_STORE, sum(i, 1), w(0));
        }
        a.mov(R15, R9);
        a.shift(Shift.SHR, R15, 32);
        a.shift(Shift.SHL, R9, 32);
        a.shift(Shift.SHR, R9, 32);
        int perGroup = ByteActivations.GROUP / block;
        // rbp: bytes of a row of x. rdx, rbx: its first and fourth row; r12, r13: their scales.
        a.lea(RBP, R9.at(perGroup - 1));
        a.shift(Shift.SHR, RBP, Integer.numberOfTrailingZeros(perGroup));
        a.imul(RBP, RBP, ByteActivations.BYTES);
        a.lea(RBX, RDX.at(RBP, 2, 0));
        a.add(RBX, RBP);
        if (adds) {
            a.mov(R14, R9);
            a.shift(Shift.SHL, R14, 6);
            a.add(R14, R8);
        }
        int values = bytes ? block : 2 * block;
        Label end = new Label();
        Label group = a.here();
        a.lea(R12, RDX.at(scales));
        a.lea(R13, RBX.at(scales));
        a.mov(RAX, perGroup);
        a.align(32);
        Label next = a.here();
        block();
        a.add(RCX, 64 * steps);
        a.add(R8, 64);
        if (adds) {
            a.add(R14, 64);
        }
        a.add(RDX, values);
        a.add(RBX, values);
        a.add(R12, 4);
        a.add(R13, 4);
        a.sub(R9, 1);
        a.jump(If.E, end);
        a.sub(RAX, 1);
        a.jump(If.NE, next);
        a.add(RDX, ByteActivations.BYTES - values * perGroup);
        a.add(RBX, ByteActivations.BYTES - values * perGroup);
        a.jump(group);
        a.bind(end);
        finish();
        a.add(RSP, 2 * PARTS);
    }

    /// Row `i` of x or of its scales.
    private Mem row(Gp first, Gp fourth, int i, int displacement) {
        Gp base = i < 3 ? first : fourth;
        return i % 3 == 0 ? base.at(displacement) : base.at(RBP, i % 3, displacement);
    }

    private void block() {
        Instruction multiply = bytes ? VPMADDUBSW : VPMADDWD;
        Instruction add = bytes ? VPADDW : VPADDD;
        for (int s = 0; s < steps; s++) {
            a.op(VMOVUPS, w(0), RCX.at(64 * s));
            a.op(VMOVUPS, w(1), RCX.at(64 * s + 32));
            for (int i = 0; i < rows; i++) {
                a.op(VPBROADCASTD, X, row(RDX, RBX, i, 4 * s));
                for (int v = 0; v < 2; v++) {
                    if (s % run == 0) {
                        a.op(multiply, integer(i, v), w(v), X);
                    } else {
                        a.op(multiply, PRODUCT, w(v), X);
                        a.op(add, integer(i, v), integer(i, v), PRODUCT);
                    }
                }
            }
            if (bytes && (s + 1) % run == 0) {
                widen(s + 1 > run, s + 1 < steps);
            }
        }
        scaled();
    }

    /// Pairs of sixteen bits become 32; what came before is added.
    private void widen(boolean further, boolean more) {
        a.op(VMOVUPS, w(0), a.constant(0x0001_0001));
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < 2; v++) {
                a.op(VPMADDWD, integer(i, v), integer(i, v), w(0));
                if (further) {
                    a.op(VPADDD, integer(i, v), integer(i, v), part(i, v));
                }
                if (more) {
                    a.store(VMOVUPS_STORE, part(i, v), integer(i, v));
                }
            }
        }
    }

    private void scaled() {
        a.op(VMOVUPS, w(0), R8.at());
        a.op(VMOVUPS, w(1), R8.at(32));
        for (int i = 0; i < rows; i++) {
            a.op(VBROADCASTSS, X, row(R12, R13, i, 0));
            if (adds) {
                a.op(VBROADCASTSS, PRODUCT, row(R12, R13, i, sums));
            }
            for (int v = 0; v < 2; v++) {
                Vec d = integer(i, v);
                a.op(VCVTDQ2PS, d, d);
                a.op(VMULPS, d, d, w(v));
                a.op(VFMADD213PS, d, X, sum(i, v));
                if (adds) {
                    a.op(VFMADD231PS, d, PRODUCT, R14.at(32 * v));
                }
                a.store(VMOVUPS_STORE, sum(i, v), d);
            }
        }
    }

    /// Bias, residual, and the columns that there are.
    private void finish() {
        VectorCode[] halves = {new VectorCode(a, Level.AVX2, 14), new VectorCode(a, Level.AVX2, 15)};
        a.mov(RAX, R15);
        a.mov(RBX, 8);
        a.cmp(RAX, RBX);
        a.cmov(If.G, RAX, RBX);
        a.sub(R15, RAX);
        halves[0].first(RAX, RBX);
        halves[1].first(R15, RBX);
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < 2; v++) {
                a.op(VMOVUPS, integer(i, v), sum(i, v));
            }
        }
        Label unbiased = new Label();
        a.test(R10, R10);
        a.jump(If.E, unbiased);
        for (int v = 0; v < 2; v++) {
            halves[v].loadFirst(w(v), R10.at(32 * v));
            for (int i = 0; i < rows; i++) {
                a.op(VADDPS, integer(i, v), integer(i, v), w(v));
            }
        }
        a.bind(unbiased);
        Label alone = new Label();
        a.test(R11, R11);
        a.jump(If.E, alone);
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < 2; v++) {
                halves[v].loadFirst(w(v), R11.at(32 * v));
                a.op(VADDPS, integer(i, v), integer(i, v), w(v));
            }
            a.alu(Alu.ADD, R11, RSI);
        }
        a.bind(alone);
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < 2; v++) {
                halves[v].storeFirst(RDI.at(32 * v), integer(i, v));
            }
            a.alu(Alu.ADD, RDI, RSI);
        }
    }
}
