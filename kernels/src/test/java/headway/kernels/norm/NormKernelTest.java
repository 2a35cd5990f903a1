package headway.kernels.norm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

/// Both norms. Tolerance: sums of n terms err by less than n·ε of Σ|terms|, here of order 1 after
/// division by n; a handful of roundings on top.
class NormKernelTest extends KernelContract {
    private static final double EPSILON = 1e-5;

    /// Rounding grows with √n at worst for the random signs here; n·ε/8 leaves room.
    private static double tolerance(int n) {
        return (16 + n / 8.0) * EPS;
    }

    @Test
    void layerNormMatchesReference() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, 3L * n, offset, 1, -2, 5);
            for (boolean affine : new boolean[] {true, false}) {
                Span w = affine ? random(DType.F32, n, offset, 2, -2, 2) : null;
                Span b = affine ? random(DType.F32, n, offset, 3, -2, 2) : null;
                Guarded y = guarded(DType.F32, 3L * n, offset);
                LayerNormKernel.forward(y.span(), x, w, b, EPSILON, n, 1, 3);
                LayerNormKernel.forward(y.span(), x, w, b, EPSILON, n, 0, 1);
                y.check(what);
                Span expected = span(DType.F32, 3L * n, 0);
                for (int r = 0; r < 3; r++) {
                    LayerNormKernel.reference(expected, x, w, b, EPSILON, n, r);
                }
                assertClose(y.span(), expected, tolerance(n), 8 * tolerance(n), what);
            }
        });
    }

    @Test
    void layerNormBackwardMatchesReference() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, 3L * n, offset, 1, -2, 5);
            Span dy = random(DType.F32, 3L * n, offset, 2, -1, 1);
            Span start = random(DType.F32, 3L * n, offset, 3, -1, 1);
            for (int mode = 0; mode < 4; mode++) {
                boolean accumulate = (mode & 1) == 1;
                Span w = mode < 2 ? random(DType.F32, n, offset, 4, -2, 2) : null;
                Guarded dx = guarded(DType.F32, 3L * n, offset);
                dx.span().segment().copyFrom(start.segment());
                Guarded partial = guarded(DType.F32, 2L * n, offset);
                Span expected = copy(start);
                Span expectedPartial = of(DType.F32, new double[2 * n]);
                for (int r = 0; r < 3; r++) {
                    LayerNormKernel.referenceBackward(expected, expectedPartial, x, w, dy, EPSILON, accumulate, n, r);
                }
                LayerNormKernel.backward(dx.span(), partial.span(), x, w, dy, EPSILON, accumulate, n, 0, 3);
                dx.check(what);
                partial.check(what);
                // rstd of short rows may be large: two elements that nearly agree.
                double scale = n < 4 ? 500 : 8;
                assertClose(dx.span(), expected, tolerance(n), scale * tolerance(n), what + ", mode " + mode);
                assertClose(partial.span(), expectedPartial, tolerance(n), scale * tolerance(n), what + ", partial");
                Span rows = copy(start);
                LayerNormKernel.backward(rows, null, x, w, dy, EPSILON, accumulate, n, 2, 3);
                LayerNormKernel.backward(rows, null, x, w, dy, EPSILON, accumulate, n, 0, 2);
                assertSameBits(rows, copy(dx.span()), what + " in parts");
            }
        });
    }

    @Test
    void rmsNormMatchesReference() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, 3L * n, offset, 1, -2, 5);
            for (int mode = 0; mode < 3; mode++) {
                Span w = mode < 2 ? random(DType.F32, n, offset, 2, -2, 2) : null;
                double shift = mode;
                Guarded y = guarded(DType.F32, 3L * n, offset);
                RmsNormKernel.forward(y.span(), x, w, shift, EPSILON, n, 1, 3);
                RmsNormKernel.forward(y.span(), x, w, shift, EPSILON, n, 0, 1);
                y.check(what);
                Span expected = span(DType.F32, 3L * n, 0);
                for (int r = 0; r < 3; r++) {
                    RmsNormKernel.reference(expected, x, w, shift, EPSILON, n, r);
                }
                assertClose(y.span(), expected, tolerance(n), 4 * EPS, what + ", mode " + mode);
            }
        });
    }

    @Test
    void rmsNormBackwardMatchesReference() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, 3L * n, offset, 1, -2, 5);
            Span dy = random(DType.F32, 3L * n, offset, 2, -1, 1);
            Span start = random(DType.F32, 3L * n, offset, 3, -1, 1);
            for (int mode = 0; mode < 4; mode++) {
                boolean accumulate = (mode & 1) == 1;
                Span w = mode < 2 ? random(DType.F32, n, offset, 4, -2, 2) : null;
                Guarded dx = guarded(DType.F32, 3L * n, offset);
                dx.span().segment().copyFrom(start.segment());
                Guarded partial = guarded(DType.F32, n, offset);
                Span expected = copy(start);
                Span expectedPartial = of(DType.F32, new double[n]);
                for (int r = 0; r < 3; r++) {
                    RmsNormKernel.referenceBackward(expected, expectedPartial, x, w, dy, 1, EPSILON, accumulate, n, r);
                }
                RmsNormKernel.backward(dx.span(), partial.span(), x, w, dy, 1, EPSILON, accumulate, n, 0, 3);
                dx.check(what);
                partial.check(what);
                assertClose(dx.span(), expected, tolerance(n), 50 * tolerance(n), what + ", mode " + mode);
                assertClose(partial.span(), expectedPartial, tolerance(n), 8 * tolerance(n), what + ", partial");
                Span rows = copy(start);
                RmsNormKernel.backward(rows, null, x, w, dy, 1, EPSILON, accumulate, n, 2, 3);
                RmsNormKernel.backward(rows, null, x, w, dy, 1, EPSILON, accumulate, n, 0, 2);
                assertSameBits(rows, copy(dx.span()), what + " in parts");
            }
        });
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        int n = 5;
        Span x = random(DType.F64, 2 * n, 0, 1, -2, 2);
        Span w = random(DType.F64, n, 0, 2, -2, 2);
        Span b = random(DType.F64, n, 0, 3, -2, 2);
        Span y = span(DType.F64, 2 * n, 0);
        Span dy = random(DType.F64, 2 * n, 0, 4, -1, 1);
        Span dx = span(DType.F64, 2 * n, 0);
        Span partial = span(DType.F64, 2 * n, 0);
        LayerNormKernel.backward(dx, partial, x, w, dy, EPSILON, false, n, 0, 2);
        Runnable layer = () -> LayerNormKernel.forward(y, x, w, b, EPSILON, n, 0, 2);
        assertGradient(x, dx, y, dy, layer, "layer norm x");
        assertGradient(w, partial.slice(0, n), y, dy, layer, "layer norm w");
        assertGradient(b, partial.slice(n, n), y, dy, layer, "layer norm b");
        RmsNormKernel.backward(dx, partial, x, w, dy, 1, EPSILON, false, n, 0, 2);
        Runnable rms = () -> RmsNormKernel.forward(y, x, w, 1, EPSILON, n, 0, 2);
        assertGradient(x, dx, y, dy, rms, "rms norm x");
        assertGradient(w, partial.slice(0, n), y, dy, rms, "rms norm w");
    }

    @Test
    void largeAndTinyNumbersDoNotOverflow() {
        int n = 40;
        Span ones = of(DType.F32, new double[n]);
        headway.kernels.elementwise.ElementwiseKernel.fill(ones, 1, 0, n);
        for (double magnitude : new double[] {3e38, 1e25, 1e-25}) {
            Span x = span(DType.F32, n, 0);
            for (int i = 0; i < n; i++) {
                x.set(i, i % 2 == 0 ? magnitude : -magnitude);
            }
            Span y = span(DType.F32, n, 0);
            RmsNormKernel.forward(y, x, ones, 0, 0, n, 0, 1);
            assertThat(y.get(0)).as("rms of %s", magnitude).isCloseTo(1, offset(4 * EPS));
            assertThat(y.get(1)).isCloseTo(-1, offset(4 * EPS));
            if (magnitude > 1) {
                LayerNormKernel.forward(y, x, ones, null, 0, n, 0, 1);
                assertThat(y.get(0)).as("layer norm of %s", magnitude).isCloseTo(1, offset(4 * EPS));
            }
        }
        Span nan = copy(ones);
        nan.set(7, 0.0 / 0);
        Span y = span(DType.F32, n, 0);
        RmsNormKernel.forward(y, nan, null, 0, EPSILON, n, 0, 1);
        assertThat(values(y)).containsOnly(Double.NaN);
        LayerNormKernel.forward(y, nan, null, null, EPSILON, n, 0, 1);
        assertThat(values(y)).containsOnly(Double.NaN);
    }

    @Test
    void varianceDoesNotCancelBesideALargeMean() {
        int n = 256;
        Span x = span(DType.F32, n, 0);
        for (int i = 0; i < n; i++) {
            x.set(i, 4096 + i % 2);
        }
        Span y = span(DType.F32, n, 0);
        LayerNormKernel.forward(y, x, null, null, 0, n, 0, 1);
        assertThat(y.get(0)).isCloseTo(-1, offset(1e-3));
        assertThat(y.get(1)).isCloseTo(1, offset(1e-3));
    }

    @Test
    void noRowsStillClearThePartialSums() {
        Span none = span(DType.F32, 0, 0);
        Span partial = random(DType.F32, 6, 0, 1, 1, 2);
        LayerNormKernel.backward(none, partial, none, null, none, EPSILON, false, 3, 0, 0);
        assertThat(values(partial)).containsOnly(0.0);
    }

    @Test
    void errors() {
        Span x = span(DType.F32, 8, 0);
        Span small = span(DType.F32, 3, 0);
        assertThatThrownBy(() -> LayerNormKernel.forward(x, x, small, null, 1e-5, 4, 0, 2))
                .hasMessage("[layer norm] w has 3 elements of F32; the given sizes need 4");
        assertThatThrownBy(() -> LayerNormKernel.backward(x, small, x, null, x, 1e-5, false, 4, 0, 2))
                .hasMessage("[layer norm backward] partial has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> RmsNormKernel.forward(x, small, null, 0, 1e-5, 4, 0, 2))
                .hasMessage("[rms norm] x has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> RmsNormKernel.backward(x, small, x, null, x, 0, 1e-5, false, 4, 0, 2))
                .hasMessage("[rms norm backward] partial has 3 elements of F32; the given sizes need 4");
    }
}
