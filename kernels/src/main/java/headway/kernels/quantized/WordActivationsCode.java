package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;
import static headway.kernels.quantized.ByteActivations.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Vec;

/// Machine code of [ByteActivations] for AVX2: one row, in words of fifteen bits, two bytes of them, or bytes of eight.
/// Arguments: the row to write, x, blocks of 32.
final class WordActivationsCode {
    private static final int NOT_LESS = 5;

    /// Packing goes by halves of a register: their order is put right.
    private static final int IN_ORDER = 0xD8;

    private WordActivationsCode() {}

    /// @param order of the bytes of whole groups
    static void write(Assembler a, Form form, Order order) {
        ByteActivationsCode.row(a, order, form == Form.WORDS ? 2 * BLOCK : BLOCK, apart -> block(a, form, apart));
    }

    private static void block(Assembler a, Form form, int apart) {
        Vec most = Vec.xmm(4), zero = Vec.ymm(0), one = Vec.ymm(1);
        for (int i = 0; i < 4; i++) {
            a.op(VMOVUPS, Vec.ymm(i), RSI.at(32 * i));
        }
        scaled(a, form == Form.EIGHT ? MOST_OF_EIGHT : MOST);
        for (int i = 0; i < 2; i++) {
            a.op(VPACKSSDW, Vec.ymm(i), Vec.ymm(2 * i), Vec.ymm(2 * i + 1));
            a.op(VPERMQ, Vec.ymm(i), Vec.ymm(i), IN_ORDER);
            total(a, Vec.ymm(6 + i), Vec.ymm(i));
        }
        switch (form) {
            case WORDS -> {
                a.store(VMOVUPS_STORE, RCX.at(), zero);
                a.store(VMOVUPS_STORE, RCX.at(32), one);
            }
            case EIGHT -> bytes(a, HIGH, zero, one, apart);
            case BYTES -> {
                for (int i = 0; i < 2; i++) {
                    Vec high = Vec.ymm(2 + i), back = Vec.ymm(8);
                    a.op(VPADDW, high, Vec.ymm(i), a.constant(64 << 16 | 64));
                    a.op(VPSRAW, high, high, 7);
                    a.op(VPSLLW, back, high, 7);
                    a.op(VPSUBW, Vec.ymm(i), Vec.ymm(i), back);
                }
                bytes(a, HIGH, Vec.ymm(2), Vec.ymm(3), apart);
                bytes(a, LOW, zero, one, apart);
            }
        }
        a.store(VMOVSS_STORE, R12.at(), most);
        a.store(VMOVSS_STORE, R13.at(), most);
        a.store(VMOVSS_STORE, R13.at(4), most);
        ByteActivationsCode.store(a, R13.at(HALF_SUMS - HALVES), Vec.xmm(6), most);
        ByteActivationsCode.store(a, R13.at(HALF_SUMS - HALVES + 4), Vec.xmm(7), most);
        a.op(VPADDD, Vec.xmm(8), Vec.xmm(6), Vec.xmm(7));
        ByteActivationsCode.store(a, R12.at(SUMS - SCALES), Vec.xmm(8), most);
        if (form != Form.WORDS) {
            ByteActivationsCode.negatives(a, form == Form.EIGHT);
        }
    }

    /// 32 words as bytes, to where the block's stand.
    private static void bytes(Assembler a, int at, Vec first, Vec second, int apart) {
        a.op(VPACKSSWB, first, first, second);
        a.op(VPERMQ, first, first, IN_ORDER);
        ByteActivationsCode.halves(a, at, first, apart);
    }

    /// ymm0 to ymm3 as whole numbers up to `limit`, their scale in xmm4.
    private static void scaled(Assembler a, float limit) {
        Vec most = Vec.xmm(4), inverse = Vec.ymm(5);
        largest(a);
        a.op(VCMPPS, Vec.xmm(6), most, a.constant(TINY), NOT_LESS);
        a.op(VMOVUPS, inverse.low(128), a.constant(limit));
        a.op(VDIVPS, inverse.low(128), inverse.low(128), most);
        a.op(VANDPS, inverse.low(128), inverse.low(128), Vec.xmm(6));
        a.op(VMULPS, most, most, a.constant(1 / limit));
        a.op(VANDPS, most, most, Vec.xmm(6));
        a.op(VBROADCASTSS, inverse, inverse.low(128));
        for (int i = 0; i < 4; i++) {
            a.op(VMULPS, Vec.ymm(i), Vec.ymm(i), inverse);
            a.op(VCVTPS2DQ, Vec.ymm(i), Vec.ymm(i));
        }
    }

    /// xmm4: the largest magnitude of ymm0 to ymm3 in all lanes, compared as integers, so that NaN is above all.
    private static void largest(Assembler a) {
        Vec x = Vec.ymm(4), y = Vec.ymm(5);
        a.op(VMOVUPS, Vec.ymm(8), a.constant(0x7fff_ffff));
        a.op(VPAND, x, Vec.ymm(0), Vec.ymm(8));
        for (int i = 1; i < 4; i++) {
            a.op(VPAND, y, Vec.ymm(i), Vec.ymm(8));
            a.op(VPMAXSD, x, x, y);
        }
        a.store(VEXTRACTF128, y.low(128), x, 1);
        a.op(VPMAXSD, x.low(128), x.low(128), y.low(128));
        for (int order : new int[] {0x4E, 0xB1}) {
            a.op(VPERMILPS, y.low(128), x.low(128), order);
            a.op(VPMAXSD, x.low(128), x.low(128), y.low(128));
        }
    }

    /// The sum of sixteen words in all lanes of the lower half.
    private static void total(Assembler a, Vec to, Vec words) {
        Vec y = Vec.xmm(9);
        a.op(VPMADDWD, to, words, a.constant(0x0001_0001));
        a.store(VEXTRACTF128, y, to, 1);
        a.op(VPADDD, to.low(128), to.low(128), y);
        for (int order : new int[] {0x4E, 0xB1}) {
            a.op(VPERMILPS, y, to.low(128), order);
            a.op(VPADDD, to.low(128), to.low(128), y);
        }
    }
}
