package headway.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

class PhiloxTest extends KernelContract {
    /// Known answers of the Random123 distribution, `philox4x32 10`.
    @Test
    void knownAnswers() {
        assertThat(Philox.block(0, 0, 0, 0, 0, 0))
                .isEqualTo(new Philox.Block(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
        assertThat(Philox.block(-1, -1, -1, -1, -1, -1))
                .isEqualTo(new Philox.Block(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
        assertThat(Philox.block(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
                .isEqualTo(new Philox.Block(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
    }

    @Test
    void indexAndKeyFillCounterAndKeyFromTheLowEnd() {
        assertThat(Philox.bits(0, 0)).isEqualTo(0x6627e8d5);
        assertThat(Philox.bits(0, 3)).isEqualTo(0x9b00dbd8);
        long key = 0x1122334455667788L;
        long block = 0x0ABBCCDDEEFF0011L;
        assertThat(Philox.bits(key, 4 * block + 2))
                .isEqualTo(Philox.block(0x55667788, 0x11223344, 0xEEFF0011, 0x0ABBCCDD, 0, 0)
                        .word2());
    }

    @Test
    void uniformSpansMatchSingleNumbers() {
        everySize((n, offset, what) -> {
            Guarded y = guarded(DType.F32, n, offset);
            Philox.uniform(y.span(), 42, 5, -2, 6, n / 2, n);
            Philox.uniform(y.span(), 42, 5, -2, 6, 0, n / 2);
            y.check(what);
            for (int i = 0; i < n; i++) {
                assertThat(y.span().get(i)).isEqualTo((float) (-2 + 8.0 * Philox.uniform(42, 5 + i)));
            }
        });
    }

    @Test
    void momentsAreThoseOfTheDistributions() {
        int n = 1 << 16;
        Span y = span(DType.F32, n, 0);
        Philox.normal(y, 7, 0, 1, 2, 0, n);
        double[] z = values(y);
        // Five standard errors: 5·2/√n for the mean, 5·√2·4/√n for the variance.
        double mean = java.util.Arrays.stream(z).average().orElseThrow();
        double variance = java.util.Arrays.stream(z)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1, offset(0.04));
        assertThat(variance).isCloseTo(4, offset(0.12));
        Philox.uniform(y, 7, 0, 0, 1, 0, n);
        assertThat(java.util.Arrays.stream(values(y)).average().orElseThrow()).isCloseTo(0.5, offset(0.006));
        assertThat(java.util.Arrays.stream(values(y)).min().orElseThrow()).isBetween(0.0, 0.001);
        assertThat(java.util.Arrays.stream(values(y)).max().orElseThrow()).isBetween(0.999, Math.nextDown(1.0));
    }

    @Test
    void normalIsBoxMullerOfTwoNumbers() {
        Span y = span(DType.F64, 9, 0);
        Philox.normal(y, 3, 100, 0, 1, 0, 4);
        Philox.normal(y, 3, 100, 0, 1, 4, 9);
        for (int i = 0; i < 9; i++) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - (double) Philox.uniform(3, 2 * (100 + i))));
            double angle = 2 * Math.PI * Philox.uniform(3, 2 * (100 + i) + 1);
            assertThat(y.get(i)).isEqualTo(radius * StrictMath.cos(angle));
        }
    }

    @Test
    void dropoutMatchesReference() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, n, offset, 1, -1, 1);
            Span start = random(DType.F32, n, 0, 2, -1, 1);
            for (double p : new double[] {0, 0.1, 0.5, 1}) {
                for (boolean accumulate : new boolean[] {false, true}) {
                    Guarded y = guarded(DType.F32, n, offset);
                    y.span().segment().copyFrom(start.segment());
                    DropoutKernel.apply(y.span(), x, p, 9, 1, accumulate, 0, n);
                    y.check(what);
                    Span expected = copy(start);
                    DropoutKernel.reference(expected, x, p, 9, 1, accumulate, 0, n);
                    assertClose(y.span(), expected, 2 * EPS, 2 * EPS, what + ", p=" + p);
                    Span parts = copy(start);
                    DropoutKernel.apply(parts, x, p, 9, 1, accumulate, n / 3, n);
                    DropoutKernel.apply(parts, x, p, 9, 1, accumulate, 0, n / 3);
                    assertSameBits(parts, copy(y.span()), what + " in parts");
                }
            }
        });
    }

    @Test
    void dropoutKeepsTheStatedShare() {
        int n = 1 << 16;
        Span x = span(DType.F32, n, 0);
        headway.kernels.elementwise.ElementwiseKernel.fill(x, 1, 0, n);
        DropoutKernel.apply(x, x, 0.25, 11, 0, false, 0, n);
        long kept = java.util.Arrays.stream(values(x)).filter(v -> v != 0).count();
        assertThat(kept / (double) n).isCloseTo(0.75, offset(0.01));
        assertThat(values(x)).containsOnly(0.0, (double) (float) (1 / 0.75));
    }

    @Test
    void errors() {
        Span s = span(DType.F32, 3, 0);
        assertThatThrownBy(() -> DropoutKernel.apply(s, s, 1.5, 0, 0, false, 0, 3))
                .hasMessage("[dropout] p=1.5; expected a probability 0 ≤ p ≤ 1");
        assertThatThrownBy(() -> DropoutKernel.apply(s, s, 0.5, 0, 0, false, 0, 4))
                .hasMessage("[dropout] y has 3 elements of F32; the given sizes need 4");
        assertThatThrownBy(() -> Philox.normal(s, 0, 0, 0, 1, 0, 4))
                .hasMessage("[normal] y has 3 elements of F32; the given sizes need 4");
    }
}
