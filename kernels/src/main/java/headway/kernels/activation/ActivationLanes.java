package headway.kernels.activation;

import static headway.kernels.activation.Activation.CUBIC;
import static headway.kernels.activation.Activation.FAR;
import static headway.kernels.activation.Activation.QUICK;
import static headway.kernels.activation.Activation.SQRT_2_OVER_PI;

import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [Activation] on one vector of lanes, in f32: the formulas of that file, in forms that neither
/// cancel near 0 nor overflow for large |x|. Loaded only by the vector tier; small methods, to be
/// inlined into loops.
final class ActivationLanes {
    // Constants as vectors, see Simd: a broadcast in the code would count against C2's inlining limit.
    private static final FloatVector ZERO = Simd.constant(0f);
    private static final FloatVector MINUS_HALF = Simd.constant(-0.5f);
    static final FloatVector ONE = Simd.constant(1f);
    private static final FloatVector FOUR = Simd.constant(4f);
    private static final FloatVector MINUS_80 = Simd.constant(-80f);
    private static final FloatVector NEAR = Simd.constant((float) FAR);
    private static final FloatVector MINUS_NEAR = Simd.constant((float) -FAR);
    static final FloatVector QUICK_LANES = Simd.constant((float) QUICK);
    // 2√(2/π)·(1, 0.044715, 3·0.044715): the argument of σ in tanh-GELU and its slope.
    private static final FloatVector INNER = Simd.constant((float) (2 * SQRT_2_OVER_PI));
    private static final FloatVector INNER_CUBIC = Simd.constant((float) (2 * SQRT_2_OVER_PI * CUBIC));
    private static final FloatVector INNER_CUBIC_SLOPE = Simd.constant((float) (6 * SQRT_2_OVER_PI * CUBIC));
    static final FloatVector ONE_OVER_SQRT_2PI = Simd.constant(0.3989422804f);

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
        FloatVector z = atLeast(x);
        return z.mul(Simd.sigmoid(inner(z)));
    }

    static FloatVector geluSigmoid(FloatVector x) {
        FloatVector z = atLeast(x);
        return z.mul(Simd.sigmoid(z.mul(QUICK_LANES)));
    }

    static FloatVector silu(FloatVector x) {
        FloatVector z = atLeast(x);
        return z.mul(Simd.sigmoid(z));
    }

    /// 1 above 0, else 0; NaN stays NaN: it takes neither `max(x, 0)·0` for 0 nor the comparison for
    /// true.
    static FloatVector step(FloatVector x) {
        return x.max(ZERO).mul(ZERO).blend(ONE, x.compare(VectorOperators.GT, ZERO));
    }

    /// `Φ(x) + x·φ(x)`.
    static FloatVector geluSlope(FloatVector x) {
        FloatVector z = near(x);
        FloatVector bell = bell(z);
        return z.mul(ONE_OVER_SQRT_2PI).fma(bell, normalCdf(z, bell));
    }

    /// `Φ(z)`, given `e^(-z²/2)`: the tail for negative z, one minus the tail for positive.
    static FloatVector normalCdf(FloatVector z, FloatVector bell) {
        FloatVector tail = Simd.normalTail(z.abs(), bell);
        return choose(z, tail, ONE.sub(tail));
    }

    /// `negative` where `v < 0`, else `other`.
    static FloatVector choose(FloatVector v, FloatVector negative, FloatVector other) {
        return other.blend(negative, v.compare(VectorOperators.LT, ZERO));
    }

    /// `x`, cut below as in [#near]: the limit of `x·σ` at -∞ is 0.
    static FloatVector atLeast(FloatVector x) {
        return x.max(MINUS_NEAR);
    }

    /// `σ(v) + z·v'·σ'(v)` with `v` = 2u of the tanh form.
    static FloatVector geluTanhSlope(FloatVector x) {
        FloatVector z = near(x);
        return gatedSlope(inner(z), innerSlope(z));
    }

    /// `z·v'(z)` for `v` = 2u of the tanh form.
    static FloatVector innerSlope(FloatVector z) {
        return z.mul(z).fma(INNER_CUBIC_SLOPE, INNER).mul(z);
    }

    static FloatVector geluSigmoidSlope(FloatVector x) {
        FloatVector v = near(x).mul(QUICK_LANES);
        return gatedSlope(v, v);
    }

    static FloatVector siluSlope(FloatVector x) {
        FloatVector z = near(x);
        return gatedSlope(z, z);
    }

    /// `1 - tanh²(x) = 4σ'(2x)`.
    static FloatVector tanhSlope(FloatVector x) {
        return sigmoidSlope(x.add(x)).mul(FOUR);
    }

    /// `σ'(x) = e/(1 + e)²` with `e = e^-|x|`, which does not cancel as `σ(1 - σ)` does.
    static FloatVector sigmoidSlope(FloatVector x) {
        FloatVector e = Simd.exp(x.abs().neg());
        FloatVector r = ONE.div(e.add(ONE));
        return e.mul(r).mul(r);
    }

    /// `σ(v) + slope·σ'(v)`, as `r + slope·(e·r)·r` with `r = 1/(1 + e)`, `e` from [#decay].
    private static FloatVector gatedSlope(FloatVector v, FloatVector slope) {
        FloatVector e = decay(v);
        FloatVector r = ONE.div(e.add(ONE));
        return e.mul(r).mul(r).fma(slope, r);
    }

    /// `e^-v`, for v below -80 as at -80: σ is 0 for all purposes there, and `e·r` stays finite.
    static FloatVector decay(FloatVector v) {
        return Simd.exp(v.max(MINUS_80).neg());
    }

    /// `x` cut to where bell-shaped factors are long 0, so that no `0·∞` arises.
    static FloatVector near(FloatVector x) {
        return x.min(NEAR).max(MINUS_NEAR);
    }

    /// `2√(2/π)(x + 0.044715x³)`.
    static FloatVector inner(FloatVector x) {
        return x.mul(x).fma(INNER_CUBIC, INNER).mul(x);
    }

    /// `e^(-x²/2)`.
    static FloatVector bell(FloatVector x) {
        return Simd.exp(x.mul(x).mul(MINUS_HALF));
    }
}
