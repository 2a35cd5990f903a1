package headway.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

class ReduceKernelTest extends KernelContract {
    @Test
    void columnSumMatchesReference() {
        everySize((n, offset, what) -> {
            int rows = 67;
            int stride = n + 2;
            Span x = random(DType.F32, (long) rows * stride, offset, 1, -1, 1);
            for (boolean accumulate : new boolean[] {false, true}) {
                Guarded y = guarded(DType.F32, n, offset);
                y.span().segment().fill((byte) 0x3C);
                Span expected = copy(y.span());
                Span parts = copy(y.span());
                ReduceKernel.columnSum(y.span(), x, stride, rows, accumulate, 0, n);
                y.check(what);
                ReduceKernel.reference(expected, x, stride, rows, accumulate, 0, n);
                // n·ε·Σ|x| with Σ|x| ≤ rows.
                assertClose(y.span(), expected, 0, rows * EPS * rows, what);
                ReduceKernel.columnSum(parts, x, stride, rows, accumulate, n / 3, n);
                ReduceKernel.columnSum(parts, x, stride, rows, accumulate, 0, n / 3);
                assertSameBits(parts, copy(y.span()), what + " in parts");
            }
        });
    }

    @Test
    void blocksKeepLongSumsPrecise() {
        int rows = 1 << 16;
        Span x = span(DType.F32, rows, 0);
        ElementwiseKernel.fill(x, 0.1, 0, rows);
        Span y = span(DType.F32, 1, 0);
        ReduceKernel.columnSum(y, x, 1, rows, false, 0, 1);
        double exact = rows * (double) 0.1f;
        assertThat(y.get(0)).isCloseTo(exact, offset((64 + rows / 64) * EPS * exact));
    }

    @Test
    void sumsAreThoseOfDoubles() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, n, offset, 2, -1, 1);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                sum += x.get(i);
                squares += x.get(i) * x.get(i);
            }
            double bound = n * Math.ulp(1.0) * n;
            assertThat(ReduceKernel.sum(x, 0, n)).as(what).isCloseTo(sum, offset(bound));
            assertThat(ReduceKernel.sumSquares(x, 0, n)).as(what).isCloseTo(squares, offset(bound));
            // The order depends on the range alone, not on where it lies in memory.
            Span moved = copy(x);
            assertThat(ReduceKernel.sum(moved, 0, n)).isEqualTo(ReduceKernel.sum(x, 0, n));
            assertThat(ReduceKernel.sumSquares(moved, 0, n)).isEqualTo(ReduceKernel.sumSquares(x, 0, n));
        });
        assertThat(ReduceKernel.sum(of(DType.I32, 1, -2, 7), 1, 3)).isEqualTo(5);
        assertThat(ReduceKernel.sumSquares(of(DType.F32, 3e38, 1), 0, 2)).isCloseTo(9e76, offset(1e70));
        assertThat(ReduceKernel.sum(of(DType.F32, 1, 0.0 / 0), 0, 2)).isNaN();
    }

    @Test
    void errors() {
        Span small = span(DType.F32, 3, 0);
        assertThatThrownBy(() -> ReduceKernel.columnSum(small, small, 3, 2, false, 0, 3))
                .hasMessage("[columnSum] x has 3 elements of F32; the given sizes need 6");
        assertThatThrownBy(() -> ReduceKernel.columnSum(small, small, -3, 2, false, 0, 3))
                .hasMessage("[columnSum] R=2 rows, stride=-3; expected both ≥ 0");
        assertThatThrownBy(() -> ReduceKernel.sum(small, 0, 4))
                .hasMessage("[sum] x has 3 elements of F32; the given sizes need 4");
    }
}
