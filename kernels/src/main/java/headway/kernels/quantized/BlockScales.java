package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Vec;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Code that gathers the scales of a group of 256 values at `r12` as f32 in zmm3: of each 32 values in lanes 0 to 7,
/// minima in lanes 8 to 15, `-128` scales where bytes are centred ([ByteBlocks]); `Q6_K` has sixteen scales and no
/// minima.
///
/// Eight halves lie eight blocks apart: one permutation of words picks them out of two windows of memory where four
/// blocks fit into a window, two permutations where only two do. Overwrites zmm0 to zmm2; keeps zmm16, zmm17, zmm31.
final class BlockScales {
    static final Vec SCALES = Vec.zmm(3);

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
        if (type.size() != ByteActivations.BLOCK) {
            keep(a, EACH, i -> i / 8);
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
        float one = order == ByteActivations.Order.QUADS ? 1 : factor();
        keep(a, FACTORS, i -> Float.floatToRawIntBits(i < 8 ? one : minima() ? 1 : -128 * factor()));
    }

    static void keep(Assembler a, int register, IntUnaryOperator lane) {
        a.op(VMOVUPS, Vec.zmm(register), a.constant(lanes(lane)));
    }

    static int[] lanes(IntUnaryOperator value) {
        return IntStream.range(0, 16).map(value).toArray();
    }

    /// Whether there is a minimum in the block of 32.
    private boolean minima() {
        return type == BlockType.Q4_1 || type == BlockType.Q5_1;
    }

    /// Value of a byte's last bit over the scale.
    float factor() {
        return switch (type) {
            case Q4_0, Q4_1 -> 1 / 16f;
            case Q5_0, Q5_1 -> 1 / 8f;
            default -> 1;
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
                a.op(VCVTDQ2PS, SCALES, SCALES);
                a.op(VPBROADCASTW, Vec.ymm(2), R12.at(208));
                a.op(VCVTPH2PS, Vec.zmm(2), Vec.ymm(2));
                a.op(VMULPS, Vec.zmm(2), Vec.zmm(2), a.constant(0.25f));
                a.op(VMULPS, SCALES, SCALES, Vec.zmm(2));
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

    /// Eight scales and minima of six bits in twelve bytes, times the two halves before them.
    private void superScales() {
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
        a.op(VPMOVZXBD, SCALES, low);
        a.op(VCVTDQ2PS, SCALES, SCALES);
        a.op(VPBROADCASTD, Vec.xmm(2), R12.at());
        a.op(VCVTPH2PS, Vec.xmm(2), Vec.xmm(2));
        a.op(VPERMPS, Vec.zmm(2), Vec.zmm(EACH), Vec.zmm(2));
        a.op(VMULPS, SCALES, SCALES, Vec.zmm(2));
    }
}
