package headway.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.machine.GuardedMemory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What no kernel of its own tests: sums, exponentials, shifts, and the slope of a soft cap; all against `double`.
class RowsTest extends KernelContract {
    @BeforeEach
    void onlyOnLanes() {
        assumeTrue(Tier.vectors(), "the reference tier does without");
    }

    @Test
    void sums() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, n, offset, 1, -3, 3);
            Span y = random(DType.F32, n, offset, 2, -3, 3);
            double sum = 0, dot = 0, sizes = 0, products = 0;
            for (int i = 0; i < n; i++) {
                sum += x.get(i);
                sizes += Math.abs(x.get(i));
                dot += x.get(i) * y.get(i);
                products += Math.abs(x.get(i) * y.get(i));
            }
            assertThat((double) Rows.sum(x.address(), n)).as(what).isCloseTo(sum, within((n + 1) * EPS * sizes));
            assertThat((double) Rows.dot(x.address(), y.address(), n))
                    .as(what)
                    .isCloseTo(dot, within((n + 1) * EPS * products));
        });
    }

    @Test
    void aSumThatTakesSeveralCalls() {
        int n = (1 << 17) + 5;
        Span x = span(DType.F32, n, 1);
        for (int i = 0; i < n; i++) {
            x.set(i, i % 3);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x.get(i);
        }
        assertThat((double) Rows.sum(x.address(), n)).isEqualTo(sum);
    }

    @Test
    void exponentials() {
        everySize((n, offset, what) -> {
            Span start = random(DType.F32, n, offset, 1, -30, 2);
            for (int i = 2; i < n; i += 5) {
                start.set(i, Double.NEGATIVE_INFINITY);
            }
            Guarded x = guarded(DType.F32, n, offset);
            x.span().segment().copyFrom(start.segment());
            float sum = Rows.exponentials(x.span().address(), n, 2f);
            x.check(what);
            double expected = 0;
            for (int i = 0; i < n; i++) {
                double shifted = start.get(i) - 2;
                double e = Math.exp(shifted);
                // The difference is rounded to f32 before it becomes an exponent.
                double relative = 3e-7 + EPS * Math.abs(shifted);
                double bound = e == 0 ? 0 : relative * e;
                assertThat(x.span().get(i)).as("%s, element %d", what, i).isCloseTo(e, within(bound));
                expected += e;
            }
            assertThat((double) sum).as(what).isCloseTo(expected, within((n + 40) * EPS * expected));
        });
    }

    @Test
    void shiftsAndSlopes() {
        everySize((n, offset, what) -> {
            Span x = random(DType.F32, n, offset, 1, -3, 3);
            Span t = random(DType.F32, n, offset, 2, -5, 5);
            Guarded y = guarded(DType.F32, n, offset);
            Rows.shift(y.span().address(), x.address(), 0.3f, n);
            y.check(what);
            for (int i = 0; i < n; i++) {
                assertThat(y.span().get(i)).as(what).isEqualTo((float) x.get(i) + 0.3f);
            }
            y.span().segment().copyFrom(x.segment());
            Rows.uncap(y.span().address(), t.address(), 0.2f, n);
            y.check(what);
            for (int i = 0; i < n; i++) {
                double u = t.get(i) * 0.2f;
                double expected = x.get(i) * (1 - u * u);
                double size = Math.abs(x.get(i)) * (1 + u * u);
                assertThat(y.span().get(i)).as(what).isCloseTo(expected, within(4 * EPS * size));
            }
        });
    }

    @Test
    void weightedRows() {
        everySize((n, offset, what) -> {
            int rows = 5;
            Span p = random(DType.F32, rows, 0, 1, -1, 1);
            Span v = random(DType.F32, (long) rows * (n + 3), offset, 2, -1, 1);
            Span start = random(DType.F32, n, 0, 3, -1, 1);
            Guarded out = guarded(DType.F32, n, offset);
            out.span().segment().copyFrom(start.segment());
            Rows.addWeighted(out.span().address(), p.address(), v.address(), 4L * (n + 3), rows, n);
            out.check(what);
            for (int d = 0; d < n; d++) {
                double sum = start.get(d);
                for (int j = 0; j < rows; j++) {
                    sum += p.get(j) * v.get((long) j * (n + 3) + d);
                }
                assertThat(out.span().get(d)).as(what).isCloseTo(sum, within(8 * EPS * (rows + 1)));
            }
        });
    }

    /// A read or a write beside an operand ends the process.
    @Test
    void nothingBesideOperandsIsTouched() {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"), "guard pages are laid with Linux' mmap");
        for (int n : SIZES) {
            for (boolean atEnd : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    long x = GuardedMemory.allocate(arena, DType.F32, n, atEnd).address();
                    long y = GuardedMemory.allocate(arena, DType.F32, n, atEnd).address();
                    float sum = Rows.sum(x, n) + Rows.dot(x, y, n);
                    Rows.shift(y, x, 1f, n);
                    Rows.uncap(y, x, 1f, n);
                    Rows.add(y, y, x, n);
                    Rows.addScaled(y, x, 2f, n);
                    Rows.fill(x, 0f, n);
                    assertThat(sum).isZero();
                    assertThat(Rows.exponentials(x, n, 0f)).isEqualTo(n);
                }
            }
        }
    }
}
