package headway.kernels.quantized;

import static headway.kernels.machine.Assembler.lanes;
import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import java.util.function.IntUnaryOperator;

/// Code that gathers the scales of a group of 256 values at `r12` as f32 in zmm3: of each 32 values in lanes 0 to 7,
/// minima in lanes 8 to 15, `-128` scales where bytes are centred ([ByteBlocks]). Types with a scale for each sixteen
/// values have them in all lanes, and in zmm2 what is added of each sixteen: `-128` scales, or in `Q2_K` its minima,
/// negative.
///
/// Eight halves lie eight blocks apart: one permutation of words picks them out of two windows of memory where four
/// blocks fit into a window, two permutations where only two do. Overwrites zmm0 to zmm2; keeps zmm16, zmm17, zmm31.
final class BlockScales {
    static final Vec SCALES = Vec.zmm(3);

    /// What is added of each sixteen values, of a type with a scale for each of them.
    static final Vec ADDED = Vec.zmm(2);

    private static final int PICKS = 16;
    private static final int FACTORS = 17;
    private static final int EACH = 31;

    private final Assembler a;
    private final BlockType type;
    private final ByteActivations.Order order;

    BlockScales(Assembler a, BlockType type, ByteActivations.Order order) {
        this.a = a;
        this.type = type;
        this.order = order;
    }

    /// Loads what stays in registers.
    void constants() {
        if (type == BlockType.Q4_K || type == BlockType.Q5_K) {
            keep(a, EACH, i -> i / 8);
        }
        if (type.size() != ByteActivations.BLOCK || type == BlockType.MXFP4) {
            return;
        }
        int words = windowBits() / 16;
        int stride = type.bytes() / 2;
        // Words 0 to 7 are the scales of the blocks, 8 to 15 their minima: with two permutations, four of each.
        IntUnaryOperator pick = i -> {
            int block = oneWindow() ? i % 8 : i % 4;
            int half = block / blocksOfWindow();
            int minimum = i / 8 == 1 && minima() ? 1 : 0;
            return half * words + stride * (block % blocksOfWindow()) + minimum;
        };
        keep(a, PICKS, i -> i < 8 ? pick.applyAsInt(2 * i) | pick.applyAsInt(2 * i + 1) << 16 : 0);
        // Halves of four blocks side by side are not moved to the top of a byte.
        float one = order == ByteActivations.Order.QUADS ? 1 : factor(type);
        keep(a, FACTORS, i -> Float.floatToRawIntBits(i < 8 ? one : minima() ? 1 : -128 * factor(type)));
    }

    static void keep(Assembler a, int register, IntUnaryOperator lane) {
        a.op(VMOVUPS, Vec.zmm(register), a.constant(lanes(lane)));
    }

    /// Whether there is a minimum in the block of 32.
    private boolean minima() {
        return type == BlockType.Q4_1 || type == BlockType.Q5_1;
    }

    /// What scales of bytes are, of those in the block.
    static float factor(BlockType type) {
        return switch (type) {
            case Q4_0, Q4_1 -> 1 / 16f;
            case Q5_0, Q5_1 -> 1 / 8f;
            default -> 1;
        };
    }

    /// Whether bytes have 128 too much; else there is a minimum in the block.
    boolean centred() {
        return switch (type) {
            case Q4_1, Q5_1, Q2_K, Q4_K, Q5_K -> false;
            default -> true;
        };
    }

    /// Whether four blocks' halves lie within a window.
    private boolean oneWindow() {
        return 3 * type.bytes() + 4 <= 64;
    }

    private int blocksOfWindow() {
        return oneWindow() ? 4 : 2;
    }

    /// No window reaches behind the group.
    private int windowBits() {
        int blocks = blocksOfWindow();
        return (8 - blocks) * type.bytes() + 64 <= 8 * type.bytes() ? 512 : 256;
    }

    /// The group at r12.
    void write() {
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
                int bytes = type.bytes();
                if (oneWindow()) {
                    pick(SCALES, 0, 4 * bytes);
                } else {
                    pick(SCALES, 0, 2 * bytes);
                    pick(Vec.zmm(2), 4 * bytes, 6 * bytes);
                    a.op(VPUNPCKLQDQ, Vec.ymm(3), Vec.ymm(3), Vec.ymm(2));
                }
                a.op(VCVTPH2PS, SCALES, Vec.ymm(3));
                a.op(VMULPS, SCALES, SCALES, Vec.zmm(FACTORS));
            }
        }
    }

    /// Words of the windows at two places.
    private void pick(Vec to, int first, int second) {
        Vec x = new Vec(to.number(), windowBits());
        a.op(VMOVUPS, x, R12.at(first));
        a.op(VPERMT2W, x, new Vec(PICKS, windowBits()), R12.at(second));
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
}
