package headway.kernels.softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

class SoftmaxKernelTest extends KernelContract {
    private static final double NAN = 0.0 / 0;
    private static final double INF = 1 / 0.0;

    /// Exponential and quotient err by a few ε, the subtraction of the maximum by ε·|x - max| in the
    /// exponent, here up to 20; the sum of n terms by n·ε/8 at worst for these sizes.
    private static double tolerance(int n) {
        return (24 + n / 8.0) * EPS;
    }

    @FunctionalInterface
    private interface Forward {
        void run(Span y, Span x, int C, int r0, int r1);
    }

    @FunctionalInterface
    private interface Backward {
        void run(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1);
    }

    private static void contract(
            Forward kernel, Forward reference, double absolute, Backward backward, Backward referenceBackward) {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, 3L * n, offset, 1, -10, 10);
            Guarded y = guarded(DType.F32, 3L * n, offset);
            kernel.run(y.span(), x, n, 1, 3);
            kernel.run(y.span(), x, n, 0, 1);
            y.check(what);
            Span expected = span(DType.F32, 3L * n, 0);
            reference.run(expected, x, n, 0, 3);
            assertClose(y.span(), expected, tolerance(n), tolerance(n) * absolute, what);
            Span inPlace = copy(x);
            kernel.run(inPlace, inPlace, n, 0, 3);
            assertSameBits(inPlace, copy(y.span()), what + " in place");

            Span dy = random(DType.F32, 3L * n, offset, 2, -1, 1);
            Span start = random(DType.F32, 3L * n, 0, 3, -1, 1);
            for (boolean accumulate : new boolean[] {false, true}) {
                Guarded dx = guarded(DType.F32, 3L * n, offset);
                dx.span().segment().copyFrom(start.segment());
                backward.run(dx.span(), expected, dy, accumulate, n, 2, 3);
                backward.run(dx.span(), expected, dy, accumulate, n, 0, 2);
                dx.check(what);
                Span expectedDx = copy(start);
                referenceBackward.run(expectedDx, expected, dy, accumulate, n, 0, 3);
                // The sum of dy has up to n terms below 1.
                assertClose(dx.span(), expectedDx, tolerance(n), (4 + n / 4.0) * EPS, what + " backward");
            }
        });
    }

    @Test
    void softmaxMatchesReference() {
        contract(
                SoftmaxKernel::forward,
                SoftmaxKernel::reference,
                0,
                SoftmaxKernel::backward,
                SoftmaxKernel::referenceBackward);
    }

    @Test
    void logSoftmaxMatchesReference() {
        contract(
                SoftmaxKernel::logForward,
                SoftmaxKernel::referenceLog,
                1, // a relative error of the sum is an absolute one of its logarithm
                SoftmaxKernel::logBackward,
                SoftmaxKernel::referenceLogBackward);
    }

    @Test
    void undefinedRowsAreNanAndMaskedEntriesZero() {
        for (int width : new int[] {3, 16, 37}) {
            Span x = span(DType.F32, 4L * width, 0);
            for (int c = 0; c < width; c++) {
                x.set(c, c == 1 ? 2 : -INF);
                x.set(width + c, -INF);
                x.set(2L * width + c, c == width - 1 ? NAN : 1);
                x.set(3L * width + c, c == 0 ? INF : 1);
            }
            Span y = span(DType.F32, 4L * width, 0);
            SoftmaxKernel.forward(y, x, width, 0, 4);
            Span log = span(DType.F32, 4L * width, 0);
            SoftmaxKernel.logForward(log, x, width, 0, 4);
            for (int c = 0; c < width; c++) {
                assertThat(y.get(c)).isEqualTo(c == 1 ? 1 : 0);
                assertThat(log.get(c)).isEqualTo(c == 1 ? 0 : -INF);
                for (int r = 1; r < 3; r++) {
                    assertThat(y.get((long) r * width + c)).as("row %d", r).isNaN();
                    assertThat(log.get((long) r * width + c)).as("row %d", r).isNaN();
                }
                assertThat(y.get(3L * width + c)).as("+∞ row").isNaN();
            }
        }
    }

    @Test
    void largeInputsDoNotOverflow() {
        Span y = of(DType.F32, 3e38, 3e38, -3e38);
        SoftmaxKernel.forward(y, y, 3, 0, 1);
        assertThat(values(y)).containsExactly(0.5, 0.5, 0);
        Span log = of(DType.F32, 1000, 0, 1000);
        SoftmaxKernel.logForward(log, log, 3, 0, 1);
        assertThat(log.get(0)).isCloseTo(-Math.log(2), offset(1e-7));
        assertThat(log.get(1)).isCloseTo(-1000 - Math.log(2), offset(1e-4));
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        Span x = random(DType.F64, 10, 0, 4, -2, 2);
        Span y = span(DType.F64, 10, 0);
        Span dy = random(DType.F64, 10, 0, 5, -1, 1);
        Span dx = span(DType.F64, 10, 0);
        SoftmaxKernel.forward(y, x, 5, 0, 2);
        SoftmaxKernel.backward(dx, y, dy, false, 5, 0, 2);
        assertGradient(x, dx, y, dy, () -> SoftmaxKernel.forward(y, x, 5, 0, 2), "softmax");
        SoftmaxKernel.logForward(y, x, 5, 0, 2);
        SoftmaxKernel.logBackward(dx, y, dy, false, 5, 0, 2);
        assertGradient(x, dx, y, dy, () -> SoftmaxKernel.logForward(y, x, 5, 0, 2), "log-softmax");
    }

    @Test
    void crossEntropyMatchesReference() {
        everySize((n, offset, what) -> {
            if (n == 0) {
                return;
            }
            Span logits = random(DType.F32, 3L * n, offset, 6, -10, 10);
            Span labels = of(DType.I32, n - 1, -100, n / 2);
            Guarded loss = guarded(DType.F32, 3, offset);
            Guarded lse = guarded(DType.F32, 3, offset);
            CrossEntropyKernel.forward(loss.span(), lse.span(), logits, labels, -100, n, 1, 3);
            CrossEntropyKernel.forward(loss.span(), lse.span(), logits, labels, -100, n, 0, 1);
            loss.check(what);
            lse.check(what);
            Span expectedLoss = span(DType.F32, 3, 0);
            Span expectedLse = span(DType.F32, 3, 0);
            CrossEntropyKernel.reference(expectedLoss, expectedLse, logits, labels, -100, n, 0, 3);
            assertClose(loss.span(), expectedLoss, tolerance(n), tolerance(n), what);
            assertClose(lse.span(), expectedLse, tolerance(n), tolerance(n), what);
            assertThat(loss.span().get(1)).isZero();

            Guarded d = guarded(DType.F32, 3L * n, offset);
            d.span().segment().copyFrom(logits.segment());
            CrossEntropyKernel.backward(d.span(), d.span(), expectedLse, labels, -100, 0.25, n, 0, 2);
            CrossEntropyKernel.backward(d.span(), d.span(), expectedLse, labels, -100, 0.25, n, 2, 3);
            d.check(what);
            Span expected = span(DType.F32, 3L * n, 0);
            CrossEntropyKernel.referenceBackward(expected, logits, expectedLse, labels, -100, 0.25, n, 0, 3);
            assertClose(d.span(), expected, tolerance(0), EPS, what + " backward, in place");
        });
    }

    @Test
    void crossEntropyDerivativeMatchesFiniteDifferences() {
        Span logits = random(DType.F64, 12, 0, 7, -2, 2);
        Span labels = of(DType.I32, 3, -100, 0);
        Span loss = span(DType.F64, 3, 0);
        Span lse = span(DType.F64, 3, 0);
        Span ones = of(DType.F64, 0.5, 0.5, 0.5);
        Span d = span(DType.F64, 12, 0);
        Runnable forward = () -> CrossEntropyKernel.forward(loss, lse, logits, labels, -100, 4, 0, 3);
        forward.run();
        CrossEntropyKernel.backward(d, logits, lse, labels, -100, 0.5, 4, 0, 3);
        assertGradient(logits, d, loss, ones, forward, "cross entropy");
    }

    @Test
    void errors() {
        Span x = span(DType.F32, 8, 0);
        Span small = span(DType.F32, 3, 0);
        assertThatThrownBy(() -> SoftmaxKernel.forward(x, small, 4, 0, 2))
                .hasMessage("[softmax] x has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> SoftmaxKernel.logBackward(x, x, small, false, 4, 0, 2))
                .hasMessage("[log-softmax backward] dy has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> CrossEntropyKernel.forward(small, small, x, of(DType.I32, 0, 4), -100, 4, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        "[cross entropy] label 4 at row 1 is outside the classes 0 … 3 and is not ignoreIndex=-100");
        assertThatThrownBy(() -> CrossEntropyKernel.forward(small, small, x, of(DType.F32, 0, 1), -100, 4, 0, 2))
                .hasMessage("[cross entropy] labels is F32; expected I32");
    }
}
