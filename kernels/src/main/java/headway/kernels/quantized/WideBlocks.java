package headway.kernels.quantized;

import static headway.kernels.quantized.BlockType.half;

import headway.kernels.Memory;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Blocks of the most used types widened to f32 on vector lanes; the same bits as [BlockType#value].
///
/// Lanes of 128 bits would need vectors of four bytes, which there are not: those machines take the plain path.
final class WideBlocks {
    private static final int LANES = Simd.LANES;
    private static final VectorSpecies<Byte> BYTES =
            LANES < 8 ? ByteVector.SPECIES_64 : VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * LANES));

    private WideBlocks() {}

    static boolean knows(BlockType type) {
        return LANES >= 8
                && switch (type) {
                    case Q8_0, Q4_0, Q4_1, Q4_K, Q5_K, Q6_K -> true;
                    case Q5_0, Q5_1, Q2_K, Q3_K, IQ4_NL, IQ4_XS, MXFP4 -> false;
                };
    }

    static void dequantize(BlockType type, long to, long from, long blocks) {
        for (long b = 0; b < blocks; b++) {
            switch (type) {
                case Q8_0 -> q8(to, from);
                case Q4_0 -> q4(to, from + 2, half(from), 8, 0);
                case Q4_1 -> q4(to, from + 4, half(from), 0, -half(from + 2));
                case Q4_K -> q4K(to, from);
                case Q5_K -> q5K(to, from);
                case Q6_K -> q6K(to, from);
                default -> throw new IllegalArgumentException("[quantized] no vector version for " + type);
            }
            to += 4L * type.size();
            from += type.bytes();
        }
    }

    private static void q8(long to, long from) {
        FloatVector d = FloatVector.broadcast(Simd.F, half(from));
        for (int i = 0; i < 32; i += LANES) {
            // In two steps: from bytes to floats at once is not compiled to instructions.
            IntVector q = (IntVector) ByteVector.fromMemorySegment(BYTES, Memory.ALL, from + 2 + i, Memory.ORDER)
                    .convertShape(VectorOperators.B2I, Simd.I, 0);
            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                    .mul(d)
                    .intoMemorySegment(Memory.ALL, to + 4L * i, Memory.ORDER);
        }
    }

    private static void q4(long to, long from, float scale, int middle, float minimum) {
        nibbles(to, from, 16, 0, scale, middle, minimum);
        nibbles(to + 64, from, 16, 4, scale, middle, minimum);
    }

    private static void q4K(long to, long from) {
        for (int s = 0; s < 8; s++) {
            float scale = SuperBlocks.scale(from, s);
            float minimum = SuperBlocks.minimum(from, s);
            nibbles(to + 128L * s, from + 16 + 32 * (s >> 1), 32, (s & 1) * 4, scale, 0, minimum);
        }
    }

    /// `scale·(q - middle) - minimum` for four bits of each of `count` bytes.
    private static void nibbles(long to, long from, int count, int shift, float scale, int middle, float minimum) {
        for (int i = 0; i < count; i += LANES) {
            IntVector q = bytes(from + i)
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(15)
                    .sub(middle);
            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                    .mul(scale)
                    .sub(minimum)
                    .intoMemorySegment(Memory.ALL, to + 4L * i, Memory.ORDER);
        }
    }

    private static void q5K(long to, long from) {
        for (int s = 0; s < 8; s++) {
            float scale = SuperBlocks.scale(from, s);
            float minimum = SuperBlocks.minimum(from, s);
            long low = from + 48 + 32 * (s >> 1);
            for (int i = 0; i < 32; i += LANES) {
                IntVector fifth = bytes(from + 16 + i)
                        .lanewise(VectorOperators.LSHR, s)
                        .and(1)
                        .lanewise(VectorOperators.LSHL, 4);
                IntVector q = bytes(low + i)
                        .lanewise(VectorOperators.LSHR, (s & 1) * 4)
                        .and(15)
                        .or(fifth);
                ((FloatVector) q.convert(VectorOperators.I2F, 0))
                        .mul(scale)
                        .sub(minimum)
                        .intoMemorySegment(Memory.ALL, to + 128L * s + 4L * i, Memory.ORDER);
            }
        }
    }

    private static void q6K(long to, long from) {
        float d = half(from + 208);
        for (int s = 0; s < 16; s++) {
            float scale = d * Memory.i8(from + 192 + s);
            int part = s >> 3;
            int within = (s & 7) * 16;
            long low = from + 64 * part + (within & 63);
            long high = from + 128 + 32 * part + (within & 31);
            for (int i = 0; i < 16; i += LANES) {
                IntVector two = bytes(high + i)
                        .lanewise(VectorOperators.LSHR, within >> 5 << 1)
                        .and(3)
                        .lanewise(VectorOperators.LSHL, 4);
                IntVector q = bytes(low + i)
                        .lanewise(VectorOperators.LSHR, within >> 6 << 2)
                        .and(15)
                        .or(two)
                        .sub(32);
                ((FloatVector) q.convert(VectorOperators.I2F, 0))
                        .mul(scale)
                        .intoMemorySegment(Memory.ALL, to + 64L * s + 4L * i, Memory.ORDER);
            }
        }
    }

    private static IntVector bytes(long at) {
        return (IntVector) ByteVector.fromMemorySegment(BYTES, Memory.ALL, at, Memory.ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2I, Simd.I, 0);
    }
}
