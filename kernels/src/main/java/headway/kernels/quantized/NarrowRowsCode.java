package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Operand;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [QuantizedMatVecKernel] for AVX2 and weights of at most six bits: bytes of weights
/// without sign times activations of fifteen bits in two bytes, or of eight in one ([ByteActivations]).
///
/// `vpmaddubsw` multiplies bytes and adds pairs of them in words, which six bits do not overflow (63·127·4 < 2^15).
/// Sums of eight blocks of 32 meet in one register by unpacking and adding, so that one conversion, one scale and one
/// multiply-add serve 256 weights. Per 32 weights of four bits and one row of x: ten instructions with fifteen bits,
/// seven with eight, where words need fifteen ([WordRowsCode]).
///
/// Registers of bytes hold two blocks of 32, or 32 values of a block of 256 ([NarrowBlocks]), which are two runs where
/// each sixteen have a scale. Arguments: those of [DotRows], with x in bytes.
final class NarrowRowsCode {
    private static final int AHEAD = 4096;

    /// On the stack: scales of a block of 256, then for each row of x four registers of products.
    private static final int PRODUCTS = WideBlockCode.STACK;

    private static final int FRAME = PRODUCTS + 4 * 128;
    private static final Vec LOW = NarrowBlocks.LOW;
    private static final Vec HIGH = NarrowBlocks.HIGH;
    private static final Vec P = Vec.ymm(2);
    private static final Vec Q = Vec.ymm(3);
    private static final Vec SCALES = WordBlocks.SCALES;
    private static final Vec ADDED = WordBlocks.ADDED;
    private static final Vec R = Vec.ymm(14);
    private static final Vec S = Vec.ymm(15);

    private final Assembler a;
    private final BlockType type;
    private final WordForm form;
    private final WordBlocks blocks;
    private final NarrowBlocks bytes;
    private final DotRows dots;
    private final BlockWalk walk;
    private final boolean eight;
    private final boolean alone;
    private final int levels;

    private NarrowRowsCode(Assembler a, BlockType type, int rows, boolean eight) {
        this.a = a;
        this.type = type;
        this.form = WordForm.of(type);
        this.blocks = new WordBlocks(a, type);
        this.bytes = new NarrowBlocks(a, type);
        this.dots = new DotRows(new VectorCode(a, Level.AVX2, 15), 2);
        this.walk = new BlockWalk(a, type, dots, AHEAD, ByteActivations.BLOCK);
        this.eight = eight;
        this.alone = rows == 1;
        this.levels = eight ? levels() : 0;
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, BlockType type, int rows, boolean eight) {
        var code = new NarrowRowsCode(a, type, rows, eight);
        a.sub(RSP, FRAME);
        code.dots.write(rows, code::row, code.walk::stride, code.walk::advance);
        a.add(RSP, FRAME);
    }

    /// How often sums in words can be added to their like before they might overflow.
    private int levels() {
        int most = form.most() * 127 * (pairs() ? 4 : 2);
        return most << 2 < 1 << 15 ? 2 : most << 1 < 1 << 15 ? 1 : 0;
    }

    /// Whether blocks of 32 stand in pairs.
    private boolean pairs() {
        return type.size() == ByteActivations.BLOCK;
    }

    private void row(int first, int rows) {
        // Lanes of sums are added with its register between rows.
        blocks.constants();
        walk.row(first, rows, this::group, this::tail);
        for (int i = 0; i < rows && form.centre() > 0; i++) {
            a.op(VMULPS, dots.sum(i, 1), dots.sum(i, 1), a.constant((float) -form.centre()));
        }
    }

    private void group(int rows) {
        blocks.begin();
        for (int h = 0; h < (form.sixteen() ? 2 : 1); h++) {
            blocks.scales(h);
            int sums = (form.sixteen() ? ByteActivations.HALF_SUMS : ByteActivations.SUMS) + 32 * h;
            for (int i = 0; i < rows && form.adds(); i++) {
                a.op(VFMADD231PS, dots.sum(i, 1), form.minima() ? ADDED : SCALES, dots.x(i, sums));
            }
            if (form.sixteen()) {
                // Runs of sixteen come out as the even ones, then the odd ones.
                a.op(VMOVUPS, ADDED, a.constant(Assembler.lanes(l -> l % 4 * 2 + l / 4 % 2)));
                a.op(VPERMPS, SCALES, ADDED, SCALES);
            }
            for (int p = 0; p < 4; p++) {
                bytes.group(h, p);
                for (int i = 0; i < rows; i++) {
                    products(i, h, p);
                }
            }
            for (int i = 0; i < rows; i++) {
                scaled(i, h);
            }
        }
    }

    /// Sums of blocks, scaled.
    private void scaled(int i, int h) {
        Vec sums = meet(i);
        a.op(VCVTDQ2PS, sums, sums);
        if (form.sixteen()) {
            a.op(VBROADCASTF128, P, dots.x(i, ByteActivations.SCALES + 16 * h));
            a.op(VMULPS, P, P, SCALES);
        } else {
            a.op(VMULPS, P, SCALES, dots.x(i, ByteActivations.SCALES));
        }
        a.op(VFMADD231PS, dots.sum(i, 0), sums, P);
    }

    /// Products of the weights at hand with row `i`, to where [#meet] finds them.
    private void products(int i, int h, int p) {
        Vec to = alone ? pending(p) : P;
        int at = form.sixteen() ? 128 * h + 32 * p : 64 * p;
        if (pairs()) {
            times(to, Q, i, LOW, at, HIGH, at + 32);
        } else {
            times(to, Q, i, LOW, at, null, 0);
            if (!form.sixteen()) {
                times(Q, S, i, HIGH, at + 32, null, 0);
                // The sums of two blocks, side by side in each half of a register.
                add(to, to, Q, 0);
            }
        }
        if (!alone) {
            a.store(VMOVUPS_STORE, slot(i, p), to);
        }
    }

    /// `d` = w times x, and, where there is one, `v` times further x: words, or of fifteen bits double words.
    private void times(Vec d, Vec spare, int i, Vec w, int at, Vec v, int further) {
        part(d, spare, i, w, at, v, further);
        if (!eight) {
            a.op(VPMADDWD, d, d, a.constant(128 << 16 | 128));
            part(R, spare, i, w, ByteActivations.LOW + at, v, ByteActivations.LOW + further);
            a.op(VPMADDWD, R, R, a.constant(0x0001_0001));
            a.op(VPADDD, d, d, R);
        }
    }

    private void part(Vec d, Vec spare, int i, Vec w, int at, Vec v, int further) {
        a.op(VPMADDUBSW, d, w, dots.x(i, at));
        if (v != null) {
            a.op(VPMADDUBSW, spare, v, dots.x(i, further));
            a.op(VPADDW, d, d, spare);
        }
    }

    /// The register of products `p` of the only row of x.
    private static Vec pending(int p) {
        return Vec.ymm(6 + p);
    }

    private static Mem slot(int i, int p) {
        return RSP.at(PRODUCTS + 128 * i + 32 * p);
    }

    /// Sums of eight blocks, or of eight runs of sixteen, as double words.
    private Vec meet(int i) {
        Vec[] sums = new Vec[4];
        for (int p = 0; p < 4; p++) {
            sums[p] = alone ? pending(p) : new Vec[] {LOW, HIGH, P, Q}[p];
            if (!alone && p % 2 == 0) {
                a.op(VMOVUPS, sums[p], slot(i, p));
            }
        }
        boolean two = pairs() || form.sixteen();
        for (int p = 0; p < 4; p += 2) {
            Operand other = alone ? sums[p + 1] : slot(i, p + 1);
            add(sums[p], sums[p], other, two ? 0 : 1);
        }
        if (two) {
            add(sums[0], sums[0], sums[2], 1);
            return sums[0];
        }
        a.op(VPERM2F128, R, sums[0], sums[2], 0x20);
        a.op(VPERM2F128, S, sums[0], sums[2], 0x31);
        a.op(VPADDD, sums[0], R, S);
        return sums[0];
    }

    /// `d` = neighbours of x and y added, in each half of a register those of x below those of y: quarters at level 0,
    /// pairs of them at level 1.
    private void add(Vec d, Vec x, Operand y, int level) {
        Instruction sum = level < levels ? VPADDW : VPADDD;
        if (level == 0) {
            a.op(VUNPCKHPD, R, x, y);
            a.op(VUNPCKLPD, d, x, y);
        } else {
            a.op(VSHUFPS, R, x, y, 0xDD);
            a.op(VSHUFPS, d, x, y, 0x88);
        }
        a.op(sum, d, d, R);
        if (level + 1 == levels) {
            // Sums of two words in double words.
            a.op(VPMADDWD, d, d, a.constant(0x0001_0001));
        }
    }

    /// A block of 32 behind the last whole group.
    private void tail(int rows) {
        blocks.single();
        for (int i = 0; i < rows && form.adds(); i++) {
            // An eighth, for it is added in all lanes; a power of two, so nothing is rounded.
            a.op(VBROADCASTSS, P, walk.scale(i, ByteActivations.SUMS - ByteActivations.SCALES));
            a.op(VMULPS, P, P, a.constant(0.125f));
            a.op(VFMADD231PS, dots.sum(i, 1), form.minima() ? ADDED : SCALES, P);
        }
        bytes.single();
        Vec low = LOW.low(128), high = HIGH.low(128);
        for (int i = 0; i < rows; i++) {
            Vec p = P.low(128), r = R.low(128);
            part(p, Q.low(128), i, low, 0, high, 16);
            a.op(VPMADDWD, p, p, a.constant(eight ? 0x0001_0001 : 128 << 16 | 128));
            if (!eight) {
                part(r, Q.low(128), i, low, ByteActivations.LOW, high, ByteActivations.LOW + 16);
                a.op(VPMADDWD, r, r, a.constant(0x0001_0001));
                a.op(VPADDD, p, p, r);
            }
            a.op(VBROADCASTSS, Q, walk.scale(i, 0));
            a.op(VMULPS, Q, Q, SCALES);
            // The upper half is 0.
            a.op(VCVTDQ2PS, P, P);
            a.op(VFMADD231PS, dots.sum(i, 0), P, Q);
        }
    }
}
