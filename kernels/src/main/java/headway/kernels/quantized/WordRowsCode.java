package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [QuantizedMatVecKernel] for AVX2: words of weights ([WordBlocks]) times activations of fifteen bits
/// in words ([ByteActivations]), summed in integers over each 32 values, or sixteen, and then in f32.
///
/// `vpmaddwd` multiplies words and adds pairs of them, which no number of values of a block overflows: products are
/// those of [ByteRowsCode], exact. Per 32 weights of four bits: four instructions to make words of them, six for each
/// row of x. Arguments: those of [DotRows], with x in words.
final class WordRowsCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 4096;

    /// On the stack: scales of a block of 256, then for each row of x its scales times those.
    private static final int PRODUCTS = WideBlockCode.STACK;

    private static final int FRAME = PRODUCTS + 4 * 64;
    private static final Vec P = Vec.ymm(2);
    private static final Vec Q = Vec.ymm(3);
    private static final Vec SCALE = WordBlocks.SCALES;

    private final Assembler a;
    private final BlockType type;
    private final WordForm form;
    private final WordBlocks blocks;
    private final DotRows dots;

    private WordRowsCode(Assembler a, BlockType type) {
        this.a = a;
        this.type = type;
        this.form = WordForm.of(type);
        this.blocks = new WordBlocks(a, type);
        this.dots = new DotRows(new VectorCode(a, Level.AVX2, 15), 2);
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, BlockType type, int rows) {
        var code = new WordRowsCode(a, type);
        a.sub(RSP, FRAME);
        code.dots.write(rows, code::row, code::stride, code::advance);
        a.add(RSP, FRAME);
    }

    /// rbp = bytes of a row of x.
    private void stride() {
        a.lea(RBP, R8.at(ByteActivations.GROUP - 1));
        a.shift(Shift.SHR, RBP, 8);
        a.imul(RBP, RBP, ByteActivations.BYTES);
    }

    /// To the next row of blocks.
    private void advance() {
        a.mov(RAX, R8);
        a.shift(Shift.SHR, RAX, Integer.numberOfTrailingZeros(type.size()));
        a.imul(RAX, RAX, type.bytes());
        a.add(RCX, RAX);
    }

    private void row(int first, int rows) {
        int bytes = type.bytes() * (ByteActivations.GROUP / type.size());
        Label tail = new Label(), done = new Label();
        a.mov(R12, RCX);
        a.mov(R13, R8);
        // Lanes of sums are added with this register between rows.
        blocks.constants();
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.L, tail);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; first == 0 && line < bytes; line += 64) {
            a.prefetch(0, R12.at(AHEAD + line));
        }
        group(rows);
        a.add(R12, bytes);
        dots.advance(rows, ByteActivations.BYTES);
        a.sub(R13, ByteActivations.GROUP);
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.GE, loop);
        a.bind(tail);
        if (type.size() == ByteActivations.BLOCK) {
            a.test(R13, R13);
            a.jump(If.E, done);
            tail(rows);
        }
        a.bind(done);
    }

    private void group(int rows) {
        blocks.begin();
        for (int h = 0; h < (form.sixteen() ? 2 : 1); h++) {
            blocks.scales(h);
            int scales = (form.sixteen() ? ByteActivations.HALVES : ByteActivations.SCALES) + 32 * h;
            int sums = (form.sixteen() ? ByteActivations.HALF_SUMS : ByteActivations.SUMS) + 32 * h;
            for (int i = 0; i < rows; i++) {
                a.op(VMULPS, P, SCALE, dots.x(i, scales));
                a.store(VMOVUPS_STORE, product(i, 8 * h), P);
                if (form.adds()) {
                    a.op(VFMADD231PS, dots.sum(i, 1), WordBlocks.ADDED, dots.x(i, sums));
                }
            }
        }
        for (int b = 0; b < 8; b++) {
            blocks.words(Vec.ymm(0), 32 * b);
            blocks.words(Vec.ymm(1), 32 * b + 16);
            for (int i = 0; i < rows; i++) {
                a.op(VPMADDWD, P, Vec.ymm(0), dots.x(i, 64 * b));
                a.op(VPMADDWD, Q, Vec.ymm(1), dots.x(i, 64 * b + 32));
                if (form.sixteen()) {
                    scaled(i, 0, P, product(i, 2 * b));
                    scaled(i, 1, Q, product(i, 2 * b + 1));
                } else {
                    a.op(VPADDD, P, P, Q);
                    scaled(i, b % 2, P, product(i, b));
                }
            }
        }
    }

    private static Mem product(int i, int b) {
        return RSP.at(PRODUCTS + 64 * i + 4 * b);
    }

    /// Integers times a scale, added to a sum.
    private void scaled(int i, int u, Vec integers, Mem scale) {
        a.op(VCVTDQ2PS, integers, integers);
        a.op(VBROADCASTSS, SCALE, scale);
        a.op(VFMADD231PS, dots.sum(i, u), integers, SCALE);
    }

    /// Blocks of 32 behind the last whole group.
    private void tail(int rows) {
        a.lea(R14, dots.x(0, ByteActivations.SCALES));
        if (rows > 3) {
            a.lea(R15, dots.x(3, ByteActivations.SCALES));
        }
        Label next = a.here();
        blocks.single();
        // An eighth of what is added, for it is added in all lanes; a power of two, so nothing is rounded.
        if (form.adds()) {
            a.op(VMULPS, WordBlocks.ADDED, WordBlocks.ADDED, a.constant(0.125f));
        }
        for (int i = 0; i < rows && form.adds(); i++) {
            a.op(VBROADCASTSS, P, scale(i, ByteActivations.SUMS - ByteActivations.SCALES));
            a.op(VFMADD231PS, dots.sum(i, 1), WordBlocks.ADDED, P);
        }
        a.store(VMOVUPS_STORE, RSP.at(PRODUCTS), SCALE);
        blocks.words(Vec.ymm(0), 0);
        blocks.words(Vec.ymm(1), 16);
        for (int i = 0; i < rows; i++) {
            a.op(VPMADDWD, P, Vec.ymm(0), dots.x(i, 0));
            a.op(VPMADDWD, Q, Vec.ymm(1), dots.x(i, 32));
            a.op(VPADDD, P, P, Q);
            a.op(VBROADCASTSS, Q, scale(i, 0));
            a.op(VMULPS, Q, Q, RSP.at(PRODUCTS));
            a.op(VCVTDQ2PS, P, P);
            a.op(VFMADD231PS, dots.sum(i, 0), P, Q);
        }
        a.add(R12, type.bytes());
        dots.advance(rows, 2 * ByteActivations.BLOCK);
        a.add(R14, 4);
        if (rows > 3) {
            a.add(R15, 4);
        }
        a.sub(R13, ByteActivations.BLOCK);
        a.jump(If.NE, next);
    }

    private Mem scale(int i, int further) {
        return DotRows.row(R14, R15, RBP, i, further);
    }
}
