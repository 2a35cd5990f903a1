package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Vec;

/// Scales and minima of sixteen rows' blocks of 256, side by side: for [ByteColumnsCode].
///
/// `Q4_K`: the first sixteen bytes of a block are four words: two halves, then twelve bytes of eight scales and minima
/// ([SuperBlocks#scale]). With a row a lane, each of the sixteen numbers is two or three shifts away.
final class SixBitColumns {
    /// Bytes between scales and minima on the stack.
    static final int MINIMA = 8 * 64;

    private SixBitColumns() {}

    /// From the words in zmm8 to zmm11: eight registers of scales to the stack, then eight of minima. Overwrites zmm0,
    /// zmm1, zmm12, zmm13.
    static void store(Assembler a) {
        Vec halves = Vec.zmm(8), first = Vec.zmm(9), second = Vec.zmm(10), last = Vec.zmm(11);
        Vec scale = Vec.zmm(12), minimum = Vec.zmm(13);
        a.store(VPMOVDW, scale.low(256), halves);
        a.op(VCVTPH2PS, scale, scale.low(256));
        a.op(VPSRLD, minimum, halves, 16);
        a.store(VPMOVDW, minimum.low(256), minimum);
        a.op(VCVTPH2PS, minimum, minimum.low(256));
        for (int r = 0; r < 4; r++) {
            part(a, Vec.zmm(0), first, 8 * r, 63);
            scaled(a, scale, 64 * r);
            part(a, Vec.zmm(0), second, 8 * r, 63);
            scaled(a, minimum, MINIMA + 64 * r);
            part(a, Vec.zmm(0), last, 8 * r, 15);
            upper(a, first, r);
            scaled(a, scale, 64 * (4 + r));
            part(a, Vec.zmm(0), last, 8 * r + 4, 15);
            upper(a, second, r);
            scaled(a, minimum, MINIMA + 64 * (4 + r));
        }
    }

    /// From the words in zmm8 to zmm11: sixteen registers of their bytes with sign, times `factor`, to the stack.
    static void storeBytes(Assembler a, Vec factor) {
        for (int s = 0; s < 16; s++) {
            a.op(VPSLLD, Vec.zmm(0), Vec.zmm(8 + s / 4), 24 - s % 4 * 8);
            a.op(VPSRAD, Vec.zmm(0), Vec.zmm(0), 24);
            scaled(a, factor, 64 * s);
        }
    }

    private static void part(Assembler a, Vec to, Vec from, int shift, int kept) {
        if (shift > 0) {
            a.op(VPSRLD, to, from, shift);
            a.op(VPANDD, to, to, a.constant(kept));
        } else {
            a.op(VPANDD, to, from, a.constant(kept));
        }
    }

    /// Bits 6 and 7 of byte `r` as bits 4 and 5 of zmm0.
    private static void upper(Assembler a, Vec from, int r) {
        part(a, Vec.zmm(1), from, 8 * r + 2, 0x30);
        a.op(VPORD, Vec.zmm(0), Vec.zmm(0), Vec.zmm(1));
    }

    private static void scaled(Assembler a, Vec half, int at) {
        a.op(VCVTDQ2PS, Vec.zmm(0), Vec.zmm(0));
        a.op(VMULPS, Vec.zmm(0), Vec.zmm(0), half);
        a.store(VMOVUPS_STORE, RSP.at(at), Vec.zmm(0));
    }
}
