package headway.kernels.quantized;

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
    static final Vec SCALES = Vec.zmm(3);
    /// What is added of each sixteen values, after [#scales] of a type that is [#sixteen].
    static final Vec ADDED = Vec.zmm(2);

    /// Lanes of minima.
    static final Mask MINIMA = Mask.K2;

    /// One of them.
    static final Mask ONE = Mask.K4;

    private static final int SHIFTS = 24;
    private static final int KEPT = 25;
    private static final int TABLE = 26;
    private static final int SPREAD = 27;
    private static final int EACH = 31;

    private final Assembler a;
    private final BlockType type;

    ByteBlocks(Assembler a, BlockType type) {
        this.a = a;
        this.type = type;
    }

    /// Whether bytes have 128 too much; else there is a minimum in the block.
    private boolean centred() {
        return switch (type) {
            case Q4_1, Q5_1, Q2_K, Q4_K, Q5_K -> false;
            default -> true;
        };
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
        int lanesOfScale = sixteen() ? 4 : 8;
        for (int g = 0; g < 4; g++) {
            int first = g * 16 / lanesOfScale;
            keep(SPREAD + g, lanes(i -> first + i / lanesOfScale));
        }
        keep(EACH, lanes(i -> i / 8));
    }

    private void keep(int register, int[] lanes) {
        a.op(VMOVUPS, Vec.zmm(register), a.constant(lanes));
    }

    private static int[] lanes(java.util.function.IntUnaryOperator value) {
        return java.util.stream.IntStream.range(0, 16).map(value).toArray();
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
        switch (type) {
            case Q4_K, Q5_K -> superScales();
            case Q6_K -> {
                a.op(VPMOVSXBD, SCALES, R12.at(192));
                sixteen(208, 0.25f);
            }
            case Q3_K -> {
                thirdScales();
                sixteen(108, 1 / 32f);
            }
            case Q2_K -> secondScales();
            case IQ4_XS -> {
                shortScales();
                centre();
            }
            case MXFP4 -> {
                eight(Vec.xmm(3), Vec.xmm(2), 0);
                a.op(VPMOVZXWD, Vec.ymm(3), Vec.xmm(3));
                powers(a, SCALES.low(256), Vec.ymm(2));
                centre();
            }
            default -> {
                eight(Vec.xmm(3), Vec.xmm(2), 0);
                a.op(VCVTPH2PS, Vec.ymm(3), Vec.xmm(3));
                if (factor(type) != 1) {
                    a.op(VMULPS, Vec.ymm(3), Vec.ymm(3), a.constant(factor(type)));
                }
                if (centred()) {
                    centre();
                } else {
                    eight(Vec.xmm(2), Vec.xmm(1), 2);
                    a.op(VCVTPH2PS, Vec.ymm(2), Vec.xmm(2));
                    a.op(VINSERTI64X4, SCALES, SCALES, Vec.ymm(2), 1);
                }
            }
        }
    }

    /// Eight scales in ymm3, `-128` of them behind.
    private void centre() {
        a.op(VMULPS, Vec.ymm(2), Vec.ymm(3), a.constant(-128f));
        a.op(VINSERTI64X4, SCALES, SCALES, Vec.ymm(2), 1);
    }

    /// Sixteen whole numbers times the half at `at` and a factor.
    private void sixteen(int at, float factor) {
        a.op(VCVTDQ2PS, SCALES, SCALES);
        half(at, factor);
        a.op(VMULPS, SCALES, SCALES, ADDED);
        a.op(VMULPS, ADDED, SCALES, a.constant(-128f));
    }

    /// zmm2 = the half at `at`, times a factor.
    private void half(int at, float factor) {
        a.op(VPBROADCASTW, Vec.ymm(2), R12.at(at));
        a.op(VCVTPH2PS, Vec.zmm(2), Vec.ymm(2));
        a.op(VMULPS, Vec.zmm(2), Vec.zmm(2), a.constant(factor));
    }

    /// `Q2_K`: sixteen bytes, four bits of scale below four of minimum.
    private void secondScales() {
        a.op(VPMOVZXBD, SCALES, R12.at());
        a.op(VPSRLD, Vec.zmm(1), SCALES, 4);
        a.op(VPANDD, SCALES, SCALES, a.constant(15));
        a.op(VCVTDQ2PS, SCALES, SCALES);
        a.op(VCVTDQ2PS, Vec.zmm(1), Vec.zmm(1));
        half(80, 1);
        a.op(VMULPS, SCALES, SCALES, Vec.zmm(2));
        half(82, -1);
        a.op(VMULPS, ADDED, Vec.zmm(1), Vec.zmm(2));
    }

    /// `Q3_K`: the lower four bits of sixteen scales in eight bytes, the upper two in four, 32 too much.
    private void thirdScales() {
        Vec high = Vec.zmm(1);
        a.op(VPBROADCASTQ, SCALES.low(128), R12.at(96));
        a.op(VPMOVZXBD, SCALES, SCALES.low(128));
        a.op(VPSRLVD, SCALES, SCALES, a.constant(lanes(i -> i / 8 * 4)));
        a.op(VPANDD, SCALES, SCALES, a.constant(15));
        a.op(VPBROADCASTD, high.low(128), R12.at(104));
        a.op(VPMOVZXBD, high, high.low(128));
        a.op(VPSRLVD, high, high, a.constant(lanes(i -> i / 4 * 2)));
        a.op(VPANDD, high, high, a.constant(3));
        a.op(VPSLLD, high, high, 4);
        a.op(VPORD, SCALES, SCALES, high);
        a.op(VPSUBD, SCALES, SCALES, a.constant(32));
    }

    /// `IQ4_XS`: the lower four bits of eight scales in four bytes, the upper two in two, 32 too much; times the half.
    private void shortScales() {
        Vec scales = SCALES.low(256), high = Vec.ymm(1);
        a.op(VPBROADCASTD, scales, R12.at(4));
        a.op(VPSRLVD, scales, scales, a.constant(lanes(i -> i % 8 * 4)));
        a.op(VPAND, scales, scales, a.constant(15));
        a.op(VPBROADCASTW, high, R12.at(2));
        a.op(VPSRLVD, high, high, a.constant(lanes(i -> i % 8 * 2)));
        a.op(VPAND, high, high, a.constant(3));
        a.op(VPSLLD, high, high, 4);
        a.op(VPOR, scales, scales, high);
        a.op(VPSUBD, scales, scales, a.constant(32));
        a.op(VCVTDQ2PS, scales, scales);
        half(0, 1);
        a.op(VMULPS, scales, scales, Vec.ymm(2));
    }

    /// Half of `2^(e - 127)` of the lowest bytes e of the lanes: an exponent one less, or a subnormal number.
    static void powers(Assembler a, Vec scales, Vec small) {
        a.op(VPSLLD, scales, scales, 24);
        a.op(VPSRLD, scales, scales, 24);
        a.op(VMOVUPS, small, a.constant(0x0020_0000));
        a.op(VPSLLVD, small, small, scales);
        a.op(VPMINSD, small, small, a.constant(0x0040_0000));
        a.op(VPSLLD, scales, scales, 23);
        a.op(VPSUBD, scales, scales, a.constant(0x0080_0000));
        a.op(VPMAXSD, scales, scales, small);
    }

    /// What scales of bytes are, of those in the block.
    static float factor(BlockType type) {
        return switch (type) {
            case Q4_0, Q4_1 -> 1 / 16f;
            case Q5_0, Q5_1 -> 1 / 8f;
            default -> 1;
        };
    }

    /// The halves at `at` of eight blocks: put together in general registers, whose units have nothing else to do.
    private void eight(Vec to, Vec spare, int at) {
        four(to, at);
        four(spare, at + 4 * type.bytes());
        a.op(VPUNPCKLQDQ, to, to, spare);
    }

    private void four(Vec to, int at) {
        a.movzxWord(R14, R12.at(at + 3 * type.bytes()));
        for (int b = 2; b >= 0; b--) {
            a.shift(Shift.SHL, R14, 16);
            a.movzxWord(R15, R12.at(at + b * type.bytes()));
            a.alu(Alu.OR, R14, R15);
        }
        a.vmovq(to, R14);
    }

    /// Eight scales and minima of six bits in twelve bytes, times the two halves before them.
    private void superScales() {
        sixBitScales(a);
        a.op(VPMOVZXBD, SCALES, Vec.xmm(1));
        a.op(VCVTDQ2PS, SCALES, SCALES);
        a.op(VPBROADCASTD, Vec.xmm(2), R12.at());
        a.op(VCVTPH2PS, Vec.xmm(2), Vec.xmm(2));
        a.op(VPERMPS, Vec.zmm(2), Vec.zmm(EACH), Vec.zmm(2));
        a.op(VMULPS, SCALES, SCALES, Vec.zmm(2));
    }

    /// Eight scales, then eight minima, of `Q4_K` or `Q5_K` as bytes in xmm1; overwrites xmm0 and xmm2. AVX2.
    static void sixBitScales(Assembler a) {
        Vec x = Vec.xmm(0), low = Vec.xmm(1), high = Vec.xmm(2);
        a.op(VMOVUPS, x, R12.at(4));
        a.op(VPAND, low, x, a.constant(0x3f3f3f3f));
        a.op(VPSRLW, high, x, 2);
        a.op(VPAND, high, high, a.constant(0x30303030));
        // The lower four bits of the last four of each: two halves of the third word.
        a.op(VPSHUFD, x, x, 0xAA);
        a.op(VPSRLVD, x, x, a.constant(lanes(i -> i % 2 == 0 ? 0 : 4)));
        a.op(VPAND, x, x, a.constant(0x0f0f0f0f));
        a.op(VPOR, high, high, x);
        a.op(VPUNPCKLDQ, low, low, high);
    }

    /// `to` = the scales of the values 64g … 64g+63, from lanes of `scales` to those of their sums of four.
    void spread(Vec to, Vec scales, int g) {
        a.op(VPERMPS, to, Vec.zmm(SPREAD + g), scales);
    }

    /// The values 64g … 64g+63 of the group at r12.
    void bytes(int g) {
        switch (type) {
            case Q4_K -> nibblesOfGroup(R12.at(16 + 32 * g));
            case Q5_K -> {
                nibblesOfGroup(R12.at(48 + 32 * g));
                // The fifth bits: bit 2g of the first 32, bit 2g+1 of the others, to bit 4.
                a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at(16));
                a.op(VPROLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> (4 - 2 * g - i / 8) & 31)));
                a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
                a.op(VPORD, BYTES, BYTES, Vec.zmm(1));
            }
            case Q6_K -> sixBits(g);
            case Q2_K -> {
                a.op(VBROADCASTF64X4, BYTES, R12.at(16 + 32 * (g / 2)));
                a.op(VPSRLVD, BYTES, BYTES, a.constant(lanes(i -> g % 2 * 4 + i / 8 * 2)));
                a.op(VPANDD, BYTES, BYTES, Vec.zmm(KEPT));
            }
            case Q3_K -> threeBits(g);
            case IQ4_XS -> pair(R12.at(8 + 32 * g), 16);
            default -> pair(R12.at(2 * g * type.bytes() + data()), type.bytes());
        }
    }

    private void nibblesOfGroup(Mem m) {
        a.op(VBROADCASTF64X4, BYTES, m);
        a.op(VPSRLVD, BYTES, BYTES, Vec.zmm(SHIFTS));
        a.op(VPANDD, BYTES, BYTES, Vec.zmm(KEPT));
    }

    /// Four bits from the lower or upper halves of 64 bytes, two from a quarter of each of 32, at the top of a byte.
    private void sixBits(int g) {
        int half = g / 2;
        boolean lower = g % 2 == 0;
        a.op(VMOVUPS, BYTES, R12.at(64 * half));
        if (lower) {
            a.op(VPSLLW, BYTES, BYTES, 2);
        } else {
            a.op(VPSRLW, BYTES, BYTES, 2);
        }
        a.op(VPANDD, BYTES, BYTES, Vec.zmm(KEPT));
        a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at(128 + 32 * half));
        a.op(VPSLLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> (lower ? 6 : 2) - 2 * (i / 8))));
        a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
        a.op(VPORD, BYTES, BYTES, Vec.zmm(1));
    }

    /// Two bits of a byte to bits 5 and 6, a third of another to bit 7: bit 2g of the first 32, 2g + 1 of the others.
    private void threeBits(int g) {
        a.op(VBROADCASTF64X4, BYTES, R12.at(32 + 32 * (g / 2)));
        a.op(VPROLVD, BYTES, BYTES, a.constant(lanes(i -> (5 - g % 2 * 4 - i / 8 * 2) & 31)));
        a.op(VPANDD, BYTES, BYTES, Vec.zmm(KEPT));
        a.op(VBROADCASTF64X4, Vec.zmm(1), R12.at());
        a.op(VPROLVD, Vec.zmm(1), Vec.zmm(1), a.constant(lanes(i -> 7 - 2 * g - i / 8)));
        a.op(VPANDD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(TABLE));
        a.op(VPORD, BYTES, BYTES, Vec.zmm(1));
    }

    /// Two runs of 32 values from `m` on and `apart` further.
    private void pair(Mem m, int apart) {
        Mem second = m.plus(apart);
        if (type == BlockType.Q8_0) {
            a.op(VMOVUPS, BYTES.low(256), m);
            a.op(VINSERTI64X4, BYTES, BYTES, second, 1);
            a.op(VPXORD, BYTES, BYTES, Vec.zmm(KEPT));
            return;
        }
        a.op(VBROADCASTF32X4, BYTES, m);
        a.k(MINIMA).op(VBROADCASTF32X4, BYTES, second);
        finish(512, m, second);
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
        finish(256, R12.at(data), null);
    }

    /// Scale of one block in all lanes of ymm3, its minimum in those of ymm2.
    void singleScale() {
        if (type == BlockType.MXFP4) {
            a.op(VPBROADCASTB, Vec.ymm(3), R12.at());
            powers(a, SCALES.low(256), Vec.ymm(2));
        } else {
            a.op(VPBROADCASTW, Vec.xmm(3), R12.at());
            a.op(VCVTPH2PS, Vec.ymm(3), Vec.xmm(3));
        }
        if (factor(type) != 1) {
            a.op(VMULPS, Vec.ymm(3), Vec.ymm(3), a.constant(factor(type)));
        }
        if (centred()) {
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
    private void finish(int bits, Mem first, Mem second) {
        Vec x = new Vec(BYTES.number(), bits);
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
        if (type == BlockType.Q5_0 || type == BlockType.Q5_1) {
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
