package headway.kernels.simd;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
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

    /// Lanes `0 … count - 1`, for the end of a row; at most [#LANES].
    public static VectorMask<Float> first(int count) {
        return F.indexInRange(0, count);
    }

    /// Lanes of `mask` at `address`, 0 in the others; memory behind those is not touched.
    public static FloatVector load(long address, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(F, Memory.ALL, address, Memory.ORDER, mask);
    }

    /// Writes the lanes of `mask` to `address`.
    public static void store(FloatVector v, long address, VectorMask<Float> mask) {
        v.intoMemorySegment(Memory.ALL, address, Memory.ORDER, mask);
    }

    // Vectors as constants: C2 gives up inlining, and boxes, beyond about sixty vector operations in
    // one compiled method, and each broadcast in the code counts as one.
    private static final FloatVector ONE = constant(1f);
    private static final FloatVector ZERO = constant(0f);
    private static final FloatVector TWO = constant(2f);
    private static final FloatVector EXP_LOW = constant(-87.4f);
    private static final FloatVector EXP_HIGH = constant(89f);
    private static final FloatVector LOG2E = constant(1.44269504088896341f);
    /// 1.5·2²³ + 126: adding it rounds to an integer, which is then found, with the bias of an
    /// exponent less one, in the low bits of the sum.
    private static final FloatVector ROUNDER = constant(12583038f);
    private static final FloatVector MINUS_LN2_HIGH = constant(-0.693359375f);
    private static final FloatVector MINUS_LN2_LOW = constant(2.12194440e-4f);
    private static final FloatVector EXP_6 = constant(2 * 1.9875691500e-4f);
    private static final FloatVector EXP_5 = constant(2 * 1.3981999507e-3f);
    private static final FloatVector EXP_4 = constant(2 * 8.3334519073e-3f);
    private static final FloatVector EXP_3 = constant(2 * 4.1665795894e-2f);
    private static final FloatVector EXP_2 = constant(2 * 1.6666665459e-1f);
    private static final FloatVector EXP_1 = constant(2 * 5.0000001201e-1f);

    /// `e^x` lane by lane; relative error below 2e-7 for x in [-86.9, 88.72]; smaller x gives 0 (there
    /// is no gradual underflow: results below 1.7e-38 are 0), larger x infinity; NaN stays NaN.
    ///
    /// Range reduction by `n = round(x·log₂e)` in two parts of ln 2, a polynomial of degree 6 for
    /// `2e^r`, times 2ⁿ⁻¹: so that results near the largest float do not overflow early.
    public static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.min(EXP_HIGH).max(EXP_LOW);
        FloatVector shifted = bounded.fma(LOG2E, ROUNDER);
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, bounded));
        FloatVector p =
                EXP_6.fma(r, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2).fma(r, EXP_1);
        p = p.fma(r.mul(r), r.fma(TWO, TWO));
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return p.mul(power.reinterpretAsFloats());
    }

    /// `1/(1 + e^-x)` lane by lane; relative error below 4e-7 for x > -88.7, below that 0.
    public static FloatVector sigmoid(FloatVector x) {
        return ONE.div(exp(x.neg()).add(ONE));
    }

    private static final FloatVector TANH_SPLIT = constant(0.625f);
    private static final FloatVector TANH_4 = constant(-0.00571704537f);
    private static final FloatVector TANH_3 = constant(0.0206505876f);
    private static final FloatVector TANH_2 = constant(-0.0537434982f);
    private static final FloatVector TANH_1 = constant(0.133314913f);
    private static final FloatVector TANH_0 = constant(-0.333332839f);

    /// `tanh x` lane by lane; relative error below 3e-7; ±1 at ±∞, NaN for NaN.
    ///
    /// `1 - 2/(e^(2|x|) + 1)` cancels near 0; there an odd polynomial takes over (minimax on |x| ≤
    /// 0.625).
    public static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector far = ONE.sub(TWO.div(exp(a.add(a)).add(ONE)));
        FloatVector u = x.mul(x);
        FloatVector p = TANH_4.fma(u, TANH_3).fma(u, TANH_2).fma(u, TANH_1).fma(u, TANH_0);
        // A product rather than x + x·u·p: it keeps the sign of -0.
        FloatVector near = p.fma(u, ONE).mul(x);
        far = far.blend(far.neg(), x.compare(VectorOperators.LT, ZERO));
        return far.blend(near, a.compare(VectorOperators.LT, TANH_SPLIT));
    }

    private static final FloatVector TAIL_SLOPE = constant(0.35f);
    private static final FloatVector HALF = constant(0.5f);
    private static final FloatVector TAIL_7 = constant(-0.0144734868f);
    private static final FloatVector TAIL_6 = constant(0.000186574866f);
    private static final FloatVector TAIL_5 = constant(0.0726583996f);
    private static final FloatVector TAIL_4 = constant(-0.00686489585f);
    private static final FloatVector TAIL_3 = constant(-0.152201034f);
    private static final FloatVector TAIL_2 = constant(-0.160578133f);
    private static final FloatVector TAIL_1 = constant(0.901038357f);
    private static final FloatVector TAIL_0 = constant(-1.1398365f);

    /// `Φ(-a) = erfc(a/√2)/2` for finite `a ≥ 0`, given `bell` = `e^(-a²/2)`; the error function of
    /// exact GELU: `erf(x) = 1 - 2Φ(-√2·x)`. Absolute error below 1e-7, hence of erf below 2e-7; NaN
    /// stays NaN.
    ///
    /// `Φ(-a)·e^(a²/2) = 1/2 + s·P(s)` with `s = ka/(1 + ka)`, `k = 0.35`, after the substitution of
    /// Hastings, *Approximations for Digital Computers*, 1955, turned so that `s` is small where the
    /// result is large and its rounding does not show. `P` of degree 7 was fitted for this file
    /// (minimax up to a = 14.5, beyond which `bell` is 0; error of the fit 1.2e-8).
    public static FloatVector normalTail(FloatVector a, FloatVector bell) {
        FloatVector ka = a.mul(TAIL_SLOPE);
        FloatVector s = ka.div(ka.add(ONE));
        FloatVector p = TAIL_7.fma(s, TAIL_6).fma(s, TAIL_5).fma(s, TAIL_4).fma(s, TAIL_3);
        p = p.fma(s, TAIL_2).fma(s, TAIL_1).fma(s, TAIL_0).fma(s, HALF);
        return p.mul(bell);
    }

    /// All lanes `value`; for constants of kernels, see above.
    public static FloatVector constant(float value) {
        return FloatVector.broadcast(F, value);
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
