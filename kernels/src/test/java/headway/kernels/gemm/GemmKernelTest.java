package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GemmKernelTest {
    private static final int[] SIZES = {0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255};
    private static final float EPS = Math.ulp(1f) / 2;

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everySizeInEachDirection(int transposition) {
        for (int size : SIZES) {
            check(shape(size, 19, 23, transposition, 0, false), DType.F32, DType.F32, 0);
            check(shape(6, size, 9, transposition, 3, false), DType.F32, DType.F32, 1);
            check(shape(5, 70, size, transposition, 1, true), DType.F32, DType.F32, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void moreThanOneBlockInEveryDirection(int transposition) {
        check(shape(405, 130, 70, transposition, 5, false), DType.F32, DType.F32, 1);
        check(shape(9, 1100, 33, transposition, 0, true), DType.F32, DType.F32, 0);
        check(shape(20, 67, 1031, transposition, 1, false), DType.F32, DType.F32, 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "F16"})
    void narrowOperandsAreWidened(DType type) {
        for (int transposition = 0; transposition < 4; transposition++) {
            check(shape(37, 70, 45, transposition, 2, false), type, DType.F32, 1);
            check(shape(37, 70, 45, transposition, 0, false), DType.F32, type, 3);
            check(shape(64, 128, 64, transposition, 0, true), type, type, 0);
        }
    }

    /// A packed matrix gives the very numbers of the one that it was made of.
    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void packedOnceIsTheSame(DType type) {
        for (int transposition : new int[] {0, 2}) {
            for (int[] n : new int[][] {{1, 64, 32}, {3, 70, 33}, {16, 200, 5}, {7, 1000, 257}, {2, 65, 2100}}) {
                GemmShape s =
                        GemmShape.of(n[0], n[1], n[2], false, transposition > 0).rounding(true);
                try (Arena arena = Arena.ofConfined()) {
                    if (!PackedMatrix.fits(type, true)) {
                        continue;
                    }
                    Span a = Fenced.random(arena, DType.F32, s.elementsA(), 0, random)
                            .span();
                    Span b =
                            Fenced.random(arena, type, s.elementsB(), 0, random).span();
                    Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
                    PackedMatrix packed = PackedMatrix.allocate(arena, type, true, s.N(), s.K());
                    int middle = s.N() / 128 * 64;
                    packed.pack(b, s, scratch, 0, middle);
                    packed.pack(b, s, scratch, middle, s.N());
                    Span c = Span.allocate(arena, DType.F32, s.elementsC());
                    Span want = Span.allocate(arena, DType.F32, s.elementsC());
                    GemmKernel.block(want, a, b, s, Epilogue.NONE, scratch, 0, s.M(), 0, s.N());
                    GemmKernel.block(c, a, packed, s, Epilogue.NONE, scratch, 0, s.M(), 0, middle);
                    GemmKernel.block(c, a, packed, s, Epilogue.NONE, scratch, 0, s.M(), middle, s.N());
                    assertThat(values(c)).containsExactly(values(want));
                }
            }
        }
    }

    /// Operands of f32 may be rounded: the sums are then those of rounded numbers, to the last bits.
    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void operandsThatMayBeRounded(DType typeA) {
        boolean rounded = Tier.machine() && Machine.level().has(Level.AVX512BF16);
        for (DType typeB : new DType[] {DType.F32, DType.BF16}) {
            for (int transposition = 0; transposition < 4; transposition++) {
                for (int K : new int[] {0, 1, 2, 15, 31, 32, 33, 63, 64, 65, 257, 2100, 4097}) {
                    GemmShape s = shape(13, 71, K, transposition, K % 3, K % 2 == 1);
                    try (Arena arena = Arena.ofConfined()) {
                        Fenced a = Fenced.random(arena, typeA, s.elementsA(), K % 3, random);
                        Fenced b = Fenced.random(arena, typeB, s.elementsB(), K % 2, random);
                        checkRounded(arena, s, a, b, rounded ? DType.BF16 : DType.F32);
                    }
                }
            }
        }
    }

    private void checkRounded(Arena arena, GemmShape s, Fenced a, Fenced b, DType seen) {
        Fenced c = Fenced.random(arena, DType.F32, s.elementsC(), 1, random);
        Span want = Span.allocate(arena, DType.F64, s.elementsC());
        for (long i = 0; i < s.elementsC(); i++) {
            want.set(i, c.span().get(i));
        }
        double[] before = values(c.span());
        Span x = copied(arena, a.span(), seen);
        Span y = copied(arena, b.span(), seen);
        GemmKernel.reference(want, x, y, s, Epilogue.NONE, 0, s.M(), 0, s.N());
        Fenced scratch = Fenced.of(arena, DType.F32, GemmKernel.scratch(), 0);
        GemmShape rounds = s.rounding(true);
        GemmKernel.block(c.span(), a.span(), b.span(), rounds, Epilogue.NONE, scratch.span(), 0, s.M(), 0, s.N());
        for (int m = 0; m < s.M(); m++) {
            for (int n = 0; n < s.N(); n++) {
                int at = (int) (m * s.ldc() + n);
                double bound = 2 * (s.K() + 1) * EPS * magnitude(x, y, s, m, n, before[at]);
                assertThat(Math.abs(c.span().get(at) - want.get(at)))
                        .as("%s, element (%d, %d)", s, m, n)
                        .isLessThanOrEqualTo(bound);
            }
        }
        c.assertIntact("c of " + s);
        scratch.assertIntact("scratch of " + s);
    }

    private static Span copied(Arena arena, Span from, DType type) {
        Span to = Span.allocate(arena, type, from.count());
        for (long i = 0; i < from.count(); i++) {
            to.set(i, from.get(i));
        }
        return to;
    }

    /// Both versions against a plain double sum; the bound is n·ε·Σ|aᵢbᵢ|.
    private void check(GemmShape s, DType typeA, DType typeB, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            Fenced a = Fenced.random(arena, typeA, s.elementsA(), offset, random);
            Fenced b = Fenced.random(arena, typeB, s.elementsB(), offset, random);
            Fenced c = Fenced.random(arena, DType.F32, s.elementsC(), offset, random);
            Fenced expected = Fenced.of(arena, DType.F64, s.elementsC(), 0);
            for (long i = 0; i < s.elementsC(); i++) {
                expected.span().set(i, c.span().get(i));
            }
            GemmKernel.reference(expected.span(), a.span(), b.span(), s, Epilogue.NONE, 0, s.M(), 0, s.N());
            Fenced scratch = Fenced.of(arena, DType.F32, GemmKernel.scratch(), 0);
            double[] before = values(c.span());
            GemmKernel.block(c.span(), a.span(), b.span(), s, Epilogue.NONE, scratch.span(), 0, s.M(), 0, s.N());
            for (int m = 0; m < s.M(); m++) {
                for (long n = 0; n < s.ldc() && m * s.ldc() + n < s.elementsC(); n++) {
                    int at = (int) (m * s.ldc() + n);
                    double bound = n < s.N()
                            ? (s.K() + 1) * EPS * magnitude(a.span(), b.span(), s, m, (int) n, before[at])
                            : 0;
                    double want = n < s.N() ? expected.span().get(at) : before[at];
                    assertThat(Math.abs(c.span().get(at) - want))
                            .as("%s, %s x %s, element (%d, %d)", s, typeA, typeB, m, n)
                            .isLessThanOrEqualTo(bound);
                }
            }
            c.assertIntact("c of " + s);
            scratch.assertIntact("scratch of " + s);
        }
    }

    private static double magnitude(Span a, Span b, GemmShape s, int m, int n, double start) {
        double sum = s.accumulate() ? Math.abs(start) : 0;
        for (int k = 0; k < s.K(); k++) {
            double x = a.get(s.transA() ? k * s.lda() + m : m * s.lda() + k);
            double y = b.get(s.transB() ? n * s.ldb() + k : k * s.ldb() + n);
            sum += Math.abs(x * y);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anySplitGivesTheSameBits(int transposition) {
        GemmShape s = shape(71, 333, 600, transposition, 1, true);
        try (Arena arena = Arena.ofConfined()) {
            Span a = Fenced.random(arena, DType.F32, s.elementsA(), 0, random).span();
            Span b = Fenced.random(arena, DType.F32, s.elementsB(), 0, random).span();
            Span start =
                    Fenced.random(arena, DType.F32, s.elementsC(), 0, random).span();
            Span bias = Fenced.random(arena, DType.F32, s.N(), 0, random).span();
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            Epilogue epilogue = new Epilogue(bias, Activation.RELU, start, s.ldc());
            double[][] results = new double[4][];
            int[][] cuts = {{71, 333}, {1, 333}, {71, 5}, {13, 101}};
            for (int i = 0; i < cuts.length; i++) {
                Span c = Span.allocate(arena, DType.F32, s.elementsC());
                c.segment().copyFrom(start.segment());
                for (int m = 0; m < s.M(); m += cuts[i][0]) {
                    for (int n = 0; n < s.N(); n += cuts[i][1]) {
                        int m1 = Math.min(s.M(), m + cuts[i][0]);
                        int n1 = Math.min(s.N(), n + cuts[i][1]);
                        GemmKernel.block(c, a, b, s, epilogue, scratch, m, m1, n, n1);
                    }
                }
                results[i] = values(c);
            }
            for (double[] result : results) {
                assertThat(result).isEqualTo(results[0]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void epilogueAddsBiasThenActivatesThenAddsTheResidual(Activation activation) {
        GemmShape s = shape(13, 37, 300, 2, 3, false);
        try (Arena arena = Arena.ofConfined()) {
            Span a = Fenced.random(arena, DType.F32, s.elementsA(), 0, random).span();
            Span b = Fenced.random(arena, DType.F32, s.elementsB(), 0, random).span();
            Span bias = Fenced.random(arena, DType.F32, s.N(), 0, random).span();
            Span residual = Fenced.random(arena, DType.F32, 13 * 50, 0, random).span();
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            for (boolean inPlace : new boolean[] {false, true}) {
                Span c = Span.allocate(arena, DType.F32, s.elementsC());
                Span expected = Span.allocate(arena, DType.F64, s.elementsC());
                for (long i = 0; i < s.elementsC(); i++) {
                    c.set(i, i / 100.0);
                    expected.set(i, c.get(i));
                }
                GemmKernel.reference(
                        expected,
                        a,
                        b,
                        s,
                        inPlace
                                ? new Epilogue(bias, activation, expected, s.ldc())
                                : new Epilogue(bias, activation, residual, 50),
                        0,
                        s.M(),
                        0,
                        s.N());
                Epilogue epilogue = inPlace
                        ? new Epilogue(bias, activation, c, s.ldc())
                        : new Epilogue(bias, activation, residual, 50);
                GemmKernel.block(c, a, b, s, epilogue, scratch, 0, s.M(), 0, s.N());
                for (int i = 0; i < s.elementsC(); i++) {
                    // A square has the error of its root as often as its slope says; all others rise by about one.
                    double slope = activation == Activation.RELU_SQUARED ? 2 * Math.sqrt(Math.abs(expected.get(i))) : 1;
                    assertThat(c.get(i))
                            .as("in place %s, element %d", inPlace, i)
                            .isCloseTo(expected.get(i), org.assertj.core.data.Offset.offset(6e-5 * Math.max(1, slope)));
                }
            }
        }
    }

    @Test
    void f64IsExactToItsOwnPrecision() {
        GemmShape s = GemmShape.of(3, 4, 50, false, true);
        try (Arena arena = Arena.ofConfined()) {
            Span a = Fenced.random(arena, DType.F64, s.elementsA(), 0, random).span();
            Span b = Fenced.random(arena, DType.F64, s.elementsB(), 0, random).span();
            Span c = Span.allocate(arena, DType.F64, s.elementsC());
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            GemmKernel.block(c, a, b, s, Epilogue.NONE, scratch, 0, 3, 0, 4);
            double sum = 0;
            for (int k = 0; k < 50; k++) {
                sum += a.get(2 * 50 + k) * b.get(50 + k);
            }
            assertThat(c.get(2 * 4 + 1)).isEqualTo(sum);
        }
    }

    @Test
    void aNanReachesItsRowAndNoOther() {
        GemmShape s = GemmShape.of(9, 70, 20, false, false);
        try (Arena arena = Arena.ofConfined()) {
            Span a = Fenced.random(arena, DType.F32, s.elementsA(), 0, random).span();
            Span b = Fenced.random(arena, DType.F32, s.elementsB(), 0, random).span();
            Span c = Span.allocate(arena, DType.F32, s.elementsC());
            a.set(8 * 20 + 3, Double.NaN);
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            GemmKernel.block(c, a, b, s, Epilogue.NONE, scratch, 0, 9, 0, 70);
            for (int m = 0; m < 9; m++) {
                for (int n = 0; n < 70; n++) {
                    assertThat(Double.isNaN(c.get(m * 70 + n))).isEqualTo(m == 8);
                }
            }
        }
    }

    @Test
    void anOperandThatIsTooSmallIsNamed() {
        GemmShape s = GemmShape.of(4, 4, 4, false, false);
        try (Arena arena = Arena.ofConfined()) {
            Span whole = Span.allocate(arena, DType.F32, 16);
            Span cut = whole.slice(0, 15);
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            assertThatThrownBy(() -> GemmKernel.block(whole, whole, cut, s, Epilogue.NONE, scratch, 0, 4, 0, 4))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("[gemm] b has 15 elements of F32; the given sizes need 16");
        }
    }

    private static GemmShape shape(int M, int N, int K, int transposition, int gap, boolean accumulate) {
        boolean transA = (transposition & 1) != 0;
        boolean transB = (transposition & 2) != 0;
        return new GemmShape(
                M, N, K, (transA ? M : K) + gap, (transB ? K : N) + gap, N + gap, transA, transB, accumulate, false);
    }

    static double[] values(Span span) {
        double[] values = new double[(int) span.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = span.get(i);
        }
        return values;
    }
}
