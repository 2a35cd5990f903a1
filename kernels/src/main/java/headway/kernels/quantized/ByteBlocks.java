package headway.kernels.quantized;

import static headway.kernels.machine.Assembler.lanes;
import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;

/// Code that turns blocks at `r12` into bytes without sign and scales, in registers: what processors multiply with
/// bytes that have one.
///
/// | types | bytes u of a group of 256 values | value |
/// |---|---|---|
/// | `Q8_0` | `q + 128` | `d·(u - 128)` |
/// | `Q4_0`, `Q5_0` | `16·q`, `8·q` | `d/16·(u - 128)`, `d/8·(u - 128)` |
/// | `IQ4_NL`, `MXFP4` | `table[q] + 128` | `d·(u - 128)`, `2^e·(u - 128)` |
/// | `IQ4_XS` | `table[q] + 128` | `d·s·(u - 128)` |
/// | `Q3_K`, `Q6_K` | `32·q`, `4·q` | `d·s/32·(u - 128)`, `d·s/4·(u - 128)` |
/// | `Q4_1`, `Q5_1` | `16·q`, `8·q` | `d/16·u + m`, `d/8·u + m` |
/// | `Q2_K`, `Q4_K`, `Q5_K` | `q` | `d·s·u - m·t` |
///
/// Bytes come 64 at a time in zmm0, scales once a group in zmm3: of each 32 values in lanes 0 to 7, minima in lanes 8
/// to 15, `-128` scales where values are centred. Types with a scale for each sixteen values ([#sixteen]) have them in
/// all lanes, and in zmm2 what is added of each sixteen: `-128` scales, or in `Q2_K` its minima, negative. Overwrites
/// zmm0 to zmm2, r14, r15, k3; keeps zmm24 to zmm31, k2, k4.
final class ByteBlocks {
    static final Vec BYTES = Vec.zmm(0);
    static final Vec SCALES = BlockScales.SCALES;
    /// What is added of each sixteen values, after [#scales] of a type that is [#sixteen].
    static final Vec ADDED = BlockScales.ADDED;

    /// Lanes of minima.
    static final Mask MINIMA = Mask.K2;

    /// One of them.
    static final Mask ONE = Mask.K4;

    private static final int SHIFTS = 24;
    private static final int KEPT = 25;
    private static final int TABLE = 26;
    private static final int SPREAD = 27;
    private static final int NIBBLES = 31;

    private final Assembler a;
    private final BlockType type;

    private final ByteActivations.Order order;
    private final BlockScales scales;

    /// @param order in which the bytes of a group come
    ByteBlocks(Assembler a, BlockType type, ByteActivations.Order order) {
        this.a = a;
        this.type = type;
        this.order = order;
        this.scales = new BlockScales(a, type, order);
    }

    /// Whether minima are taken away, not added.
    boolean taken() {
        return type == BlockType.Q4_K || type == BlockType.Q5_K;
    }

    /// Whether each sixteen values have a scale.
    boolean sixteen() {
        return type == BlockType.Q2_K || type == BlockType.Q3_K || type == BlockType.Q6_K;
    }

    /// Bytes of a group of 256 values.
    int groupBytes() {
        return type.bytes() * (ByteActivations.GROUP / type.size());
    }

    /// Loads what stays in registers.
    void constants() {
        a.mov(RAX, 0xff00);
        a.kmovw(MINIMA, RAX);
        a.mov(RAX, 1);
        a.kmovw(ONE, RAX);
        boolean table = table() != null;
        boolean upwards = !table && type.size() == 32;
        int run = type.size() == 32 || table ? 4 : 8;
        keep(SHIFTS, lanes(i -> (i / run % 2 == 0) == upwards ? 4 : 0));
        int kept = switch (type) {
            case Q8_0 -> 0x80808080;
            case Q4_0, Q4_1, Q5_0, Q5_1 -> 0xf0f0f0f0;
            case Q2_K -> 0x03030303;
            case Q3_K -> 0x60606060;
            case Q6_K -> 0x3c3c3c3c;
            default -> 0x0f0f0f0f;
        };
        keep(KEPT, lanes(_ -> kept));
        switch (type) {
            case IQ4_NL, IQ4_XS, MXFP4 -> a.op(VMOVUPS, Vec.zmm(TABLE), a.constant(unsigned(type)));
            case Q5_0, Q5_1, Q3_K -> keep(TABLE, lanes(_ -> 0x80808080));
            case Q5_K -> keep(TABLE, lanes(_ -> 0x10101010));
            case Q6_K -> keep(TABLE, lanes(_ -> 0xc0c0c0c0));
            default -> {}
        }
        for (int s = 0; s < sums(); s++) {
            int sum = s;
            keep(SPREAD + s, lanes(i -> scaleOf(sum, i)));
        }
        if (order == ByteActivations.Order.QUADS) {
            keep(NIBBLES, lanes(_ -> 0x0f0f0f0f));
        }
        scales.constants();
    }

    /// Sums of a group, each of sixteen lanes.
    int sums() {
        return order == ByteActivations.Order.QUADS ? 2 : 4;
    }

    /// Which scale belongs to lane `i` of sum `s`.
    private int scaleOf(int s, int i) {
        return switch (order) {
            case PLAIN -> sixteen() ? 4 * s + i / 4 : 2 * s + i / 8;
            case QUADS -> 4 * s + i / 4;
            case CROSSED -> s / 2 * 4 + s % 2 + i / 8 * 2;
            case PAIRS -> throw new IllegalStateException("[quantized rows] pairs of blocks are for AVX2");
        };
    }

    private void keep(int register, int[] lanes) {
        a.op(VMOVUPS, Vec.zmm(register), a.constant(lanes));
    }

    /// The sixteen values that four bits stand for, or null.
    private byte[] table() {
        return table(type);
    }

    private static byte[] table(BlockType type) {
        return switch (type) {
            case IQ4_NL, IQ4_XS -> BlockType.NONLINEAR;
            case MXFP4 -> BlockType.FP4;
            default -> null;
        };
    }

    /// The values of [#table] with 128 too much, four times.
    static byte[] unsigned(BlockType type) {
        return table(type, 128);
    }

    /// The values of [#table], four times.
    static byte[] signed(BlockType type) {
        return table(type, 0);
    }

    /// The table with so much added that nothing in it is negative, where that leaves bytes small.
    static byte[] stored(BlockType type) {
        return table(type, WordForm.of(type).centre());
    }

    private static byte[] table(BlockType type, int more) {
        byte[] table = table(type);
        byte[] bytes = new byte[64];
        for (int i = 0; i < 64; i++) {
            bytes[i] = (byte) (table[i % 16] + more);
        }
        return bytes;
    }

    /// Scales of the group at r12.
    void scales() {
        scales.write();
    }

    /// `to` = the scales that belong to sum `s`, from lanes of `scales`.
    void spread(Vec to, Vec scales, int s) {
        a.op(VPERMPS, to, Vec.zmm(SPREAD + s), scales);
    }

    /// All bytes of the group at r12, in the order of the activations: zmm `first` … `first + 3`.
    void group(int first) {
        for (int g = 0; g < 4; g++) {
            Vec to = Vec.zmm(first + g);
            switch (order) {
                case PLAIN -> bytes(to, g);
                case QUADS -> {
                    if (g % 2 == 0) {
                        int at = type == BlockType.IQ4_XS ? 8 + 32 * g : 2 * g * type.bytes();
                        quad(to, Vec.zmm(first + g + 1), R12.at(at));
                    }
                }
                case CROSSED -> {
                    if (g % 2 == 0) {
                        crossed(to, Vec.zmm(first + g + 1), g);
                    }
                }
            }
        }
    }

    /// Four blocks of 32: their bytes side by side, then lower and upper halves of these. One permutation of two wide
    /// loads would do the same faster from cache, and three times slower from memory.
    private void quad(Vec low, Vec high, Mem m) {
        if (type == BlockType.IQ4_XS) {
            a.op(VMOVUPS, low, m);
        } else {
            a.op(VMOVUPS, low.low(128), m.plus(data()));
            for (int b = 1; b < 4; b++) {
                a.op(VINSERTI32X4, low, low, m.plus(data() + b * type.bytes()), b);
            }
        }
        halves(low, high, Vec.zmm(NIBBLES));
        if (table() != null) {
            a.op(VPSHUFB, low, Vec.zmm(TABLE), low);
            a.op(VPSHUFB, high, Vec.zmm(TABLE), high);
        } else if (fifths()) {
            fifth(low, m.plus(data() - 4));
            fifth(high, m.plus(data() - 2));
        }
    }

    private void halves(Vec low, Vec high, Vec kept) {
        a.op(VPSRLW, high, low, 4);
        a.op(VPANDD, low, low, kept);
        a.op(VPANDD, high, high, kept);
    }

    /// Whether there is a word with the fifth bits of each 32 values.
    private boolean fifths() {
        return type == BlockType.Q5_0 || type == BlockType.Q5_1;
    }

    /// The fifth bits of sixteen values of each of four blocks, gathered in general registers.
    private void fifth(Vec x, Mem m) {
        a.movzxWord(R14, m.plus(3 * type.bytes()));
        for (int b = 2; b >= 0; b--) {
            a.shift(Shift.SHL, R14, 16);
            a.movzxWord(R15, m.plus(b * type.bytes()));
            a.alu(Alu.OR, R14, R15);
        }
        a.kmovq(Mask.K3, R14);
        a.k(Mask.K3).op(VPADDB, x, x, a.constant(0x10101010));
    }

    /// 64 bytes of a block of 256: runs 4q and 4q+2 in their lower halves, 4q+1 and 4q+3 in the upper ones; g = 2q.
    private void crossed(Vec low, Vec high, int g) {
        int bits = type == BlockType.Q5_K ? 32 : 0;
        a.op(VMOVUPS, low, R12.at(16 + bits + 32 * g));
        halves(low, high, Vec.zmm(KEPT));
        if (bits > 0) {
            for (int h = 0; h < 2; h++) {
                Vec x = h == 0 ? low : high;
                int first = 2 * g + h;
                a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at(16));
                a.op(VPROLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> (4 - first - 2 * (i / 8)) & 31)));
                a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
                a.op(VPORD, x, x, Vec.zmm(1));
            }
        }
    }

    /// The values 64g … 64g+63 of the group at r12.
    void bytes(Vec to, int g) {
        switch (type) {
            case Q4_K -> nibblesOfGroup(to, R12.at(16 + 32 * g));
            case Q5_K -> {
                nibblesOfGroup(to, R12.at(48 + 32 * g));
                // The fifth bits: bit 2g of the first 32, bit 2g+1 of the others, to bit 4.
                a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at(16));
                a.op(VPROLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> (4 - 2 * g - i / 8) & 31)));
                a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
                a.op(VPORD, to, to, Vec.zmm(1));
            }
            case Q6_K -> sixBits(to, g);
            case Q2_K -> {
                a.op(VBROADCASTF64X4, to, R12.at(16 + 32 * (g / 2)));
                a.op(VPSRLVD, to, to, a.constant(lanes(i -> g % 2 * 4 + i / 8 * 2)));
                a.op(VPANDD, to, to, Vec.zmm(KEPT));
            }
            case Q3_K -> threeBits(to, g);
            case IQ4_XS -> pair(to, R12.at(8 + 32 * g), 16);
            default -> pair(to, R12.at(2 * g * type.bytes() + data()), type.bytes());
        }
    }

    private void nibblesOfGroup(Vec to, Mem m) {
        a.op(VBROADCASTF64X4, to, m);
        a.op(VPSRLVD, to, to, Vec.zmm(SHIFTS));
        a.op(VPANDD, to, to, Vec.zmm(KEPT));
    }

    /// Four bits from the lower or upper halves of 64 bytes, two from a quarter of each of 32, at the top of a byte.
    private void sixBits(Vec to, int g) {
        int half = g / 2;
        boolean lower = g % 2 == 0;
        a.op(VMOVUPS, to, R12.at(64 * half));
        if (lower) {
            a.op(VPSLLW, to, to, 2);
        } else {
            a.op(VPSRLW, to, to, 2);
        }
        a.op(VPANDD, to, to, Vec.zmm(KEPT));
        a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at(128 + 32 * half));
        a.op(VPSLLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> (lower ? 6 : 2) - 2 * (i / 8))));
        a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
        a.op(VPORD, to, to, Vec.zmm(1));
    }

    /// Two bits of a byte to bits 5 and 6, a third of another to bit 7: bit 2g of the first 32, 2g + 1 of the others.
    private void threeBits(Vec to, int g) {
        a.op(VBROADCASTF64X4, to, R12.at(32 + 32 * (g / 2)));
        a.op(VPROLVD, to, to, a.constant(lanes(i -> (5 - g % 2 * 4 - i / 8 * 2) & 31)));
        a.op(VPANDD, to, to, Vec.zmm(KEPT));
        a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at());
        a.op(VPROLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> 7 - 2 * g - i / 8)));
        a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
        a.op(VPORD, to, to, Vec.zmm(1));
    }

    /// Two runs of 32 values from `m` on and `apart` further.
    private void pair(Vec to, Mem m, int apart) {
        Mem second = m.plus(apart);
        if (type == BlockType.Q8_0) {
            a.op(VMOVUPS, to.low(256), m);
            a.op(VINSERTI64X4, to, to, second, 1);
            a.op(VPXORD, to, to, Vec.zmm(KEPT));
            return;
        }
        a.op(VBROADCASTF32X4, to, m);
        a.k(MINIMA).op(VBROADCASTF32X4, to, second);
        finish(to, m, second);
    }

    /// One block of 32 in ymm0, the rest of zmm0 cleared.
    void single() {
        int data = data();
        if (type == BlockType.Q8_0) {
            a.op(VMOVUPS, BYTES.low(256), R12.at(data));
            a.op(VPXORD, BYTES.low(256), BYTES.low(256), Vec.ymm(KEPT));
            return;
        }
        a.op(VBROADCASTF32X4, BYTES.low(256), R12.at(data));
        finish(BYTES.low(256), R12.at(data), null);
    }

    /// Scale of one block in all lanes of ymm3, its minimum in those of ymm2.
    void singleScale() {
        if (type == BlockType.MXFP4) {
            a.op(VPBROADCASTB, Vec.ymm(3), R12.at());
            BlockScales.powers(a, SCALES.low(256), Vec.ymm(2));
        } else {
            a.op(VPBROADCASTW, Vec.xmm(3), R12.at());
            a.op(VCVTPH2PS, Vec.ymm(3), Vec.xmm(3));
        }
        if (BlockScales.factor(type) != 1) {
            a.op(VMULPS, Vec.ymm(3), Vec.ymm(3), a.constant(BlockScales.factor(type)));
        }
        if (scales.centred()) {
            a.op(VMULPS, Vec.ymm(2), Vec.ymm(3), a.constant(-128f));
        } else {
            a.op(VPBROADCASTW, Vec.xmm(2), R12.at(2));
            a.op(VCVTPH2PS, Vec.ymm(2), Vec.xmm(2));
        }
    }

    /// Where the bytes of a block of 32 begin.
    private int data() {
        return type.bytes() - (type == BlockType.Q8_0 ? 32 : 16);
    }

    /// Fifth bits lie in the four bytes before.
    private void finish(Vec x, Mem first, Mem second) {
        int bits = x.bits();
        Vec shifts = new Vec(SHIFTS, bits);
        Vec kept = new Vec(KEPT, bits);
        Vec table = new Vec(TABLE, bits);
        if (table() != null) {
            a.op(VPSRLVD, x, x, shifts);
            a.op(VPANDD, x, x, kept);
            a.op(VPSHUFB, x, table, x);
            return;
        }
        a.op(VPSLLVD, x, x, shifts);
        a.op(VPANDD, x, x, kept);
        if (fifths()) {
            a.op(VPSRLW, x, x, 1);
            a.mov32(R14, first.plus(-4));
            if (second != null) {
                a.mov32(R15, second.plus(-4));
                a.shift(Shift.SHL, R15, 32);
                a.alu(Alu.OR, R14, R15);
            }
            a.kmovq(Mask.K3, R14);
            a.k(Mask.K3).op(VPADDB, x, x, table);
        }
    }
}
