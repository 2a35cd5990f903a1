package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
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
    private final WordForm form;
    private final WordBlocks blocks;
    private final DotRows dots;
    private final BlockWalk walk;

    private WordRowsCode(Assembler a, BlockType type) {
        this.a = a;
        this.form = WordForm.of(type);
        this.blocks = new WordBlocks(a, type);
        this.dots = new DotRows(new VectorCode(a, Level.AVX2, 15), 2);
        this.walk = new BlockWalk(a, type, dots, AHEAD, 2 * ByteActivations.BLOCK);
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, BlockType type, int rows) {
        var code = new WordRowsCode(a, type);
        a.sub(RSP, FRAME);
        code.dots.write(rows, code::row, code.walk::stride, code.walk::advance);
        a.add(RSP, FRAME);
    }

    private void row(int first, int rows) {
        // Lanes of sums are added with this register between rows.
        blocks.constants();
        walk.row(first, rows, this::group, this::tail);
    }

    private void group(int rows) {
        blocks.begin();
        for (int h = 0; h < (form.sixteen() ? 2 : 1); h++) {
            blocks.scales(h);
            blocks.added();
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
        blocks.single();
        blocks.added();
        // An eighth of what is added, for it is added in all lanes; a power of two, so nothing is rounded.
        if (form.adds()) {
            a.op(VMULPS, WordBlocks.ADDED, WordBlocks.ADDED, a.constant(0.125f));
        }
        for (int i = 0; i < rows && form.adds(); i++) {
            a.op(VBROADCASTSS, P, walk.scale(i, ByteActivations.SUMS - ByteActivations.SCALES));
            a.op(VFMADD231PS, dots.sum(i, 1), WordBlocks.ADDED, P);
        }
        a.store(VMOVUPS_STORE, RSP.at(PRODUCTS), SCALE);
        blocks.words(Vec.ymm(0), 0);
        blocks.words(Vec.ymm(1), 16);
        for (int i = 0; i < rows; i++) {
            a.op(VPMADDWD, P, Vec.ymm(0), dots.x(i, 0));
            a.op(VPMADDWD, Q, Vec.ymm(1), dots.x(i, 32));
            a.op(VPADDD, P, P, Q);
            a.op(VBROADCASTSS, Q, walk.scale(i, 0));
            a.op(VMULPS, Q, Q, RSP.at(PRODUCTS));
            a.op(VCVTDQ2PS, P, P);
            a.op(VFMADD231PS, dots.sum(i, 0), P, Q);
        }
    }
}
