package headway.kernels.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationKernelTest extends KernelContract {
    /// Eight roundings of numbers up to |x|, beside the errors of exp and Φ stated in Simd.
    private static final double RELATIVE = 8 * EPS;

    private static final double ABSOLUTE = 3e-7;

    @Test
    void errorFunctionMatchesTabulatedValues() {
        // Abramowitz & Stegun, table 7.1, and DLMF; the digits a double holds.
        assertThat(ErrorFunction.erf(0.5)).isCloseTo(0.5204998778130465, offset(1e-15));
        assertThat(ErrorFunction.erf(-1)).isCloseTo(-0.8427007929497149, offset(1e-15));
        assertThat(ErrorFunction.erf(2)).isCloseTo(0.9953222650189527, offset(1e-15));
        assertThat(ErrorFunction.erf(3)).isCloseTo(0.9999779095030014, offset(1e-15));
        assertThat(ErrorFunction.erfc(5)).isCloseTo(1.5374597944280349e-12, offset(1e-25));
        assertThat(ErrorFunction.erfc(10)).isCloseTo(2.088487583762545e-45, offset(1e-58));
        assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        // Both formulas agree where one takes over from the other.
        assertThat(ErrorFunction.erf(Math.nextDown(2.5))).isCloseTo(ErrorFunction.erf(2.5), offset(1e-15));
    }

    @Test
    void valuesMatchPublishedOnes() {
        // torch.nn.functional at x = 1, -2.
        assertThat(Activation.GELU.value(1)).isCloseTo(0.8413447460685429, offset(1e-15));
        assertThat(Activation.GELU_TANH.value(1)).isCloseTo(0.8411919906082768, offset(1e-15));
        assertThat(Activation.GELU_SIGMOID.value(1)).isCloseTo(1 / (1 + Math.exp(-1.702)), offset(1e-15));
        assertThat(Activation.SILU.value(-2)).isCloseTo(-0.2384058440442351, offset(1e-15));
        assertThat(Activation.RELU.value(-2)).isZero();
    }

    /// Hugging Face's functions and their gradients, in f64.
    @Test
    void rareOnesMatchPublishedValues() {
        published(Activation.RELU_SQUARED, -1, 0.0, 0.0);
        published(Activation.RELU_SQUARED, 2.5, 6.25, 5.0);
        published(Activation.RELU_6, -1, 0.0, 0.0);
        published(Activation.RELU_6, 2.5, 2.5, 1.0);
        published(Activation.RELU_6, 7, 6.0, 0.0);
        published(Activation.LEAKY_RELU, -1.5, -0.015, 0.01);
        published(Activation.LEAKY_RELU, 2.5, 2.5, 1.0);
        published(Activation.GELU_10, -1.5, -0.10021080190328704, -0.1274691922299796);
        published(Activation.GELU_10, 9.5, 9.5, 1.0);
        published(Activation.GELU_10, 12, 10.0, 0.0);
        published(Activation.HARD_SWISH, -4, 0.0, 0.0);
        published(Activation.HARD_SWISH, -1.5, -0.375, 0.0);
        published(Activation.HARD_SWISH, 2.5, 2.2916666666666665, 1.3333333333333335);
        published(Activation.HARD_SWISH, 5, 5.0, 1.0);
        published(Activation.MISH, -1.5, -0.29809974216680674, -0.06409781589225869);
        published(Activation.MISH, 2.5, 2.471392304557881, 1.041129530131353);
        published(Activation.LAPLACE, -0.5, 9.383381167682447e-06, 0.00014942904849454824);
        published(Activation.LAPLACE, 0.5, 0.23142114841057387, 1.0801140509582396);
        published(Activation.LAPLACE, 1, 0.8504296492845703, 0.8249457674635579);
        published(Activation.SQRT_SOFTPLUS, -1.5, 0.4487909067514096, 0.20324110968162273);
        published(Activation.SQRT_SOFTPLUS, 2.5, 1.6058921926121161, 0.28773470106843335);
    }

    private static void published(Activation f, double x, double value, double derivative) {
        assertThat(f.value(x)).as("%s(%s)", f, x).isCloseTo(value, offset(1e-14));
        assertThat(f.derivative(x)).as("%s'(%s)", f, x).isCloseTo(derivative, offset(1e-14));
    }

    @ParameterizedTest
    @EnumSource
    void matchesReference(Activation f) {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, n, offset, 1, -12, 12);
            Guarded y = guarded(DType.F32, n, offset);
            ActivationKernel.forward(y.span(), x, f, 0, n);
            y.check(what);
            Span expected = span(DType.F32, n, 0);
            ActivationKernel.reference(expected, x, f, 0, n);
            assertClose(y.span(), expected, RELATIVE, ABSOLUTE, f + ", " + what);

            Span dy = random(DType.F32, n, offset, 2, -1, 1);
            Span start = random(DType.F32, n, offset, 3, -1, 1);
            for (boolean accumulate : new boolean[] {false, true}) {
                Guarded dx = guarded(DType.F32, n, offset);
                dx.span().segment().copyFrom(start.segment());
                ActivationKernel.backward(dx.span(), x, dy, f, accumulate, 0, n);
                dx.check(what);
                Span expectedDx = copy(start);
                ActivationKernel.referenceBackward(expectedDx, x, dy, f, accumulate, 0, n);
                assertClose(dx.span(), expectedDx, RELATIVE, 2 * ABSOLUTE, f + " backward, " + what);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anySplitGivesTheSameBits(Activation f) {
        int n = 129;
        Span x = random(DType.F32, n, 1, 4, -8, 8);
        Span dy = random(DType.F32, n, 1, 5, -1, 1);
        Span whole = span(DType.F32, n, 0);
        Span wholeDx = span(DType.F32, n, 0);
        ActivationKernel.forward(whole, x, f, 0, n);
        ActivationKernel.backward(wholeDx, x, dy, f, false, 0, n);
        for (int cut : new int[] {0, 1, 7, 16, 50, 128}) {
            Span y = copy(x);
            ActivationKernel.forward(y, y, f, cut, n);
            ActivationKernel.forward(y, y, f, 0, cut);
            assertSameBits(y, whole, f + " in place, cut at " + cut);
            Span dx = copy(dy);
            ActivationKernel.backward(dx, x, dx, f, false, 0, cut);
            ActivationKernel.backward(dx, x, dx, f, false, cut, n);
            assertSameBits(dx, wholeDx, f + " backward in place, cut at " + cut);
        }
    }

    @ParameterizedTest
    @EnumSource
    void farAndUndefinedInputs(Activation f) {
        double[] far = {1e10, -1e10, 3e38, -3e38, 1 / 0.0, -1 / 0.0, 0.0 / 0, 1e-40, -1e-40, 90, -90, 200, -200};
        Span x = of(DType.F32, far);
        Span ones = span(DType.F32, far.length, 0);
        headway.kernels.elementwise.ElementwiseKernel.fill(ones, 1, 0, far.length);
        Span y = copy(x);
        Span dx = copy(x);
        ActivationKernel.forward(y, x, f, 0, far.length);
        ActivationKernel.backward(dx, x, ones, f, false, 0, far.length);
        for (int i = 0; i < far.length; i++) {
            double v = x.get(i);
            if (v != v) {
                assertThat(y.get(i)).isNaN();
                assertThat(dx.get(i) == 1 && f == Activation.IDENTITY || dx.get(i) != dx.get(i))
                        .as("%s derivative at NaN: %s", f, dx.get(i))
                        .isTrue();
            } else if (Double.isInfinite(v)) {
                assertThat(y.get(i)).as("%s(%s)", f, v).isEqualTo((float) f.value(v) + 0.0);
                assertThat(dx.get(i)).as("%s'(%s)", f, v).isCloseTo(f.derivative(v), offset(1e-7));
            } else {
                assertThat(y.get(i))
                        .as("%s(%s)", f, v)
                        .isCloseTo((float) f.value(v), offset(Math.abs(v) * EPS + 1e-30));
                assertThat(dx.get(i)).as("%s'(%s)", f, v).isCloseTo((float) f.derivative(v), offset(3e-7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void derivativeMatchesFiniteDifferences(Activation f) {
        Span x = random(DType.F64, 41, 0, 6, -6, 6);
        Span y = span(DType.F64, 41, 0);
        Span dy = random(DType.F64, 41, 0, 7, -1, 1);
        Span dx = span(DType.F64, 41, 0);
        ActivationKernel.backward(dx, x, dy, f, false, 0, 41);
        assertGradient(x, dx, y, dy, () -> ActivationKernel.forward(y, x, f, 0, 41), f.name());
    }

    @ParameterizedTest
    @EnumSource
    void gatedMatchesReference(Activation f) {
        everySize((n, offset, what) -> {
            int rows = n < 100 ? 3 : 2;
            long stride = 2L * n;
            Span fused = random(DType.F32, rows * stride, offset, 8, -6, 6);
            Span up = fused.slice(n, Math.max(0, rows * stride - n));
            Guarded y = guarded(DType.F32, (long) rows * n, offset);
            GatedActivationKernel.forward(y.span(), fused, stride, up, stride, f, n, 0, rows);
            y.check(what);
            Span expected = span(DType.F32, (long) rows * n, 0);
            GatedActivationKernel.reference(expected, fused, stride, up, stride, f, n, 0, rows);
            assertClose(y.span(), expected, RELATIVE, 6 * ABSOLUTE, f + " gated, " + what);

            Span dy = random(DType.F32, (long) rows * n, offset, 9, -1, 1);
            Guarded d = guarded(DType.F32, rows * stride, offset);
            d.span().segment().copyFrom(fused.segment());
            Span expectedD = copy(fused);
            for (boolean accumulate : new boolean[] {true, false}) {
                Span dup = d.span().slice(n, up.count());
                GatedActivationKernel.backward(d.span(), dup, fused, stride, up, stride, dy, f, accumulate, n, 0, rows);
                d.check(what);
                Span expectedUp = expectedD.slice(n, up.count());
                GatedActivationKernel.referenceBackward(
                        expectedD, expectedUp, fused, stride, up, stride, dy, f, accumulate, n, 0, rows);
                assertClose(d.span(), expectedD, RELATIVE, 12 * ABSOLUTE, f + " gated backward, " + what);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void gatedDerivativeMatchesFiniteDifferences(Activation f) {
        Span gate = random(DType.F64, 12, 0, 10, -3, 3);
        Span up = random(DType.F64, 12, 0, 11, -3, 3);
        Span dy = random(DType.F64, 12, 0, 12, -1, 1);
        Span y = span(DType.F64, 12, 0);
        Span dgate = span(DType.F64, 12, 0);
        Span dup = span(DType.F64, 12, 0);
        GatedActivationKernel.backward(dgate, dup, gate, 4, up, 4, dy, f, false, 4, 0, 3);
        Runnable forward = () -> GatedActivationKernel.forward(y, gate, 4, up, 4, f, 4, 0, 3);
        assertGradient(gate, dgate, y, dy, forward, f + " gate");
        assertGradient(up, dup, y, dy, forward, f + " up");
    }

    @Test
    void sixteenBitStorageTakesTheReference() {
        Span x = of(DType.BF16, 1, -2, 0.5);
        Span y = span(DType.BF16, 3, 0);
        ActivationKernel.forward(y, x, Activation.RELU, 0, 3);
        assertThat(values(y)).containsExactly(1, 0, 0.5);
    }

    @Test
    void errors() {
        Span small = span(DType.F32, 3, 0);
        Span large = span(DType.F32, 8, 0);
        assertThatThrownBy(() -> ActivationKernel.forward(large, small, Activation.SILU, 0, 8))
                .hasMessage("[activation] x has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> ActivationKernel.backward(large, large, small, Activation.SILU, false, 0, 8))
                .hasMessage("[activation backward] dy has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> GatedActivationKernel.forward(large, large, 3, large, 4, Activation.SILU, 4, 0, 2))
                .hasMessage("[gated activation] row stride 3 of gate is less than the row's 4 elements");
        assertThatThrownBy(() -> GatedActivationKernel.forward(large, large, 4, small, 4, Activation.SILU, 4, 0, 2))
                .hasMessage("[gated activation] up has 3 elements of F32; the given sizes need 8");
    }
}
