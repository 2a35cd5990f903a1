package headway.kernels.quantized;

import static headway.kernels.machine.Assembler.lanes;
import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Vec;

/// Code for AVX2 that turns the block at `r12` into f32, eight values a register: the integers, and beside them what
/// they are multiplied by and what is added then, `value = scale·q + added`.
///
/// Values that share a scale are a run: 32, or sixteen where a type has a scale for each sixteen. Scales of blocks of
/// 256 lie on the stack, 64 bytes of them and 64 of what is added. Overwrites ymm0 to ymm3 and ymm12 to ymm15.
final class WideBlockCode {
    static final Vec SCALE = Vec.ymm(12);
    static final Vec ADDED = Vec.ymm(13);
    /// Free between runs.
    static final Vec SPARE = Vec.ymm(14);

    private static final Vec OTHER = Vec.ymm(15);
    /// Bytes of stack.
    static final int STACK = 128;

    private final Assembler a;
    private final BlockType type;

    WideBlockCode(Assembler a, BlockType type) {
        this.a = a;
        this.type = type;
    }

    /// Whether something is added.
    boolean minima() {
        return switch (type) {
            case Q4_1, Q5_1, Q2_K, Q4_K, Q5_K -> true;
            default -> false;
        };
    }

    /// Values of a run.
    int run() {
        return switch (type) {
            case Q2_K, Q3_K, Q6_K -> 16;
            default -> 32;
        };
    }

    /// Scales of the block.
    void begin() {
        switch (type) {
            case Q4_1, Q5_1 -> {
                half(SCALE, 0);
                half(ADDED, 2);
            }
            case MXFP4 -> {
                a.op(VPBROADCASTB, SCALE, R12.at());
                BlockScales.powers(a, SCALE, SPARE);
            }
            case Q2_K -> {
                for (int h = 0; h < 2; h++) {
                    a.op(VPMOVZXBD, Vec.ymm(0), R12.at(8 * h));
                    a.op(VPSRLD, Vec.ymm(1), Vec.ymm(0), 4);
                    a.op(VPAND, Vec.ymm(0), Vec.ymm(0), a.constant(15));
                    scales(h, 80);
                    added(h, 82);
                }
            }
            case Q3_K -> {
                for (int h = 0; h < 2; h++) {
                    thirdScales(h);
                    scales(h, 108);
                }
            }
            case Q4_K, Q5_K -> {
                BlockScales.sixBitScales(a);
                a.op(VPMOVZXBD, Vec.ymm(0), Vec.xmm(1));
                a.op(VPSHUFD, Vec.xmm(1), Vec.xmm(1), 0xEE);
                a.op(VPMOVZXBD, Vec.ymm(1), Vec.xmm(1));
                scales(0, 0);
                added(0, 2);
            }
            case Q6_K -> {
                for (int h = 0; h < 2; h++) {
                    a.op(VPMOVSXBD, Vec.ymm(0), R12.at(192 + 8 * h));
                    scales(h, 208);
                }
            }
            case IQ4_XS -> {
                shortScales();
                scales(0, 0);
            }
            default -> half(SCALE, 0);
        }
    }

    /// The half at `at` in all lanes.
    private void half(Vec d, int at) {
        a.op(VPBROADCASTW, d.low(128), R12.at(at));
        a.op(VCVTPH2PS, d, d.low(128));
    }

    /// Eight whole numbers in ymm0 times the half at `at`, to the stack.
    private void scales(int h, int at) {
        half(SPARE, at);
        a.op(VCVTDQ2PS, Vec.ymm(0), Vec.ymm(0));
        a.op(VMULPS, Vec.ymm(0), Vec.ymm(0), SPARE);
        a.store(VMOVUPS_STORE, RSP.at(32 * h), Vec.ymm(0));
    }

    /// Eight minima in ymm1 times minus the half at `at`, to the stack.
    private void added(int h, int at) {
        half(SPARE, at);
        a.op(VCVTDQ2PS, Vec.ymm(1), Vec.ymm(1));
        a.op(VMULPS, Vec.ymm(1), Vec.ymm(1), SPARE);
        a.op(VXORPS, Vec.ymm(1), Vec.ymm(1), a.constant(0x8000_0000));
        a.store(VMOVUPS_STORE, RSP.at(64 + 32 * h), Vec.ymm(1));
    }

    /// `Q3_K`: eight of sixteen scales; see [SuperBlocks#q3].
    private void thirdScales(int h) {
        Vec low = Vec.ymm(0), high = Vec.ymm(1);
        a.op(VPMOVZXBD, low, R12.at(96));
        shift(low, -4 * h);
        a.op(VPAND, low, low, a.constant(15));
        a.op(VPBROADCASTD, high.low(128), R12.at(104));
        a.op(VPMOVZXBD, high, high.low(128));
        a.op(VPSRLVD, high, high, a.constant(lanes(i -> 4 * h + i % 8 / 4 * 2)));
        a.op(VPAND, high, high, a.constant(3));
        a.op(VPSLLD, high, high, 4);
        a.op(VPOR, low, low, high);
        a.op(VPSUBD, low, low, a.constant(32));
    }

    /// `IQ4_XS`: see [SuperBlocks#iq4].
    private void shortScales() {
        Vec low = Vec.ymm(0), high = Vec.ymm(1);
        a.op(VPBROADCASTD, low, R12.at(4));
        a.op(VPSRLVD, low, low, a.constant(lanes(i -> i % 8 * 4)));
        a.op(VPAND, low, low, a.constant(15));
        a.op(VPBROADCASTW, high, R12.at(2));
        a.op(VPSRLVD, high, high, a.constant(lanes(i -> i % 8 * 2)));
        a.op(VPAND, high, high, a.constant(3));
        a.op(VPSLLD, high, high, 4);
        a.op(VPOR, low, low, high);
        a.op(VPSUBD, low, low, a.constant(32));
    }

    /// Run `r` of the block: its integers as f32 in ymm0 and further, its scale, what is added.
    void values(int r) {
        if (type.size() > 32) {
            a.op(VBROADCASTSS, SCALE, RSP.at(4 * r));
            if (minima()) {
                a.op(VBROADCASTSS, ADDED, RSP.at(64 + 4 * r));
            }
        }
        for (int v = 0; v < run() / 8; v++) {
            Vec d = Vec.ymm(v);
            integers(d, r * run() + 8 * v);
            a.op(VCVTDQ2PS, d, d);
        }
    }

    /// Eight integers from value `i` on.
    private void integers(Vec d, int i) {
        switch (type) {
            case Q8_0 -> a.op(VPMOVSXBD, d, R12.at(2 + i));
            case Q4_0, Q4_1 -> {
                nibbles(d, type.bytes() - 16 + i % 16, i / 16);
                less(d, type == BlockType.Q4_0 ? 8 : 0);
            }
            case Q5_0, Q5_1 -> {
                nibbles(d, type.bytes() - 16 + i % 16, i / 16);
                a.op(VPBROADCASTD, OTHER, R12.at(type.bytes() - 20));
                a.op(VPSRLVD, OTHER, OTHER, a.constant(lanes(l -> i + l % 8)));
                a.op(VPSLLD, OTHER, OTHER, 4);
                bits(d, 16);
                less(d, type == BlockType.Q5_0 ? 16 : 0);
            }
            case IQ4_NL, MXFP4 -> looked(d, type.bytes() - 16 + i % 16, i / 16);
            case IQ4_XS -> looked(d, 8 + i / 32 * 16 + i % 16, i / 16 % 2);
            case Q4_K -> nibbles(d, 16 + i / 64 * 32 + i % 32, i / 32 % 2);
            case Q5_K -> {
                nibbles(d, 48 + i / 64 * 32 + i % 32, i / 32 % 2);
                a.op(VPMOVZXBD, OTHER, R12.at(16 + i % 32));
                shift(OTHER, 4 - i / 32);
                bits(d, 16);
            }
            case Q2_K -> twoBits(d, 16, i);
            case Q3_K -> {
                twoBits(d, 32, i);
                a.op(VPMOVZXBD, OTHER, R12.at(i % 32));
                shift(OTHER, 2 - i / 32);
                bits(d, 4);
                less(d, 4);
            }
            case Q6_K -> {
                nibbles(d, i / 128 * 64 + i % 64, i % 128 / 64);
                a.op(VPMOVZXBD, OTHER, R12.at(128 + i / 128 * 32 + i % 32));
                shift(OTHER, 4 - i % 128 / 32 * 2);
                bits(d, 0x30);
                less(d, 32);
            }
        }
    }

    private void less(Vec d, int value) {
        if (value > 0) {
            a.op(VPSUBD, d, d, a.constant(value));
        }
    }

    /// Upwards where positive.
    private void shift(Vec d, int by) {
        if (by != 0) {
            Instruction direction = by > 0 ? VPSLLD : VPSRLD;
            a.op(direction, d, d, Math.abs(by));
        }
    }

    /// Those of the bits `kept` that ymm15 has, into `d`.
    private void bits(Vec d, int kept) {
        a.op(VPAND, OTHER, OTHER, a.constant(kept));
        a.op(VPOR, d, d, OTHER);
    }

    /// Lower or upper four bits of eight bytes.
    private void nibbles(Vec d, int at, int half) {
        a.op(VPMOVZXBD, d, R12.at(at));
        if (half == 0) {
            a.op(VPAND, d, d, a.constant(15));
        } else {
            a.op(VPSRLD, d, d, 4);
        }
    }

    private void twoBits(Vec d, int at, int i) {
        a.op(VPMOVZXBD, d, R12.at(at + i / 128 * 32 + i % 32));
        shift(d, -(i / 32 % 4 * 2));
        a.op(VPAND, d, d, a.constant(3));
    }

    /// What four bits stand for.
    private void looked(Vec d, int at, int half) {
        nibbles(d, at, half);
        // The lowest byte of each lane is an index, the others, all ones, give 0.
        a.op(VPOR, d, d, a.constant(0xFFFF_FF00));
        a.op(VPSHUFB, d, table(), d);
        a.op(VPSLLD, d, d, 24);
        a.op(VPSRAD, d, d, 24);
    }

    /// The table's register: ymm14, which is free until the run is multiplied.
    private Vec table() {
        Mem m = a.constant(ByteBlocks.signed(type));
        a.op(VMOVUPS, SPARE, m);
        return SPARE;
    }
}
