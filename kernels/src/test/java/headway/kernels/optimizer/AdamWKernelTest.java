package headway.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

class AdamWKernelTest extends KernelContract {
    private static final AdamWStep STEP = new AdamWStep(1e-2, 0.9, 0.95, 1e-8, 0.1, 0.5, 3);

    @Test
    void matchesReference() {
        everySize((n, offset, what) -> {
            Guarded w = guarded(DType.F32, n, offset);
            Guarded m = guarded(DType.F32, n, offset);
            Guarded v = guarded(DType.F32, n, offset);
            Span g = random(DType.F32, n, offset, 1, -1, 1);
            w.span().segment().copyFrom(random(DType.F32, n, 0, 2, -1, 1).segment());
            m.span().segment().copyFrom(random(DType.F32, n, 0, 3, -1, 1).segment());
            v.span().segment().copyFrom(random(DType.F32, n, 0, 4, 0.01, 1).segment());
            Span w2 = copy(w.span()), m2 = copy(m.span()), v2 = copy(v.span());
            Span w3 = copy(w.span()), m3 = copy(m.span()), v3 = copy(v.span());
            AdamWKernel.step(w.span(), g, m.span(), v.span(), STEP, 0, n);
            w.check(what);
            m.check(what);
            v.check(what);
            AdamWKernel.reference(w2, g, m2, v2, STEP, 0, n);
            assertClose(m.span(), m2, 4 * EPS, 4 * EPS, what + ", m");
            assertClose(v.span(), v2, 4 * EPS, 0, what + ", v");
            assertClose(w.span(), w2, 2 * EPS, 4 * EPS, what + ", w");
            AdamWKernel.step(w3, g, m3, v3, STEP, n / 3, n);
            AdamWKernel.step(w3, g, m3, v3, STEP, 0, n / 3);
            assertSameBits(w3, copy(w.span()), what + " in parts");
            assertSameBits(v3, copy(v.span()), what + " in parts");
        });
    }

    /// Three steps on one weight with a constant gradient, by hand: with a constant gradient both
    /// corrected moments are the gradient and its square, so each step is `w·(1 - lr·wd) - lr·g/(|g| +
    /// eps)`.
    @Test
    void constantGradientMovesByTheLearningRate() {
        Span w = of(DType.F64, 0.5), m = of(DType.F64, 0), v = of(DType.F64, 0), g = of(DType.F64, -4);
        double expected = 0.5;
        for (int t = 1; t <= 3; t++) {
            AdamWKernel.step(w, g, m, v, new AdamWStep(0.1, 0.9, 0.999, 1e-3, 0.2, 0.5, t), 0, 1);
            expected = expected * (1 - 0.1 * 0.2) + 0.1 * 2 / (2 + 1e-3);
            assertThat(w.get(0)).as("step %d", t).isCloseTo(expected, offset(1e-14));
        }
        assertThat(m.get(0)).isCloseTo(-2 * (1 - Math.pow(0.9, 3)), offset(1e-14));
        assertThat(v.get(0)).isCloseTo(4 * (1 - Math.pow(0.999, 3)), offset(1e-14));
    }

    @Test
    void errors() {
        Span s = span(DType.F32, 3, 0);
        Span l = span(DType.F32, 8, 0);
        assertThatThrownBy(() -> AdamWKernel.step(l, l, l, s, STEP, 0, 8))
                .hasMessage("[adamw] v has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> new AdamWStep(1, 0.9, 0.9, 1e-8, 0, 1, 0))
                .hasMessage("[adamw] step=0; steps count from 1");
        assertThatThrownBy(() -> new AdamWStep(1, 1, 0.9, 1e-8, 0, 1, 1))
                .hasMessage("[adamw] beta1=1.0, beta2=0.9; expected 0 ≤ beta < 1");
    }
}
