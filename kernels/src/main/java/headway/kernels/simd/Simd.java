package headway.kernels.simd;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Lanes of the vector tier and the functions that the JDK has no fast vector form of.
///
/// `-Dheadway.vector.bits=128|256|512` forces a width, for tests. Loaded only by the vector tier.
public final class Simd {
    /// Lanes of `float` that kernels use.
    public static final VectorSpecies<Float> F = species();

    /// Lanes of `int` of the same width.
    public static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

    /// Number of `float` lanes.
    public static final int LANES = F.length();

    private Simd() {}

    /// Lanes at `address`.
    public static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(F, Memory.ALL, address, Memory.ORDER);
    }

    /// Writes lanes to `address`.
    public static void store(FloatVector v, long address) {
        v.intoMemorySegment(Memory.ALL, address, Memory.ORDER);
    }

    /// Sum of the lanes in a fixed order (pairs, halves), the same on every machine of this width;
    /// `reduceLanes(ADD)` leaves the order open.
    public static float sum(FloatVector v) {
        float[] lane = v.toArray();
        for (int half = lane.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lane[i] += lane[i + half];
            }
        }
        return lane[0];
    }

    private static final float LOG2E = 1.44269504088896341f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /// `e^x` lane by lane; relative error below 2.5e-7 on [-87.3, 88.7]; smaller x gives 0, larger x
    /// infinity; NaN stays NaN.
    ///
    /// Range reduction by `n = round(x·log₂e)` in two parts of ln 2, a polynomial of degree 6, then 2ⁿ
    /// in two steps, so that results near the largest float do not overflow early.
    public static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.min(89f).max(-104f);
        FloatVector shifted = bounded.fma(FloatVector.broadcast(F, LOG2E), FloatVector.broadcast(F, 12582912f));
        FloatVector n = shifted.sub(12582912f);
        FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), bounded);
        r = n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(F, 1.9875691500e-4f);
        p = p.fma(r, FloatVector.broadcast(F, 1.3981999507e-3f));
        p = p.fma(r, FloatVector.broadcast(F, 8.3334519073e-3f));
        p = p.fma(r, FloatVector.broadcast(F, 4.1665795894e-2f));
        p = p.fma(r, FloatVector.broadcast(F, 1.6666665459e-1f));
        p = p.fma(r, FloatVector.broadcast(F, 5.0000001201e-1f));
        p = p.fma(r.mul(r), r.add(1f));
        IntVector exponent = (IntVector) n.convertShape(VectorOperators.F2I, I, 0);
        IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
        FloatVector first = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector second =
                exponent.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.mul(first).mul(second);
    }

    private static VectorSpecies<Float> species() {
        int bits = Integer.getInteger("headway.vector.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
        return switch (bits) {
            case 128, 256, 512 -> VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
            default ->
                throw new IllegalArgumentException(
                        "[kernels] headway.vector.bits=%d; expected 128, 256 or 512".formatted(bits));
        };
    }
}
