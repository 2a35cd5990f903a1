package headway.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import org.junit.jupiter.api.Test;

/// One rounding of an exact result is all that f32 may do here, hence one unit of the result (and of
/// the product, where a sum cancels).
class ElementwiseKernelTest extends KernelContract {
    @FunctionalInterface
    private interface Kernel {
        void run(Span y, Span a, Span b, long i0, long i1);
    }

    private static void contract(String name, Kernel kernel, Kernel reference) {
        everySize((n, offset, what) -> {
            Span a = random(DType.F32, n, offset, 1, -3, 3);
            Span b = random(DType.F32, n, offset, 2, -3, 3);
            Span start = random(DType.F32, n, 0, 3, -3, 3);
            Guarded y = guarded(DType.F32, n, offset);
            y.span().segment().copyFrom(start.segment());
            kernel.run(y.span(), a, b, 0, n);
            y.check(name + ", " + what);
            Span expected = copy(start);
            reference.run(expected, a, b, 0, n);
            assertClose(y.span(), expected, EPS, 0, name + ", " + what);
            Span parts = copy(start);
            int cut = n / 3;
            kernel.run(parts, a, b, cut, n);
            kernel.run(parts, a, b, 0, cut);
            assertSameBits(parts, copy(y.span()), name + " in parts, " + what);
        });
        Span special = of(DType.F32, 0.0 / 0, 1 / 0.0, -1 / 0.0, 1, -0.0);
        Span other = of(DType.F32, 1, -1 / 0.0, 0, 0.0 / 0, 5);
        Span y = of(DType.F32, 1, 2, 3, 4, 5);
        Span expected = copy(y);
        kernel.run(y, special, other, 0, 5);
        reference.run(expected, special, other, 0, 5);
        assertClose(y, expected, EPS, 0, name + " of NaN and infinities");
    }

    @Test
    void add() {
        contract("add", ElementwiseKernel::add, ElementwiseKernel::referenceAdd);
    }

    @Test
    void multiply() {
        contract("multiply", ElementwiseKernel::multiply, ElementwiseKernel::referenceMultiply);
    }

    @Test
    void multiplyAdd() {
        contract("multiplyAdd", ElementwiseKernel::multiplyAdd, ElementwiseKernel::referenceMultiplyAdd);
    }

    @Test
    void scale() {
        contract(
                "scale",
                (y, a, _, i0, i1) -> ElementwiseKernel.scale(y, a, 0.375, i0, i1),
                (y, a, _, i0, i1) -> ElementwiseKernel.referenceScale(y, a, 0.375, i0, i1));
    }

    @Test
    void axpy() {
        contract(
                "axpy",
                (y, a, _, i0, i1) -> ElementwiseKernel.axpy(y, a, -1.625, i0, i1),
                (y, a, _, i0, i1) -> ElementwiseKernel.referenceAxpy(y, a, -1.625, i0, i1));
    }

    @Test
    void fill() {
        contract(
                "fill",
                (y, _, _, i0, i1) -> ElementwiseKernel.fill(y, 0.1, i0, i1),
                (y, _, _, i0, i1) -> ElementwiseKernel.referenceFill(y, 0.1, i0, i1));
    }

    @Test
    void addRow() {
        everySize((n, offset, what) -> {
            Span a = random(DType.F32, 3L * n, offset, 1, -3, 3);
            Span b = random(DType.F32, n, offset, 2, -3, 3);
            Guarded y = guarded(DType.F32, 3L * n, offset);
            ElementwiseKernel.addRow(y.span(), a, b, n, 0, 1);
            ElementwiseKernel.addRow(y.span(), a, b, n, 1, 3);
            y.check(what);
            Span expected = span(DType.F32, 3L * n, 0);
            ElementwiseKernel.referenceAddRow(expected, a, b, n, 0, 3);
            assertSameBits(y.span(), expected, what);
        });
    }

    @Test
    void errors() {
        Span small = span(DType.F32, 3, 0);
        Span large = span(DType.F32, 8, 0);
        assertThatThrownBy(() -> ElementwiseKernel.add(large, large, small, 0, 8))
                .hasMessage("[add] b has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> ElementwiseKernel.addRow(large, large, small, 4, 0, 2))
                .hasMessage("[addRow] b has 3 elements of F32; the given sizes need 4");
        assertThatThrownBy(() -> ElementwiseKernel.scale(small, large, 1, 0, 8))
                .hasMessage("[scale] y has 3 elements of F32; the given sizes need 8");
        assertThatThrownBy(() -> ElementwiseKernel.fill(small, 1, 2, 1))
                .hasMessage("[fill] range 2 … 1 of y is not valid; expected 0 ≤ first ≤ end");
    }
}
