package headway.kernels.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

class EmbeddingKernelTest extends KernelContract {
    private static final int V = 5;

    @Test
    void gathersEveryTypeExactly() {
        everySize((d, offset, what) -> {
            Span ids = of(DType.I32, 4, 0, 4, 2);
            for (DType type : new DType[] {DType.F32, DType.BF16, DType.F16}) {
                Span table = random(type, (long) V * d, offset, 1, -1, 1);
                Guarded y = guarded(DType.F32, 4L * d, offset);
                EmbeddingKernel.gather(y.span(), table, ids, V, d, 2, 4);
                EmbeddingKernel.gather(y.span(), table, ids, V, d, 0, 2);
                y.check(what);
                Span expected = span(DType.F32, 4L * d, 0);
                EmbeddingKernel.reference(expected, table, ids, d, 0, 4);
                assertSameBits(copy(y.span()), expected, type + ", " + what);
            }
        });
    }

    @Test
    void scatterAddsRepeatedRowsAndSkipsPadding() {
        everySize((d, offset, what) -> {
            Span ids = of(DType.I32, 3, 1, 3, 0, 3);
            Span dy = random(DType.F32, 5L * d, offset, 2, -1, 1);
            Guarded table = guarded(DType.F32, (long) V * d, offset);
            table.span().segment().fill((byte) 0);
            EmbeddingKernel.scatterAdd(table.span(), dy, ids, 1, V, d, 5, d / 3, d);
            EmbeddingKernel.scatterAdd(table.span(), dy, ids, 1, V, d, 5, 0, d / 3);
            table.check(what);
            for (int c = 0; c < d; c++) {
                float three = ((float) dy.get(c) + (float) dy.get(2L * d + c)) + (float) dy.get(4L * d + c);
                assertThat(table.span().get(3L * d + c)).as(what).isEqualTo(three);
                assertThat(table.span().get(d + c)).as(what + ", padding").isZero();
                assertThat(table.span().get(c)).as(what).isEqualTo(dy.get(3L * d + c));
            }
        });
    }

    @Test
    void derivativeMatchesFiniteDifferences() {
        Span table = random(DType.F64, V * 3L, 0, 3, -1, 1);
        Span ids = of(DType.I32, 4, 4, 0);
        Span y = span(DType.F64, 9, 0);
        Span dy = random(DType.F64, 9, 0, 4, -1, 1);
        Span dtable = of(DType.F64, new double[V * 3]);
        EmbeddingKernel.scatterAdd(dtable, dy, ids, -1, V, 3, 3, 0, 3);
        assertGradient(table, dtable, y, dy, () -> EmbeddingKernel.gather(y, table, ids, V, 3, 0, 3), "embedding");
    }

    @Test
    void errors() {
        Span table = span(DType.F32, V * 2L, 0);
        Span y = span(DType.F32, 4, 0);
        assertThatThrownBy(() -> EmbeddingKernel.gather(y, table, of(DType.I32, 0, 5), V, 2, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("[embedding] id 5 at position 1 is outside the vocabulary 0 … 4");
        assertThatThrownBy(() -> EmbeddingKernel.gather(y, table, of(DType.F32, 0, 1), V, 2, 0, 2))
                .hasMessage("[embedding] ids is F32; expected I32");
        assertThatThrownBy(() -> EmbeddingKernel.scatterAdd(table, y, of(DType.I32, -1, -2), -1, V, 2, 2, 0, 2))
                .hasMessage("[embedding] id -2 at position 1 is outside the vocabulary 0 … 4");
        assertThatThrownBy(() -> EmbeddingKernel.scatterAdd(table, y, of(DType.I32, 0, 0), -1, V, 2, 2, 0, 3))
                .hasMessage("[embedding backward] columns 0 … 3; expected 0 ≤ c0 ≤ c1 ≤ D=2");
        assertThatThrownBy(() -> EmbeddingKernel.gather(y, table, of(DType.I32, 0, 0, 0), V, 2, 0, 3))
                .hasMessage("[embedding] y has 4 elements of F32; the given sizes need 6");
    }
}
