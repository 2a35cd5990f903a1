package headway.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.kernels.KernelContract;
import headway.kernels.Tier;
import headway.kernels.activation.ErrorFunction;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Functions on lanes against `double`, over their whole range. Statements in [Simd] are the bounds
/// here.
class SimdTest extends KernelContract {
    @BeforeEach
    void onlyWithVectors() {
        assumeTrue(Tier.current() == Tier.VECTOR, "only the vector tier has these lanes");
    }

    private interface Lanes {
        FloatVector of(FloatVector x);
    }

    /// Apart, so that this class loads without the incubator module.
    private static final class NormalTail {
        static FloatVector of(FloatVector a) {
            return Simd.normalTail(a, Simd.exp(a.mul(a).mul(-0.5f)));
        }
    }

    private record Worst(double relative, double absolute) {}

    /// Largest errors over every `stride`-th float of `[low, high]`, by bit pattern, so that all
    /// magnitudes count.
    private static Worst worst(Lanes f, DoubleUnaryOperator exact, float low, float high, int stride) {
        double relative = 0;
        double absolute = 0;
        float[] lanes = new float[Simd.LANES];
        for (long k = key(low); k <= key(high); k += (long) stride * lanes.length) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = fromKey(Math.min(k + (long) i * stride, key(high)));
            }
            float[] result = f.of(FloatVector.fromArray(Simd.F, lanes, 0)).toArray();
            for (int i = 0; i < lanes.length; i++) {
                double e = exact.applyAsDouble(lanes[i]);
                double error = Math.abs(result[i] - e);
                assertThat(Double.isNaN(error)).as("NaN at %s", lanes[i]).isFalse();
                absolute = Math.max(absolute, error);
                relative = Math.max(relative, e == 0 ? (error == 0 ? 0 : 1) : error / Math.abs(e));
            }
        }
        return new Worst(relative, absolute);
    }

    /// Floats in their order as consecutive integers.
    private static long key(float x) {
        int bits = Float.floatToRawIntBits(x);
        return bits >= 0 ? bits : -(bits & 0x7FFF_FFFFL);
    }

    private static float fromKey(long key) {
        return key >= 0 ? Float.intBitsToFloat((int) key) : -Float.intBitsToFloat((int) -key);
    }

    private static float one(Lanes f, float x) {
        return f.of(FloatVector.broadcast(Simd.F, x)).lane(Simd.LANES - 1);
    }

    @Test
    void exp() {
        Worst w = worst(Simd::exp, Math::exp, -86.9f, 88.72f, 1009);
        System.out.printf("exp: relative error %.3g%n", w.relative);
        assertThat(w.relative).isLessThan(2e-7);
        assertThat(worst(Simd::exp, Math::exp, -110f, -86.9f, 101).absolute).isLessThan(1.7e-38);
        assertThat(one(Simd::exp, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(one(Simd::exp, 88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(one(Simd::exp, Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(one(Simd::exp, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(one(Simd::exp, -Float.MAX_VALUE)).isZero();
        assertThat(one(Simd::exp, -87.5f)).isZero();
        assertThat(one(Simd::exp, Float.NaN)).isNaN();
        assertThat(one(Simd::exp, 0f)).isEqualTo(1f);
        assertThat(one(Simd::exp, -0f)).isEqualTo(1f);
        assertThat(one(Simd::exp, Float.MIN_VALUE)).isEqualTo(1f);
    }

    @Test
    void sigmoid() {
        Worst w = worst(Simd::sigmoid, x -> 1 / (1 + Math.exp(-x)), -88.7f, 100f, 1009);
        System.out.printf("sigmoid: relative error %.3g%n", w.relative);
        assertThat(w.relative).isLessThan(4e-7);
        assertThat(one(Simd::sigmoid, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(one(Simd::sigmoid, Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(one(Simd::sigmoid, Float.NaN)).isNaN();
    }

    @Test
    void tanh() {
        Worst w = worst(Simd::tanh, Math::tanh, -100f, 100f, 1009);
        System.out.printf("tanh: relative error %.3g%n", w.relative);
        assertThat(w.relative).isLessThan(3e-7);
        assertThat(one(Simd::tanh, Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(one(Simd::tanh, Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(one(Simd::tanh, Float.NaN)).isNaN();
        assertThat(one(Simd::tanh, Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(Float.floatToRawIntBits(one(Simd::tanh, -0f))).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    @Test
    void errorFunction() {
        Lanes tail = NormalTail::of;
        Worst w = worst(tail, a -> ErrorFunction.normalCdf(-a), 0f, 100f, 211);
        System.out.printf("normal tail: absolute error %.3g, erf %.3g%n", w.absolute, 2 * w.absolute);
        assertThat(w.absolute).isLessThan(1e-7);
        assertThat(worst(tail, a -> ErrorFunction.normalCdf(-a), 0f, 5f, 211).relative)
                .isLessThan(3e-6);
        assertThat(one(tail, 1000)).isZero();
        assertThat(one(tail, Float.NaN)).isNaN();
    }

    @Test
    void sumAddsHalvesInAFixedOrder() {
        float[] lanes = new float[Simd.LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = (float) (1e7 / (i + 1) * (i % 3 - 1));
        }
        float actual = LaneSum.of(FloatVector.fromArray(Simd.F, lanes, 0));
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        assertThat(actual).isEqualTo(lanes[0]);
    }
}
