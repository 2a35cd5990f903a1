package headway.kernels.quantized;

import static headway.kernels.quantized.BlockType.half;
import static headway.kernels.quantized.BlockType.unsigned;

import headway.kernels.Memory;

/// Single values of blocks of 256, whose parts have scales of their own; the layout of each type stands beside it.
final class SuperBlocks {
    private SuperBlocks() {}

    /// 16 bytes of scale (low four bits) and minimum (high), 64 of 2-bit values, d, m. One scale for 16 values.
    static float q2(long block, int i) {
        int scale = unsigned(block + (i >> 4));
        float d = half(block + 80) * (scale & 15);
        float m = half(block + 82) * (scale >>> 4);
        return d * twoBits(block + 16, i) - m;
    }

    /// 32 bytes of third bits (set: nothing is subtracted), 64 of 2-bit values, 12 of 6-bit scales, d.
    static float q3(long block, int i) {
        int s = i >> 4;
        long scales = block + 96;
        int low = unsigned(scales + (s & 7)) >>> (s >> 3 << 2) & 15;
        int high = unsigned(scales + 8 + (s & 3)) >>> (s >> 2 << 1) & 3;
        float d = half(block + 108) * ((low | high << 4) - 32);
        int third = unsigned(block + (i & 31)) >>> (i >> 5) & 1;
        return d * (twoBits(block + 32, i) - (third ^ 1) * 4);
    }

    /// d, m, 12 bytes of eight 6-bit scales and minimums, 128 of 4-bit values.
    static float q4(long block, int i) {
        return scale(block, i >> 5) * fourBits(block + 16, i) - minimum(block, i >> 5);
    }

    /// The same with 32 bytes of fifth bits before the values.
    static float q5(long block, int i) {
        int fifth = unsigned(block + 16 + (i & 31)) >>> (i >> 5) & 1;
        return scale(block, i >> 5) * (fourBits(block + 48, i) | fifth << 4) - minimum(block, i >> 5);
    }

    /// 128 bytes of low four bits, 64 of high two bits, 16 signed scales, d.
    static float q6(long block, int i) {
        int part = i >> 7;
        int within = i & 127;
        int low = unsigned(block + 64 * part + (within & 63)) >>> (within >> 6 << 2) & 15;
        int high = unsigned(block + 128 + 32 * part + (within & 31)) >>> (within >> 5 << 1) & 3;
        float d = half(block + 208) * Memory.i8(block + 192 + (i >> 4));
        return d * ((low | high << 4) - 32);
    }

    /// d, high bits of eight 6-bit scales in 16 bits, low ones in 4 bytes, 128 bytes of indices into the table.
    static float iq4(long block, int i) {
        int s = i >> 5;
        int low = unsigned(block + 4 + (s >> 1)) >>> ((s & 1) << 2) & 15;
        int high = (Memory.i16(block + 2) & 0xFFFF) >>> 2 * s & 3;
        float d = half(block) * ((low | high << 4) - 32);
        int index = unsigned(block + 8 + 16 * s + (i & 15)) >>> (i >> 4 & 1) * 4 & 15;
        return d * BlockType.NONLINEAR[index];
    }

    /// Scale `s` of 8 of Q4_K and Q5_K: six bits, of the last four scales two stand apart.
    static float scale(long block, int s) {
        long at = block + 4 + (s & 3);
        int bits = s < 4 ? unsigned(at) & 63 : unsigned(at + 8) & 15 | unsigned(at) >>> 2 & 0x30;
        return half(block) * bits;
    }

    /// Minimum `s` of 8, packed in the same way.
    static float minimum(long block, int s) {
        long at = block + 4 + (s & 3);
        int bits = s < 4 ? unsigned(at + 4) & 63 : unsigned(at + 8) >>> 4 | unsigned(at + 4) >>> 2 & 0x30;
        return half(block + 2) * bits;
    }

    /// 32 bytes hold 128 values: the first 32 in the lowest bits, and so on.
    private static int twoBits(long at, int i) {
        return unsigned(at + 32 * (i >> 7) + (i & 31)) >>> (i >> 5 & 3) * 2 & 3;
    }

    /// 32 bytes hold 64 values, the first 32 in the low bits.
    private static int fourBits(long at, int i) {
        return unsigned(at + 32 * (i >> 6) + (i & 31)) >>> (i >> 5 & 1) * 4 & 15;
    }
}
