package headway.kernels.simd;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Lanes of 16-bit floats as lanes of f32. Exact.
public final class Widen {
    private static final VectorSpecies<Short> HALF =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Simd.F.vectorBitSize() / 2));

    private Widen() {}

    /// bfloat16: the upper half of the same number.
    public static FloatVector bf16(long address) {
        return bits(address).lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    /// IEEE half: exponent and fraction moved into place and multiplied by 2¹¹², which also makes
    /// subnormal numbers normal; infinities and NaN get their exponent set.
    public static FloatVector f16(long address) {
        IntVector bits = bits(address);
        IntVector magnitude = bits.and(0x7FFF).lanewise(VectorOperators.LSHL, 13);
        IntVector finite = magnitude.reinterpretAsFloats().mul(0x1p112f).reinterpretAsInts();
        IntVector value = finite.blend(magnitude.or(0x7F80_0000), magnitude.compare(VectorOperators.GE, 0x7C00 << 13));
        return value.or(bits.and(0x8000).lanewise(VectorOperators.LSHL, 16)).reinterpretAsFloats();
    }

    private static IntVector bits(long address) {
        return (IntVector) ShortVector.fromMemorySegment(HALF, Memory.ALL, address, Memory.ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, Simd.I, 0);
    }
}
