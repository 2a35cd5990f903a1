package headway.kernels.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Naive in f64 is the oracle; naive and flash in f32 and flash in f64 have to give its numbers.
class AttentionTest {
    private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255};

    private record Case(AttentionShape shape, Visibility see) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int size : SIZES) {
            cases.add(new Case(shape(1, 1, 1, size, size, 16, 16), causal(0, 0, 0)));
            cases.add(new Case(shape(1, 1, 1, size, 9, 16, 16), Visibility.ALL));
            cases.add(new Case(shape(1, 1, 1, 6, size, 16, 16), causal(size - 6, 0, 0)));
            cases.add(new Case(shape(1, 2, 1, 5, 7, size, 4), Visibility.ALL));
            cases.add(new Case(shape(1, 2, 2, 5, 7, 4, size), causal(2, 0, 0)));
            cases.add(new Case(shape(1, 2, 1, 1, size, 33, 31), Visibility.ALL));
            for (Weighing weighing : weighings(2)) {
                cases.add(new Case(shape(1, 2, 1, 1, size, 33, 31).weighing(weighing), Visibility.ALL));
                cases.add(new Case(shape(1, 2, 1, size, 9, 5, 7).weighing(weighing), Visibility.ALL));
            }
        }
        for (int[] sizes : new int[][] {{70, 70}, {130, 200}, {200, 130}}) {
            AttentionShape shape = shape(2, 4, 2, sizes[0], sizes[1], 24, 20);
            int bottom = sizes[1] - sizes[0];
            for (boolean padded : new boolean[] {false, true}) {
                for (Visibility see : List.of(
                        Visibility.ALL,
                        causal(bottom, 0, 0),
                        causal(bottom, 1, 0),
                        causal(bottom, 17, 0),
                        causal(bottom, 0, 40),
                        causal(bottom, 90, 77),
                        new Visibility(false, bottom, 13, 0, null),
                        new Visibility(false, 0, 80, 0, null),
                        causal(-5, 0, 0),
                        causal(-90, 30, 0))) {
                    Visibility seen = padded ? pad(see, shape) : see;
                    cases.add(new Case(shape, seen));
                    if (padded && (see.window() == 17 || see.offset() == -90 || see.prefix() == 40)) {
                        cases.add(new Case(shape.weighing(weighings(4).getLast()), seen));
                    }
                }
            }
        }
        return cases.stream();
    }

    private static List<Weighing> weighings(int heads) {
        Span sinks = Span.allocate(Arena.ofAuto(), DType.F32, heads);
        for (int h = 0; h < heads; h++) {
            sinks.set(h, 0.5 * h - 0.3f);
        }
        return List.of(
                new Weighing(0.8, null, 0, 0, 0),
                new Weighing(0, sinks, 0, 0, 0),
                new Weighing(0, null, 0.3, 77, 5),
                new Weighing(1.5, sinks, 0.4, 78, 1L << 40));
    }

    private static AttentionShape shape(int B, int H, int Hkv, int T, int S, int Dh, int Dv) {
        return new AttentionShape(B, H, Hkv, T, S, Dh, Dv, 1 / Math.sqrt(Dh));
    }

    private static Visibility causal(int offset, int window, int prefix) {
        return new Visibility(true, offset, window, prefix, null);
    }

    /// The first batch entry loses its first keys, the last one its last and one in the middle.
    private static Visibility pad(Visibility see, AttentionShape s) {
        Span padding = Span.allocate(Arena.ofAuto(), DType.U8, (long) s.B() * s.S());
        for (int b = 0; b < s.B(); b++) {
            for (int j = 0; j < s.S(); j++) {
                boolean hidden = b == 0 ? j < s.S() / 2 + 3 : j > s.S() - 5 || j == 7;
                padding.set((long) b * s.S() + j, hidden ? 0 : 1);
            }
        }
        return new Visibility(see.causal(), see.offset(), see.window(), see.prefix(), padding);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyVersionGivesTheOracleNumbers(Case one) {
        AttentionShape s = one.shape();
        try (Arena arena = Arena.ofConfined()) {
            Run oracle = new Run(arena, DType.F64, s, 0);
            oracle.naive(one.see());
            // Weighted means of numbers in [-1, 1): the errors of score and sum, times the value's range.
            double forward = 4e-6 + s.Dh() * 1e-7;
            double backward = forward * 8 * Math.sqrt(1 + s.T());
            for (int offset : new int[] {0, 1, 3}) {
                Run naive = new Run(arena, DType.F32, s, offset);
                naive.naive(one.see());
                naive.assertClose(oracle, forward, backward, "naive f32 " + one);
                Run flash = new Run(arena, DType.F32, s, offset);
                flash.flash(one.see(), 1);
                flash.assertClose(oracle, forward, backward, "flash f32 " + one);
            }
            Run exact = new Run(arena, DType.F64, s, 0);
            exact.flash(one.see(), 1);
            exact.assertClose(oracle, 1e-13, 1e-12, "flash f64 " + one);
        }
    }

    /// Factors have eight bits: each product errs by at most a 256th of itself, and so do their sums, whose terms have
    /// the size of the oracle's.
    @ParameterizedTest
    @MethodSource("cases")
    void roundedFactorsStayClose(Case one) {
        AttentionShape s = one.shape().rounding(true);
        try (Arena arena = Arena.ofConfined()) {
            Run oracle = new Run(arena, DType.F64, s, 0);
            oracle.naive(one.see());
            Run flash = new Run(arena, DType.F32, s, 1);
            flash.flash(one.see(), 1);
            flash.assertClose(oracle, 2e-2, 2e-2 * Math.sqrt(1 + s.T()), "flash bf16 " + one);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNumberOfUnitsAtATimeDoesNotMatter(boolean rounds) {
        AttentionShape s = shape(2, 4, 2, 150, 150, 20, 20).rounding(rounds);
        Visibility see = pad(causal(0, 70, 0), s);
        try (Arena arena = Arena.ofConfined()) {
            Run single = new Run(arena, DType.F32, s, 0);
            single.flash(see, 1);
            Run all = new Run(arena, DType.F32, s, 0);
            all.flash(see, Integer.MAX_VALUE);
            for (int i = 0; i < single.outputs.size(); i++) {
                assertThat(single.outputs
                                .get(i)
                                .span()
                                .segment()
                                .mismatch(all.outputs.get(i).span().segment()))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void rowsThatSeeNothingAreMarkedAndWeighAllKeysAlike() {
        AttentionShape s = shape(1, 1, 1, 3, 20, 4, 5);
        try (Arena arena = Arena.ofConfined()) {
            Run run = new Run(arena, DType.F32, s, 0);
            run.flash(causal(-1, 0, 0), 1);
            assertThat(run.lse.get(0)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(run.lse.get(1)).isFinite();
            double mean = 0;
            for (int j = 0; j < 20; j++) {
                mean += run.v.span().get(run.v.index(0, j, 0) + 2) / 20;
            }
            assertThat(run.o.span().get(2)).isCloseTo(mean, Offset.offset(1e-6));
        }
    }

    @Test
    void outputWithoutLseIsTheSame() {
        AttentionShape s = shape(1, 2, 1, 37, 37, 8, 8);
        try (Arena arena = Arena.ofConfined()) {
            Run run = new Run(arena, DType.F32, s, 0);
            run.flash(causal(0, 0, 0), 1);
            double[] before = values(run.o.span());
            run.o.span().segment().fill((byte) 0);
            Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
            FlashAttention.forward(
                    run.o, null, run.q, run.k, run.v, s, causal(0, 0, 0), scratch, 0, FlashAttention.forwardUnits(s));
            assertThat(values(run.o.span())).isEqualTo(before);
        }
    }

    @Test
    void aNanInAQueryReachesItsOutputAndNoOther() {
        AttentionShape s = shape(1, 1, 1, 20, 20, 8, 8);
        try (Arena arena = Arena.ofConfined()) {
            for (boolean naive : new boolean[] {true, false}) {
                Run run = new Run(arena, DType.F32, s, 0);
                run.q.span().set(run.q.index(0, 7, 0) + 3, Double.NaN);
                if (naive) {
                    run.naive(causal(0, 0, 0));
                } else {
                    run.flash(causal(0, 0, 0), 1);
                }
                for (int t = 0; t < 20; t++) {
                    for (int d = 0; d < 8; d++) {
                        assertThat(Double.isNaN(run.o.span().get(run.o.index(0, t, 0) + d)))
                                .isEqualTo(t == 7);
                    }
                }
            }
        }
    }

    /// The derivative of Σ o·dO by central differences, in f64, over both versions.
    @Test
    void backwardIsTheDerivativeOfForward() {
        AttentionShape plain = shape(1, 2, 1, 6, 9, 3, 4);
        derivative(plain);
        for (Weighing weighing : weighings(2)) {
            derivative(plain.weighing(weighing));
        }
    }

    private static void derivative(AttentionShape s) {
        for (Visibility see : List.of(causal(3, 0, 0), new Visibility(false, 0, 2, 0, null), causal(-2, 3, 1))) {
            for (boolean naive : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    Run run = new Run(arena, DType.F64, s, 0);
                    run.dq.span().segment().fill((byte) 0);
                    run.dk.span().segment().fill((byte) 0);
                    run.dv.span().segment().fill((byte) 0);
                    run.run(naive, see);
                    compare(run, naive, see, run.q, run.dq, s.T(), s.H(), s.Dh());
                    compare(run, naive, see, run.k, run.dk, s.S(), s.Hkv(), s.Dh());
                    compare(run, naive, see, run.v, run.dv, s.S(), s.Hkv(), s.Dv());
                    if (s.weighing().sinks() != null) {
                        compareSinks(run, naive, see, s.weighing().sinks());
                    }
                }
            }
        }
    }

    /// With an identity for values the output is the weights.
    @Test
    void dropoutKeepsWeightsAtItsRateAndScalesThem() {
        AttentionShape s = shape(2, 2, 2, 60, 60, 8, 60);
        for (DType type : new DType[] {DType.F32, DType.F64}) {
            try (Arena arena = Arena.ofConfined()) {
                Run plain = new Run(arena, type, s, 0);
                plain.identity();
                plain.flash(Visibility.ALL, 1);
                AttentionShape dropping = s.weighing(Weighing.PLAIN.dropping(0.25, 9, 4));
                Run flash = new Run(arena, type, dropping, 0);
                flash.identity();
                flash.flash(Visibility.ALL, 1);
                Run naive = new Run(arena, type, dropping, 0);
                naive.identity();
                naive.naive(Visibility.ALL);
                double[] whole = values(plain.o.span());
                double[] dropped = values(flash.o.span());
                double[] formed = values(naive.o.span());
                int zeros = 0;
                for (int i = 0; i < whole.length; i++) {
                    zeros += dropped[i] == 0 ? 1 : 0;
                    assertThat(dropped[i] == 0).isEqualTo(formed[i] == 0);
                    assertThat(dropped[i]).isCloseTo(dropped[i] == 0 ? 0 : whole[i] / 0.75, Offset.offset(1e-6));
                }
                assertThat(zeros / (double) whole.length).isBetween(0.23, 0.27);
            }
        }
    }

    private static void compareSinks(Run run, boolean naive, Visibility see, Span sinks) {
        for (int h = 0; h < sinks.count(); h++) {
            double at = sinks.get(h);
            // Steps that f32 holds exactly.
            sinks.set(h, at + 0x1p-12);
            double width = sinks.get(h);
            double above = run.loss(naive, see);
            sinks.set(h, at - 0x1p-12);
            width -= sinks.get(h);
            double below = run.loss(naive, see);
            sinks.set(h, at);
            assertThat(run.dSinks.get(h)).isCloseTo((above - below) / width, Offset.offset(1e-7));
        }
    }

    private static void compare(
            Run run, boolean naive, Visibility see, Heads x, Heads dx, int rows, int heads, int width) {
        double step = 1e-5;
        for (int t = 0; t < rows; t++) {
            for (int h = 0; h < heads; h++) {
                for (int d = 0; d < width; d++) {
                    double at = Operands.get(x, 0, t, h, d);
                    Operands.set(x, 0, t, h, d, at + step);
                    double above = run.loss(naive, see);
                    Operands.set(x, 0, t, h, d, at - step);
                    double below = run.loss(naive, see);
                    Operands.set(x, 0, t, h, d, at);
                    assertThat(Operands.get(dx, 0, t, h, d))
                            .as("element (%d, %d, %d)", t, h, d)
                            .isCloseTo((above - below) / (2 * step), Offset.offset(1e-8));
                }
            }
        }
    }

    @Test
    void headsThatDoNotDivideAreRefused() {
        assertThatThrownBy(() -> shape(1, 3, 2, 1, 1, 1, 1))
                .hasMessage("[attention] heads=3 must be a multiple of kv_heads=2");
    }

    private static double[] values(Span span) {
        double[] values = new double[(int) span.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = span.get(i);
        }
        return values;
    }

    /// Operands with the same numbers in every type; the keys and values lie as a fused projection, the outputs
    /// as `(B, H, T, Dv)`.
    private static final class Run {
        final AttentionShape s;
        final Arena arena;
        final DType type;
        final List<Fenced> outputs = new ArrayList<>();
        final Heads q, k, v, o, dO, dq, dk, dv;
        final Span lse;
        final Span weights;
        final Span dSinks;

        Run(Arena arena, DType type, AttentionShape s, int offset) {
            this.arena = arena;
            this.type = type;
            this.s = s;
            SplittableRandom random = new SplittableRandom(5);
            int wide = s.Hkv() * (s.Dh() + s.Dv());
            Span fused = random(random, (long) s.B() * s.S() * wide, offset);
            long kept = (long) s.Hkv() * s.Dh();
            k = new Heads(fused, (long) s.S() * wide, wide, s.Dh());
            v = new Heads(
                    fused.slice(Math.min(kept, fused.count()), Math.max(0, fused.count() - kept)),
                    (long) s.S() * wide,
                    wide,
                    s.Dv());
            q = Heads.rows(random(random, (long) s.B() * s.T() * s.H() * s.Dh(), offset), s.T(), s.H(), s.Dh());
            dO = Heads.rows(random(random, (long) s.B() * s.T() * s.H() * s.Dv(), offset), s.T(), s.H(), s.Dv());
            o = new Heads(
                    output(s.B() * s.T() * s.H() * s.Dv(), offset, random),
                    (long) s.H() * s.T() * s.Dv(),
                    s.Dv(),
                    (long) s.T() * s.Dv());
            dq = Heads.rows(output(s.B() * s.T() * s.H() * s.Dh(), offset, random), s.T(), s.H(), s.Dh());
            dk = Heads.rows(output(s.B() * s.S() * s.Hkv() * s.Dh(), offset, random), s.S(), s.Hkv(), s.Dh());
            dv = Heads.rows(output(s.B() * s.S() * s.Hkv() * s.Dv(), offset, random), s.S(), s.Hkv(), s.Dv());
            lse = output(s.B() * s.H() * s.T(), offset, random);
            weights = Span.allocate(arena, type, (long) s.B() * s.H() * s.T() * s.S());
            dSinks = Span.allocate(arena, DType.F64, s.H());
        }

        private Span random(SplittableRandom random, long count, int offset) {
            Span span = Span.allocate(arena, type, count + offset).slice(offset, count);
            for (long i = 0; i < count; i++) {
                span.set(i, (float) random.nextDouble(-1, 1));
            }
            return span;
        }

        private Span output(long count, int offset, SplittableRandom random) {
            Fenced made = Fenced.of(arena, type, count, offset);
            for (long i = 0; i < count; i++) {
                made.span().set(i, (float) random.nextDouble(-1, 1));
            }
            outputs.add(made);
            return made.span();
        }

        /// Makes v of each head the identity.
        void identity() {
            for (int b = 0; b < s.B(); b++) {
                for (int h = 0; h < s.Hkv(); h++) {
                    for (int j = 0; j < s.S(); j++) {
                        for (int d = 0; d < s.Dv(); d++) {
                            Operands.set(v, b, j, h, d, j == d ? 1 : 0);
                        }
                    }
                }
            }
        }

        void run(boolean naive, Visibility see) {
            if (naive) {
                naive(see);
            } else {
                flash(see, 1);
            }
        }

        double loss(boolean naive, Visibility see) {
            if (naive) {
                NaiveAttention.forward(o, weights, q, k, v, s, see, 0, s.B() * s.H());
            } else {
                Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
                FlashAttention.forward(o, lse, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s));
            }
            double sum = 0;
            for (int t = 0; t < s.T(); t++) {
                for (int h = 0; h < s.H(); h++) {
                    sum += Operands.dot(o, 0, t, h, dO, 0, t, h, s.Dv());
                }
            }
            return sum;
        }

        void naive(Visibility see) {
            NaiveAttention.forward(o, weights, q, k, v, s, see, 0, s.B() * s.H());
            NaiveAttention.backward(dq, dk, dv, weights, q, k, v, dO, s, see, 0, s.B() * s.Hkv());
            sinks(null, weights);
        }

        private void sinks(Span lse, Span weights) {
            if (s.weighing().sinks() != null) {
                dSinks.segment().fill((byte) 0);
                SinkGradient.run(dSinks, lse, weights, o, dO, s, 0, s.H());
            }
        }

        void flash(Visibility see, int atATime) {
            Fenced scratch = Fenced.of(arena, DType.F32, FlashAttention.forwardScratch(s), 0);
            int units = FlashAttention.forwardUnits(s);
            for (int u = 0; u < units; u += Math.min(atATime, units)) {
                int until = Math.min(units, u + Math.min(atATime, units));
                FlashAttention.forward(o, lse, q, k, v, s, see, scratch.span(), u, until);
            }
            scratch.assertIntact("forward scratch");
            scratch = Fenced.of(arena, DType.F32, FlashAttention.backwardScratch(s), 0);
            units = FlashAttention.backwardUnits(s);
            for (int u = 0; u < units; u += Math.min(atATime, units)) {
                int until = Math.min(units, u + Math.min(atATime, units));
                FlashAttention.backward(dq, dk, dv, q, k, v, o, dO, lse, s, see, scratch.span(), u, until);
            }
            scratch.assertIntact("backward scratch");
            sinks(lse, null);
            outputs.forEach(output -> output.assertIntact("output"));
        }

        void assertClose(Run oracle, double forward, double backward, String what) {
            assertClose(o, oracle.o, forward, what + ": o");
            assertClose(dq, oracle.dq, backward, what + ": dq");
            assertClose(dk, oracle.dk, backward, what + ": dk");
            assertClose(dv, oracle.dv, backward, what + ": dv");
            for (int h = 0; h < s.H(); h++) {
                assertThat(dSinks.get(h))
                        .as(what + ": dSinks")
                        .isCloseTo(oracle.dSinks.get(h), Offset.offset(backward * s.B()));
            }
        }

        private static void assertClose(Heads found, Heads expected, double tolerance, String what) {
            double[] x = values(found.span());
            double[] y = values(expected.span());
            for (int i = 0; i < x.length; i++) {
                if (!(Math.abs(x[i] - y[i]) <= tolerance)) {
                    assertThat(x[i]).as("%s, element %d", what, i).isCloseTo(y[i], Offset.offset(tolerance));
                }
            }
        }
    }
}
