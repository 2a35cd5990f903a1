package headway.kernels.activation;

import static headway.kernels.activation.Activation.CUBIC;
import static headway.kernels.activation.Activation.FAR;
import static headway.kernels.activation.Activation.QUICK;
import static headway.kernels.activation.Activation.SQRT_2_OVER_PI;

import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [Activation] on one vector of lanes, in f32: the formulas of that file, in forms that neither cancel near 0 nor
/// overflow for large |x|. Loaded only by the vector tier; small methods, to be inlined into loops.
final class ActivationLanes {
    // Constants as vectors, see Simd: a broadcast in the code would count against C2's inlining limit.
    private static final FloatVector ZERO = Simd.constant(0f);
    private static final FloatVector MINUS_HALF = Simd.constant(-0.5f);
    private static final FloatVector ONE = Simd.constant(1f);
    private static final FloatVector NEAR = Simd.constant((float) FAR);
    private static final FloatVector MINUS_NEAR = Simd.constant((float) -FAR);
    private static final FloatVector QUICK_LANES = Simd.constant((float) QUICK);
    // 2√(2/π)·(1, 0.044715, 3·0.044715): the argument of σ in tanh-GELU and its slope.
    private static final FloatVector INNER = Simd.constant((float) (2 * SQRT_2_OVER_PI));
    private static final FloatVector INNER_CUBIC = Simd.constant((float) (2 * SQRT_2_OVER_PI * CUBIC));
    private static final FloatVector INNER_CUBIC_SLOPE = Simd.constant((float) (6 * SQRT_2_OVER_PI * CUBIC));
    private static final FloatVector ONE_OVER_SQRT_2PI = Simd.constant(0.3989422804f);

    private ActivationLanes() {}

    static FloatVector relu(FloatVector x) {
        return x.max(ZERO);
    }

    /// `max(x, 0) - |x|·Φ(-|x|)`, which is `x·Φ(x)` on both sides and needs no `1 - Φ`.
    static FloatVector gelu(FloatVector x) {
        FloatVector a = x.abs().min(NEAR);
        FloatVector tail = Simd.normalTail(a, bell(a));
        return x.max(ZERO).sub(a.mul(tail));
    }

    /// `x·σ(2u)`, since `(1 + tanh u)/2 = σ(2u)`.
    static FloatVector geluTanh(FloatVector x) {
        FloatVector z = x.max(MINUS_NEAR);
        return z.mul(Simd.sigmoid(inner(z)));
    }

    static FloatVector geluSigmoid(FloatVector x) {
        FloatVector z = x.max(MINUS_NEAR);
        return z.mul(Simd.sigmoid(z.mul(QUICK_LANES)));
    }

    static FloatVector silu(FloatVector x) {
        FloatVector z = x.max(MINUS_NEAR);
        return z.mul(Simd.sigmoid(z));
    }

    /// 1 above 0, else 0; NaN stays NaN: it takes neither `max(x, 0)·0` for 0 nor the comparison for true.
    static FloatVector step(FloatVector x) {
        return x.max(ZERO).mul(ZERO).blend(ONE, x.compare(VectorOperators.GT, ZERO));
    }

    /// `Φ(x) + x·φ(x)`.
    static FloatVector geluSlope(FloatVector x) {
        FloatVector z = near(x);
        FloatVector bell = bell(z);
        FloatVector tail = Simd.normalTail(z.abs(), bell);
        FloatVector cdf = ONE.sub(tail).blend(tail, z.compare(VectorOperators.LT, ZERO));
        return z.mul(ONE_OVER_SQRT_2PI).fma(bell, cdf);
    }

    /// `s + z·v·s(1 - s)` with `s = σ(v₀)`, `v₀` the argument of σ and `v` its slope.
    static FloatVector geluTanhSlope(FloatVector x) {
        FloatVector z = near(x);
        FloatVector slope = z.mul(z).fma(INNER_CUBIC_SLOPE, INNER).mul(z);
        FloatVector s = Simd.sigmoid(inner(z));
        return s.mul(ONE.sub(s)).fma(slope, s);
    }

    static FloatVector geluSigmoidSlope(FloatVector x) {
        return gatedSlope(near(x).mul(QUICK_LANES));
    }

    static FloatVector siluSlope(FloatVector x) {
        return gatedSlope(near(x));
    }

    static FloatVector tanhSlope(FloatVector x) {
        return oneMinusSquare(Simd.tanh(x));
    }

    static FloatVector sigmoidSlope(FloatVector x) {
        FloatVector s = Simd.sigmoid(x);
        return s.mul(ONE.sub(s));
    }

    /// `s + z·s(1 - s)` with `s = σ(z)`.
    private static FloatVector gatedSlope(FloatVector z) {
        FloatVector s = Simd.sigmoid(z);
        return s.mul(ONE.sub(s)).fma(z, s);
    }

    private static FloatVector oneMinusSquare(FloatVector t) {
        return ONE.sub(t).mul(ONE.add(t));
    }

    /// `x` cut to where bell-shaped factors are long 0, so that no `0·∞` arises.
    private static FloatVector near(FloatVector x) {
        return x.min(NEAR).max(MINUS_NEAR);
    }

    /// `2√(2/π)(x + 0.044715x³)`.
    private static FloatVector inner(FloatVector x) {
        return x.mul(x).fma(INNER_CUBIC, INNER).mul(x);
    }

    /// `e^(-x²/2)`.
    private static FloatVector bell(FloatVector x) {
        return Simd.exp(x.mul(x).mul(MINUS_HALF));
    }
}
