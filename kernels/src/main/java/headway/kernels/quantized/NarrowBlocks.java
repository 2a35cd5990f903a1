package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Vec;

/// Code for AVX2 that turns blocks at `r12` into bytes without sign of at most six bits, 32 values a register: what
/// [WordBlocks] is for words. Bytes are the integers of the type, `q` without what is subtracted from it.
///
/// Of blocks of 32 a register holds sixteen values of a block and the same sixteen of the block four further; of blocks
/// of 256, 32 values in their order. Overwrites ymm0 to ymm3; types with a table have it in [WordBlocks#TABLE].
record NarrowBlocks(Assembler a, BlockType type) {
    /// The values, or the lower half of 64.
    static final Vec LOW = Vec.ymm(0);

    /// The upper half of 64, where one pass has so many.
    static final Vec HIGH = Vec.ymm(1);

    private static final Vec P = Vec.ymm(2);
    private static final Vec Q = Vec.ymm(3);

    /// Part `p` of four of the group, or of its half `h`, where a pass has 32 values: one register or two.
    void group(int h, int p) {
        switch (type) {
            case Q4_0, Q4_1, Q5_0, Q5_1, MXFP4 -> {
                int at = p * type.bytes() + type.bytes() - 16;
                a.op(VMOVUPS, LOW.low(128), R12.at(at));
                a.op(VINSERTI128, LOW, LOW, R12.at(at + 4 * type.bytes()), 1);
                nibbles(LOW, HIGH);
                fifths(at - 4, P);
                if (fifths()) {
                    a.op(VPBROADCASTD, Q.low(128), R12.at(at - 4 + 4 * type.bytes()));
                    a.op(VINSERTI128, P, P, Q.low(128), 1);
                    fifth(LOW, P, 0);
                    fifth(HIGH, P, 2);
                }
            }
            case Q4_K, Q5_K -> {
                a.op(VMOVUPS, LOW, R12.at(type.bytes() - 128 + 32 * p));
                nibbles(LOW, HIGH);
                if (type == BlockType.Q5_K) {
                    more(LOW, 16, 4 - 2 * p, 0x10);
                    more(HIGH, 16, 3 - 2 * p, 0x10);
                }
            }
            case Q6_K -> {
                shifted(LOW, 64 * h + p % 2 * 32, p < 2 ? 0 : -4);
                kept(LOW, 0x0f);
                more(LOW, 128 + 32 * h, 4 - 2 * p, 0x30);
            }
            case Q2_K -> {
                shifted(LOW, 16 + 32 * h, -2 * p);
                kept(LOW, 3);
            }
            case Q3_K -> {
                shifted(LOW, 32 + 32 * h, -2 * p);
                kept(LOW, 3);
                more(LOW, 0, 2 - (4 * h + p), 4);
            }
            default -> throw new IllegalArgumentException("[quantized rows] no bytes of " + type);
        }
    }

    /// Four bits of each byte of `low`, and the other four; or what they stand for.
    private void nibbles(Vec low, Vec high) {
        a.op(VPSRLW, high, low, 4);
        kept(low, 0x0f);
        kept(high, 0x0f);
        if (type == BlockType.MXFP4) {
            Vec table = new Vec(WordBlocks.TABLE.number(), low.bits());
            a.op(VPSHUFB, low, table, low);
            a.op(VPSHUFB, high, table, high);
        }
    }

    /// Whether 32 fifth bits of a block lie apart.
    private boolean fifths() {
        return type == BlockType.Q5_0 || type == BlockType.Q5_1;
    }

    /// The fifth bits of a block at `at`, 32 of them.
    private void fifths(int at, Vec to) {
        if (fifths()) {
            a.op(VPBROADCASTD, to.low(128), R12.at(at));
        }
    }

    /// Bits of the bytes `first` and the next of four in each half of `bits`, as the fifth bits of sixteen.
    private void fifth(Vec d, Vec bits, int first) {
        a.op(VPSHUFB, Q, bits, a.constant(Assembler.lanes(l -> (first + l % 4 / 2) * 0x0101_0101)));
        Mem each = a.constant(Assembler.lanes(l -> l % 2 == 0 ? 0x0804_0201 : 0x8040_2010));
        a.op(VPAND, Q, Q, each);
        a.op(VPCMPEQB, Q, Q, each);
        kept(Q, 0x10);
        a.op(VPOR, d, d, new Vec(Q.number(), d.bits()));
    }

    /// Bytes from memory, shifted as words: upwards where positive.
    private void shifted(Vec d, int at, int by) {
        a.op(VMOVUPS, d, R12.at(at));
        if (by != 0) {
            a.op(by > 0 ? VPSLLW : VPSRLW, d, d, Math.abs(by));
        }
    }

    private void kept(Vec d, int bits) {
        a.op(VPAND, d, d, a.constant(bits * 0x0101_0101));
    }

    private void more(Vec d, int at, int by, int bits) {
        shifted(P, at, by);
        kept(P, bits);
        a.op(VPOR, d, d, P);
    }

    /// The single block of 32 at r12: sixteen values in the lower half of each register.
    void single() {
        Vec low = LOW.low(128), high = HIGH.low(128);
        a.op(VMOVUPS, low, R12.at(type.bytes() - 16));
        nibbles(low, high);
        fifths(type.bytes() - 20, P);
        if (fifths()) {
            fifth(low, P, 0);
            fifth(high, P, 2);
        }
    }
}
