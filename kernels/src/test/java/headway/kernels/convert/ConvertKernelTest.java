package headway.kernels.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.KernelContract;
import headway.kernels.Memory;
import headway.kernels.Span;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Conversions are exact: every comparison is of bits.
class ConvertKernelTest extends KernelContract {
    private static final DType[] NARROW = {DType.BF16, DType.F16};

    @Test
    void everySizeEqualsReference() {
        everySize((n, offset, what) -> {
            for (DType narrow : NARROW) {
                Span wide = random(DType.F32, n, offset, 1, -70000, 70000);
                Guarded to = guarded(narrow, n, offset);
                ConvertKernel.run(to.span(), wide, 0, n);
                to.check(what);
                Span expected = span(narrow, n, 0);
                ConvertKernel.reference(expected, 0, wide, 0, n);
                assertSameBits(copy(to.span()), expected, narrow + ", " + what);
                Guarded back = guarded(DType.F32, n, offset);
                ConvertKernel.run(back.span(), to.span(), 0, n);
                back.check(what);
                Span expectedBack = span(DType.F32, n, 0);
                ConvertKernel.reference(expectedBack, 0, to.span(), 0, n);
                assertSameBits(copy(back.span()), expectedBack, narrow + " widened, " + what);
            }
        });
    }

    @Test
    void everySixteenBitPatternWidensAndComesBack() {
        int all = 1 << 16;
        for (DType narrow : NARROW) {
            Span bits = span(narrow, all, 0);
            for (int i = 0; i < all; i++) {
                Memory.i16(bits.address(i), (short) i);
            }
            Span wide = span(DType.F32, all, 0);
            Span back = span(narrow, all, 0);
            ConvertKernel.run(wide, bits, 0, all);
            ConvertKernel.run(back, wide, 0, all);
            for (int i = 0; i < all; i++) {
                if (wide.get(i) == wide.get(i)) {
                    assertThat(Memory.i16(back.address(i)))
                            .as("%s %04x", narrow, i)
                            .isEqualTo((short) i);
                } else {
                    assertThat(back.get(i)).as("%s NaN %04x", narrow, i).isNaN();
                }
            }
        }
    }

    /// The nearest of the narrow numbers around each float, ties to even bits, found by exact decimal
    /// arithmetic.
    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16"})
    void roundsToNearestEven(DType narrow) {
        SplittableRandom random = new SplittableRandom(7);
        int n = 4096;
        Span x = span(DType.F32, n, 0);
        for (int i = 0; i < n; i++) {
            // Halves of everything kept, to hit ties: the lower bits all 0 but the first, or random.
            int bits = random.nextInt();
            int dropped = narrow == DType.BF16 ? 16 : 13;
            if (i % 2 == 0) {
                bits = (bits & -(1 << dropped)) | 1 << (dropped - 1);
            }
            if (narrow == DType.F16) {
                bits = (bits & 0x8FFF_FFFF) | (0x60 + random.nextInt(33)) << 23; // 2^-31 … 2^1
            }
            Memory.i32(x.address(i), bits);
        }
        Span y = span(narrow, n, 0);
        ConvertKernel.run(y, x, 0, n);
        Span neighbour = span(narrow, 1, 0);
        for (int i = 0; i < n; i++) {
            double v = x.get(i);
            double rounded = y.get(i);
            if (v != v || Double.isInfinite(v) || Double.isInfinite(rounded)) {
                assertThat(rounded != rounded).as("NaN kept for %s", v).isEqualTo(v != v);
                continue;
            }
            BigDecimal error =
                    new BigDecimal(rounded).subtract(new BigDecimal(v)).abs();
            short bits = Memory.i16(y.address(i));
            for (int step : new int[] {-1, 1}) {
                Memory.i16(neighbour.address(), (short) (bits + step));
                double other = neighbour.get(0);
                if (other == other && !Double.isInfinite(other)) {
                    int order = new BigDecimal(other)
                            .subtract(new BigDecimal(v))
                            .abs()
                            .compareTo(error);
                    assertThat(order > 0 || order == 0 && (bits & 1) == 0)
                            .as("%s as %s: %s, but %s is nearer", v, narrow, rounded, other)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void specialValues() {
        double[] v = {0.0 / 0, 1 / 0.0, -1 / 0.0, -0.0, Float.MIN_VALUE, Float.MAX_VALUE, 65520, 65519.996, 0x1p-24};
        Span x = of(DType.F32, v);
        Span bf16 = span(DType.BF16, v.length, 0);
        ConvertKernel.run(bf16, x, 0, v.length);
        assertThat(values(bf16)).containsExactly(0.0 / 0, 1 / 0.0, -1 / 0.0, -0.0, 0, 1 / 0.0, 65536, 65536, 0x1p-24);
        Span f16 = span(DType.F16, v.length, 0);
        ConvertKernel.run(f16, x, 0, v.length);
        assertThat(values(f16)).containsExactly(0.0 / 0, 1 / 0.0, -1 / 0.0, -0.0, 0, 1 / 0.0, 1 / 0.0, 65504, 0x1p-24);
    }

    @Test
    void vectorNanWithLowPayloadStaysNan() {
        int n = 40;
        Span x = span(DType.F32, n, 0);
        for (int i = 0; i < n; i++) {
            Memory.i32(x.address(i), i % 2 == 0 ? 0x7F80_0001 : 0xFFFF_FFFF);
        }
        Span y = span(DType.BF16, n, 0);
        ConvertKernel.run(y, x, 0, n);
        for (int i = 0; i < n; i++) {
            assertThat(y.get(i)).isNaN();
        }
    }

    @Test
    void integersAndPlaces() {
        Span y = span(DType.I32, 4, 0);
        ConvertKernel.run(y, of(DType.F32, 1.9, -1.9, 3e10, 0.0 / 0), 0, 4);
        assertThat(values(y)).containsExactly(1, -1, Integer.MAX_VALUE, 0);
        Span flags = span(DType.BOOL, 3, 0);
        ConvertKernel.run(flags, of(DType.F32, 0.5, 0, -3), 0, 3);
        assertThat(values(flags)).containsExactly(1, 0, 1);
        Span ids = span(DType.I64, 2, 0);
        ConvertKernel.run(ids, 1, of(DType.I32, 7, 8, 9), 2, 1);
        assertThat(ids.get(1)).isEqualTo(9);
        Span same = of(DType.I64, 0);
        Memory.i64(same.address(), Long.MAX_VALUE);
        ConvertKernel.run(ids, same, 0, 1);
        assertThat(Memory.i64(ids.address())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void errors() {
        assertThatThrownBy(() -> ConvertKernel.run(span(DType.BF16, 3, 0), span(DType.F32, 8, 0), 0, 8))
                .hasMessage("[convert] to has 3 elements of BF16; the given sizes need 8");
        assertThatThrownBy(() -> ConvertKernel.run(span(DType.BF16, 8, 0), 0, span(DType.F32, 8, 0), 6, 3))
                .hasMessage("[convert] from has 8 elements of F32; the given sizes need 9");
    }
}
