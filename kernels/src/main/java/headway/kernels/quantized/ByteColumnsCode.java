package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;

/// Machine code of [QuantizedGemmKernel] for AVX-512 and at most sixteen rows of x: sixteen rows of weights where they
/// lie, to the same bits as [ByteGemmCode].
///
/// Sixteen bytes of sixteen rows are turned while they are packed, four bits each: four loads a register and two steps
/// of shuffles, then shifts. So the bytes of a block, four of each row side by side, stand in eight registers, meet all
/// rows of x, and are never written. Sixteen registers hold the sums, six the integers of as many rows of x.
///
/// `Q4_K` has scales for each 32 of its 256 values, which [SixBitColumns] brings side by side as well.
///
/// Per block of 32, 16 rows of weights and 16 of x: 256 `vpdpbusd` (128 with eight bits) with x broadcast from memory,
/// beside about 80 instructions for the scaling and 60 to 80 for weights and their scales.
///
/// Arguments: C at the first column, distance of its rows in bytes, x in bytes, weights at the first row, blocks in a
/// row, distance of rows of weights in bytes, bias and residual there, or 0; the residual has C's distance.
final class ByteColumnsCode {
    static final int COLUMNS = 16;
    static final int ROWS = 16;

    private static final int GROUP = 6;
    /// Where words lie on the stack.
    private static final int WORDS = 2 * SixBitColumns.MINIMA;

    /// Where the lower bits of half a block of `Q6_K` lie.
    private static final int FOURS = WORDS + 16 * 64;

    private static final int FRAME = FOURS + 16 * 64;

    private static final Gp X = RDX;
    private static final Gp X_SCALES = R12;
    private static final Gp X_STRIDE = RBP;
    private static final Gp ROW = R13;
    private static final Gp ROW_SCALES = R14;
    private static final Gp FOURTH = R15;
    private static final Gp AHEAD = R11;
    private static final Gp BLOCKS = R8;
    private static final Gp IN_GROUP = R10;
    private static final Vec SCALE = Vec.zmm(4);
    private static final Vec MINIMUM = Vec.zmm(5);
    private static final Vec KEPT = Vec.zmm(6);

    private final Assembler a;
    private final BlockType type;
    private final TurnedRows turned;
    private final int rows;
    private final boolean eight;

    private ByteColumnsCode(Assembler a, BlockType type, int rows, boolean eight) {
        this.a = a;
        this.type = type;
        this.turned = new TurnedRows(a);
        this.rows = rows;
        this.eight = eight;
    }

    static boolean knows(BlockType type) {
        return switch (type) {
            case Q8_0, Q4_0, Q4_1, IQ4_NL, MXFP4, Q4_K, Q6_K -> true;
            default -> false;
        };
    }

    /// @param eight whether x has one byte each
    static void write(Assembler a, BlockType type, int rows, boolean eight) {
        new ByteColumnsCode(a, type, rows, eight).write();
    }

    private boolean minima() {
        return type == BlockType.Q4_1 || type == BlockType.Q4_K;
    }

    private static Vec sum(int i) {
        return Vec.zmm(16 + i);
    }

    /// Four bytes k of each row.
    private static Vec word(int k) {
        return Vec.zmm(8 + k);
    }

    private void write() {
        for (Gp kept : new Gp[] {R11, R10, RSI, RDI}) {
            a.push(kept);
        }
        turned.begin(AHEAD);
        // On the stack of blocks of 256: scales and minima, words, and the stack's old end.
        if (type.size() > 32) {
            a.mov(R10, RSP);
            a.sub(RSP, FRAME + 64);
            a.alu(Alu.AND, RSP, -64);
            a.mov(RSP.at(FRAME), R10);
        }
        int perGroup = ByteActivations.GROUP / ByteActivations.BLOCK;
        a.lea(X_STRIDE, BLOCKS.at(perGroup - 1));
        a.shift(Shift.SHR, X_STRIDE, Integer.numberOfTrailingZeros(perGroup));
        a.imul(X_STRIDE, X_STRIDE, ByteActivations.BYTES);
        for (int i = 0; i < rows; i++) {
            a.op(VPXORD, sum(i), sum(i), sum(i));
        }
        switch (type) {
            case Q4_K -> fourBits();
            case Q6_K -> sixBits();
            default -> blocks(perGroup);
        }
        if (type.size() > 32) {
            a.mov(RSP, RSP.at(FRAME));
        }
        finish();
    }

    private void blocks(int perGroup) {
        Label end = new Label();
        Label group = a.here();
        a.lea(X_SCALES, X.at(ByteActivations.SCALES));
        a.mov(IN_GROUP, perGroup);
        a.align(32);
        Label block = a.here();
        words();
        scales();
        multiply(block(0));
        ahead(COLUMNS * type.bytes());
        turned.advance(type.bytes());
        a.add(X, ByteActivations.BLOCK);
        a.add(X_SCALES, 4);
        a.sub(BLOCKS, 1);
        a.jump(If.E, end);
        a.sub(IN_GROUP, 1);
        a.jump(If.NE, block);
        a.add(X, ByteActivations.BYTES - ByteActivations.GROUP);
        a.jump(group);
        a.bind(end);
    }

    /// Blocks of 256 of `Q4_K`: 64 values a turn, those of the lower four bits of 32 bytes, then those of the upper
    /// ones. The offset of their scales on the stack counts the turns.
    private void fourBits() {
        Label group = a.here();
        turned.words(8, 0);
        SixBitColumns.store(a);
        a.lea(X_SCALES, X.at(ByteActivations.SCALES));
        a.zero(IN_GROUP);
        a.align(32);
        Label turn = a.here();
        turned.words(8, 16);
        turned.words(12, 32);
        a.op(VMOVUPS, KEPT, a.constant(0x0f0f_0f0f));
        for (int k = 0; k < 8; k++) {
            a.store(VMOVUPS_STORE, RSP.at(WORDS + 64 * k), word(k));
            a.op(VPANDD, word(k), word(k), KEPT);
        }
        a.op(VMOVUPS, SCALE, RSP.at(IN_GROUP, 1, 0));
        a.op(VMOVUPS, MINIMUM, RSP.at(IN_GROUP, 1, SixBitColumns.MINIMA));
        multiply(block(0));
        a.op(VMOVUPS, KEPT, a.constant(0x0f0f_0f0f));
        for (int k = 0; k < 8; k++) {
            a.op(VMOVUPS, word(k), RSP.at(WORDS + 64 * k));
            a.op(VPSRLD, word(k), word(k), 4);
            a.op(VPANDD, word(k), word(k), KEPT);
        }
        a.op(VMOVUPS, SCALE, RSP.at(IN_GROUP, 1, 64));
        a.op(VMOVUPS, MINIMUM, RSP.at(IN_GROUP, 1, SixBitColumns.MINIMA + 64));
        multiply(block(1));
        ahead(COLUMNS * type.bytes() / 4);
        turned.advance(32);
        a.add(X, 2 * ByteActivations.BLOCK);
        a.add(X_SCALES, 8);
        a.add(IN_GROUP, 128);
        a.cmp(IN_GROUP, 8 * 64);
        a.jump(If.NE, turn);
        turned.advance(type.bytes() - 128);
        a.add(X, ByteActivations.BYTES - ByteActivations.GROUP);
        a.sub(BLOCKS, 8);
        a.jump(If.NE, group);
    }

    /// Blocks of 256 of `Q6_K`, half of one a turn: sixteen bytes have the lower four bits of two runs of sixteen, and
    /// the
    /// upper two lie in those that wait on the stack. The offset of scales and of these counts the turns.
    private void sixBits() {
        Label group = a.here();
        for (int chunk = 0; chunk < 4; chunk++) {
            turned.words(8, 128 + 16 * chunk);
            for (int k = 0; k < 4; k++) {
                a.store(VMOVUPS_STORE, RSP.at(WORDS + 64 * (4 * chunk + k)), word(k));
            }
        }
        turned.words(8, 192);
        turned.halves(SCALE, 208);
        a.op(VCVTPH2PS, SCALE, SCALE.low(256));
        a.op(VMULPS, SCALE, SCALE, a.constant(0.25f));
        SixBitColumns.storeBytes(a, SCALE);
        a.lea(X_SCALES, X.at(ByteActivations.SCALES));
        a.zero(IN_GROUP);
        a.align(32);
        Label turn = a.here();
        for (int s = 0; s < 8; s++) {
            int chunk = s % 4;
            if (s < 4) {
                turned.words(12, 16 * chunk);
            }
            for (int k = 0; k < 4; k++) {
                sixBits(word(k), word(4 + k), s, 64 * (4 * chunk + k), 64 * (chunk % 2 * 4 + k));
            }
            a.op(VMOVUPS, SCALE, RSP.at(IN_GROUP, 1, 64 * s));
            multiply(half(8, s));
        }
        ahead(COLUMNS * type.bytes() / 2);
        turned.advance(64);
        a.add(X, 128);
        a.add(X_SCALES, 32);
        a.add(IN_GROUP, 8 * 64);
        a.cmp(IN_GROUP, 16 * 64);
        a.jump(If.NE, turn);
        turned.advance(type.bytes() - 128);
        a.add(X, ByteActivations.BYTES - ByteActivations.GROUP);
        a.sub(BLOCKS, 8);
        a.jump(If.NE, group);
    }

    /// A word of run `s` of eight: `4·q`. The lower bits of the first four runs are in `four`, which is kept for the
    /// other four; their upper bits are bits 0 and 1 of others for the first two, 2 and 3 for the next, and so on.
    private void sixBits(Vec to, Vec four, int s, int kept, int upper) {
        Vec bits = Vec.zmm(0);
        a.op(VMOVUPS, bits, RSP.at(IN_GROUP, 1, WORDS + upper));
        if (s < 6) {
            a.op(VPSLLD, bits, bits, 6 - s / 2 * 2);
        }
        a.op(VPANDD, bits, bits, a.constant(0xc0c0_c0c0));
        if (s < 4) {
            a.store(VMOVUPS_STORE, RSP.at(FOURS + kept), four);
            a.op(VPSLLD, to, four, 2);
        } else {
            a.op(VMOVUPS, to, RSP.at(FOURS + kept));
            a.op(VPSRLD, to, to, 2);
        }
        a.op(VPANDD, to, to, a.constant(0x3c3c_3c3c));
        a.op(VPORD, to, to, bits);
    }

    /// Fetches as many bytes of the next sixteen rows.
    private void ahead(int bytes) {
        for (int line = 0; line < bytes; line += 64) {
            a.prefetch(0, AHEAD.at(line));
        }
        a.add(AHEAD, bytes);
    }

    /// Values that share a scale: their words, and where in a group of x, from the pointers on, those lie that they
    /// meet.
    private record Run(int word, int words, int x, int scale, int negative, int total) {}

    /// The block of 32 that is `further` blocks than the pointers say.
    private static Run block(int further) {
        int at = 4 * further;
        return new Run(
                8,
                8,
                ByteActivations.BLOCK * further,
                ByteActivations.SCALES + at,
                ByteActivations.NEGATIVES + at,
                ByteActivations.SUMS + at);
    }

    /// The sixteen values that are `further` sixteens than the pointers say, in four words.
    private static Run half(int word, int further) {
        int at = 4 * further;
        return new Run(word, 4, 16 * further, ByteActivations.HALVES + at, ByteActivations.HALF_NEGATIVES + at, 0);
    }

    /// All rows of x.
    private void multiply(Run run) {
        a.mov(ROW, X);
        a.mov(ROW_SCALES, X_SCALES);
        for (int i = 0; i < rows; i += GROUP) {
            multiply(i, Math.min(GROUP, rows - i), run);
        }
    }

    /// The bytes of a block to eight registers.
    private void words() {
        if (type == BlockType.Q8_0) {
            turned.words(8, 2);
            turned.words(12, 18);
            a.op(VMOVUPS, KEPT, a.constant(0x8080_8080));
            for (int k = 0; k < 8; k++) {
                a.op(VPXORD, word(k), word(k), KEPT);
            }
            return;
        }
        turned.words(12, type.bytes() - 16);
        boolean table = type == BlockType.IQ4_NL || type == BlockType.MXFP4;
        a.op(VMOVUPS, KEPT, a.constant(table ? 0x0f0f_0f0f : 0xf0f0_f0f0));
        for (int k = 0; k < 4; k++) {
            Vec low = word(k), high = word(4 + k);
            if (table) {
                a.op(VPANDD, low, high, KEPT);
                a.op(VPSRLD, high, high, 4);
            } else {
                a.op(VPSLLD, low, high, 4);
                a.op(VPANDD, low, low, KEPT);
            }
            a.op(VPANDD, high, high, KEPT);
        }
        if (table) {
            Vec values = Vec.zmm(0);
            a.op(VMOVUPS, values, a.constant(ByteBlocks.unsigned(type)));
            for (int k = 0; k < 8; k++) {
                a.op(VPSHUFB, word(k), values, word(k));
            }
        }
    }

    /// Scales of sixteen rows, and their minima.
    private void scales() {
        turned.halves(SCALE, 0);
        if (type == BlockType.MXFP4) {
            a.op(VPMOVZXWD, SCALE, SCALE.low(256));
            BlockScales.powers(a, SCALE, Vec.zmm(6));
        } else {
            a.op(VCVTPH2PS, SCALE, SCALE.low(256));
        }
        float factor = BlockScales.factor(type);
        if (factor != 1) {
            a.op(VMULPS, SCALE, SCALE, a.constant(factor));
        }
        if (minima()) {
            turned.halves(MINIMUM, 2);
            a.op(VCVTPH2PS, MINIMUM, MINIMUM.low(256));
        }
    }

    private Mem x(int i, int at) {
        return row(ROW, i, at);
    }

    private Mem xScale(int i, int at) {
        return row(ROW_SCALES, i, at - ByteActivations.SCALES);
    }

    /// Row `i` of a group, of which the fourth has a register of its own.
    private static Mem row(Gp first, int i, int at) {
        Gp base = i < 3 ? first : FOURTH;
        return i % 3 == 0 ? base.at(at) : base.at(X_STRIDE, i % 3, at);
    }

    /// Integers of row `i` of a group.
    private static Vec integer(int i) {
        return Vec.zmm(i < 4 ? i : i + 2);
    }

    private void fourth(int some, Gp base) {
        if (some > 3) {
            a.lea(FOURTH, base.at(X_STRIDE, 2, 0));
            a.add(FOURTH, X_STRIDE);
        }
    }

    /// Up to six rows of x, from row `first` on.
    private void multiply(int first, int some, Run run) {
        fourth(some, ROW_SCALES);
        for (int i = 0; i < some; i++) {
            if (minima()) {
                a.op(VPXORD, integer(i), integer(i), integer(i));
            } else {
                a.op(VPBROADCASTD, integer(i), xScale(i, run.negative));
            }
        }
        fourth(some, ROW);
        products(some, run, ByteActivations.HIGH);
        if (!eight) {
            for (int i = 0; i < some; i++) {
                a.op(VPSLLD, integer(i), integer(i), 7);
            }
            products(some, run, ByteActivations.LOW);
        }
        fourth(some, ROW_SCALES);
        for (int i = 0; i < some; i++) {
            Vec integer = integer(i);
            a.op(VCVTDQ2PS, integer, integer);
            a.op(VMULPS, integer, integer, SCALE);
            a.op(VFMADD231PS, sum(first + i), integer, xScale(i, run.scale).broadcast32());
            if (minima()) {
                Mem total = xScale(i, run.total).broadcast32();
                a.op(type == BlockType.Q4_K ? VFNMADD231PS : VFMADD231PS, sum(first + i), MINIMUM, total);
            }
        }
        if (first + some < rows) {
            a.lea(ROW, ROW.at(X_STRIDE, 4, 0));
            a.lea(ROW, ROW.at(X_STRIDE, 2, 0));
            a.lea(ROW_SCALES, ROW_SCALES.at(X_STRIDE, 4, 0));
            a.lea(ROW_SCALES, ROW_SCALES.at(X_STRIDE, 2, 0));
        }
    }

    private void products(int some, Run run, int part) {
        for (int k = 0; k < run.words; k++) {
            for (int i = 0; i < some; i++) {
                Vec w = Vec.zmm(run.word + k);
                a.op(VPDPBUSD, integer(i), w, x(i, part + run.x + 4 * k).broadcast32());
            }
        }
    }

    /// Bias, residual, and out to C.
    private void finish() {
        a.pop(RDI);
        a.pop(RSI);
        a.pop(R10);
        a.pop(R11);
        Label unbiased = new Label();
        a.test(R10, R10);
        a.jump(If.E, unbiased);
        a.op(VMOVUPS, SCALE, R10.at());
        for (int i = 0; i < rows; i++) {
            a.op(VADDPS, sum(i), sum(i), SCALE);
        }
        a.bind(unbiased);
        Label alone = new Label();
        a.test(R11, R11);
        a.jump(If.E, alone);
        for (int i = 0; i < rows; i++) {
            a.op(VADDPS, sum(i), sum(i), R11.at());
            a.add(R11, RSI);
        }
        a.bind(alone);
        for (int i = 0; i < rows; i++) {
            a.store(VMOVUPS_STORE, RDI.at(), sum(i));
            a.add(RDI, RSI);
        }
    }
}
