package headway.kernels.rotary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Span;
import headway.kernels.attention.Heads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotaryKernelTest extends KernelContract {
    private static final int P = 6;

    private static Span angles(DType type, int half, boolean sine) {
        Span table = span(type, (long) P * half, 1);
        for (int i = 0; i < P * half; i++) {
            table.set(i, sine ? Math.sin(0.37 * i) : Math.cos(0.37 * i));
        }
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void matchesReference(RotaryLayout layout) {
        int T = 2;
        int heads = 2;
        Span positions = of(DType.I32, 3, 0, 5, 5);
        for (int half : new int[] {0, 1, 2, 3, 7, 8, 9, 16, 17, 32, 64}) {
            for (int rest : new int[] {0, 1, 16}) {
                int headDim = 2 * half + rest;
                RotaryShape shape = new RotaryShape(T, heads, headDim, 2 * half);
                int n = 2 * T * heads * headDim;
                for (int offset : OFFSETS) {
                    Span x = random(DType.F32, n, offset, 1, -1, 1);
                    Span cos = angles(DType.F32, half, false);
                    Span sin = angles(DType.F32, half, true);
                    for (int mode = 0; mode < 4; mode++) {
                        boolean inverse = (mode & 1) == 1;
                        boolean accumulate = mode >= 2;
                        String what =
                                "%s, half %d, rest %d, offset %d, mode %d".formatted(layout, half, rest, offset, mode);
                        Guarded y = guarded(DType.F32, n, offset);
                        y.span().segment().fill((byte) 0x3C);
                        Span expected = copy(y.span());
                        Heads from = Heads.rows(x, T, heads, headDim);
                        Heads to = Heads.rows(y.span(), T, heads, headDim);
                        RotaryKernel.apply(to, from, cos, sin, positions, layout, shape, inverse, accumulate, 1, 4);
                        RotaryKernel.apply(to, from, cos, sin, positions, layout, shape, inverse, accumulate, 0, 1);
                        y.check(what);
                        RotaryKernel.reference(
                                Heads.rows(expected, T, heads, headDim),
                                from,
                                cos,
                                sin,
                                positions,
                                layout,
                                shape,
                                inverse,
                                accumulate,
                                0,
                                4);
                        // Two products and a sum of numbers below 1.
                        assertClose(y.span(), expected, 0, 3 * EPS, what);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnsInPlaceAndBack(RotaryLayout layout) {
        RotaryShape shape = new RotaryShape(3, 2, 40, 36);
        Span positions = of(DType.I32, 5, 1, 2);
        Span x = random(DType.F32, 3 * 80, 0, 2, -1, 1);
        Span start = copy(x);
        Heads heads = Heads.rows(x, 3, 2, 40);
        Span cos = angles(DType.F32, 18, false);
        Span sin = angles(DType.F32, 18, true);
        RotaryKernel.apply(heads, heads, cos, sin, positions, layout, shape, false, false, 0, 3);
        assertThat(x.get(0)).isNotEqualTo(start.get(0));
        RotaryKernel.apply(heads, heads, cos, sin, positions, layout, shape, true, false, 0, 3);
        assertClose(x, start, 0, 6 * EPS, layout.name());
    }

    @Test
    void layoutsPairWhatTheyName() {
        Span cos = of(DType.F64, 0, 0);
        Span sin = of(DType.F64, 1, 1);
        Span y = span(DType.F64, 5, 0);
        Heads x = Heads.rows(of(DType.F64, 1, 2, 3, 4, 5), 1, 1, 5);
        RotaryShape shape = new RotaryShape(1, 1, 5, 4);
        Heads to = Heads.rows(y, 1, 1, 5);
        Span positions = of(DType.I32, 0);
        RotaryKernel.apply(to, x, cos, sin, positions, RotaryLayout.INTERLEAVED, shape, false, false, 0, 1);
        assertThat(values(y)).containsExactly(-2, 1, -4, 3, 5);
        RotaryKernel.apply(to, x, cos, sin, positions, RotaryLayout.HALF_SPLIT, shape, false, false, 0, 1);
        assertThat(values(y)).containsExactly(-3, -4, 1, 2, 5);
    }

    @ParameterizedTest
    @EnumSource
    void inverseIsTheDerivative(RotaryLayout layout) {
        RotaryShape shape = new RotaryShape(2, 2, 7, 6);
        Span x = random(DType.F64, 28, 0, 3, -1, 1);
        Span y = span(DType.F64, 28, 0);
        Span dy = random(DType.F64, 28, 0, 4, -1, 1);
        Span dx = span(DType.F64, 28, 0);
        Span cos = angles(DType.F64, 3, false);
        Span sin = angles(DType.F64, 3, true);
        Span positions = of(DType.I32, 4, 1);
        Heads xs = Heads.rows(x, 2, 2, 7);
        Heads ys = Heads.rows(y, 2, 2, 7);
        Heads dxs = Heads.rows(dx, 2, 2, 7);
        Heads dys = Heads.rows(dy, 2, 2, 7);
        RotaryKernel.apply(dxs, dys, cos, sin, positions, layout, shape, true, false, 0, 2);
        assertGradient(
                x,
                dx,
                y,
                dy,
                () -> RotaryKernel.apply(ys, xs, cos, sin, positions, layout, shape, false, false, 0, 2),
                layout.name());
    }

    @Test
    void errors() {
        Span x = span(DType.F32, 8, 0);
        Heads heads = Heads.rows(x, 2, 1, 4);
        Span table = span(DType.F32, 4, 0);
        RotaryShape shape = new RotaryShape(2, 1, 4, 4);
        assertThatThrownBy(() -> RotaryKernel.apply(
                        heads,
                        heads,
                        table,
                        table,
                        of(DType.I32, 0, 2),
                        RotaryLayout.HALF_SPLIT,
                        shape,
                        false,
                        false,
                        0,
                        2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("[rotary] position 2 at row 1 is outside the angle table 0 … 1");
        assertThatThrownBy(() -> RotaryKernel.apply(
                        heads,
                        heads,
                        table,
                        table,
                        of(DType.F32, 0, 1),
                        RotaryLayout.HALF_SPLIT,
                        shape,
                        false,
                        false,
                        0,
                        2))
                .hasMessage("[rotary] positions is F32; expected I32");
        assertThatThrownBy(() -> RotaryKernel.apply(
                        heads,
                        heads,
                        table,
                        table,
                        of(DType.I32, 0, 1, 0),
                        RotaryLayout.HALF_SPLIT,
                        shape,
                        false,
                        false,
                        0,
                        3))
                .hasMessage("[rotary] y has 8 elements of F32; the given sizes need 12");
        assertThatThrownBy(() -> new RotaryShape(1, 1, 4, 3))
                .hasMessage("[rotary] rotaryDim=3 must be even and at most headDim=4");
        assertThatThrownBy(() -> new RotaryShape(0, 1, 4, 4))
                .hasMessage("[rotary] T=0 rows, heads=1; expected at least one of each");
    }
}
