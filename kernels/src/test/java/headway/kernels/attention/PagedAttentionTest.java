package headway.kernels.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Keys and values in a pool give what the naive kernel gives for the same keys and values laid out in order.
class PagedAttentionTest {
    private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 300};

    private final SplittableRandom random = new SplittableRandom(31);

    @Test
    void keysOfAPoolAreThoseInOrder() {
        for (int S : SIZES) {
            for (Weighing weighing : List.of(Weighing.PLAIN, new Weighing(1.2, null, 0, 0, 0), sinks(4))) {
                for (boolean biased : new boolean[] {false, true}) {
                    var shape = new AttentionShape(3, 4, 2, 2, S, 20, 12, 0.3, weighing);
                    compare(shape, new Visibility(true, S - 2, 0, 0, null), biased);
                    compare(shape, new Visibility(true, S - 2, 5, 0, padding(3, S)), biased);
                    compare(shape, new Visibility(true, -3, 0, 0, null), biased);
                }
            }
        }
    }

    private void compare(AttentionShape plain, Visibility see, boolean biased) {
        try (Arena arena = Arena.ofConfined()) {
            int pool = plain.S() + 9;
            Span slots = Span.allocate(arena, DType.I32, (long) plain.B() * plain.S());
            for (int i = 0; i < slots.count(); i++) {
                // Half of the rows are runs, as a shared beginning is; the others lie anywhere.
                int j = i % plain.S();
                slots.set(i, i / plain.S() % 2 == 0 ? j + 4 : random.nextInt(pool));
            }
            Heads[] exact = new Heads[2];
            for (DType type : new DType[] {DType.F64, DType.F32}) {
                Span added = draw(arena, type, 4 * plain.S(), 8);
                ScoreBias bias = biased ? new ScoreBias(added, 1, 4, 1, plain.S()) : null;
                Weighing w = plain.weighing();
                PlaceBias placed = biased ? PlaceBias.keys(added, 1, 4, plain.S()) : null;
                AttentionShape s = plain.weighing(new Weighing(w.softCap(), w.sinks(), 0, 0, 0, placed));
                Heads q = Heads.rows(draw(arena, type, s.B() * s.T() * s.H() * s.Dh(), 5), s.T(), s.H(), s.Dh());
                Heads k = Heads.rows(draw(arena, type, pool * s.Hkv() * s.Dh(), 6), pool, s.Hkv(), s.Dh());
                Heads v = Heads.rows(draw(arena, type, pool * s.Hkv() * s.Dv(), 7), pool, s.Hkv(), s.Dv());
                Fenced o = Fenced.of(arena, type, s.B() * s.T() * s.H() * s.Dv(), 1);
                Heads to = Heads.rows(o.span(), s.T(), s.H(), s.Dv());
                Span scratch = Span.allocate(arena, DType.F32, PagedAttention.scratch(s));
                int half = PagedAttention.units(s) / 2;
                PagedAttention.forward(to, q, k, v, slots, pool, s, see, scratch, 0, half);
                PagedAttention.forward(to, q, k, v, slots, pool, s, see, scratch, half, PagedAttention.units(s));
                o.assertIntact("output");
                exact[type == DType.F64 ? 0 : 1] = to;
                if (type == DType.F64) {
                    assertClose(naive(arena, q, k, v, slots, bias, s, see), to.span(), 1e-12, s + " " + see);
                }
            }
            assertClose(exact[0].span(), exact[1].span(), 1e-5, plain + " " + see);
        }
    }

    private static Span naive(
            Arena arena, Heads q, Heads k, Heads v, Span slots, ScoreBias bias, AttentionShape s, Visibility see) {
        Span keys = ordered(arena, k, slots, s, s.Dh());
        Span values = ordered(arena, v, slots, s, s.Dv());
        Span o = Span.allocate(arena, DType.F64, (long) s.B() * s.T() * s.H() * s.Dv());
        Span weights = Span.allocate(arena, DType.F64, (long) s.B() * s.H() * s.T() * s.S());
        NaiveAttention.forward(
                Heads.rows(o, s.T(), s.H(), s.Dv()),
                weights,
                q,
                Heads.rows(keys, s.S(), s.Hkv(), s.Dh()),
                Heads.rows(values, s.S(), s.Hkv(), s.Dv()),
                bias,
                s,
                see,
                0,
                s.B() * s.H());
        return o;
    }

    private static Span ordered(Arena arena, Heads from, Span slots, AttentionShape s, int width) {
        Span to = Span.allocate(arena, DType.F64, slots.count() * s.Hkv() * width);
        for (int i = 0; i < slots.count(); i++) {
            for (int c = 0; c < s.Hkv() * width; c++) {
                to.set((long) i * s.Hkv() * width + c, from.span().get(from.index(0, (int) slots.get(i), 0) + c));
            }
        }
        return to;
    }

    private static Span draw(Arena arena, DType type, int count, long seed) {
        var random = new SplittableRandom(seed);
        Span span = Span.allocate(arena, type, count);
        for (int i = 0; i < count; i++) {
            span.set(i, (float) random.nextDouble(-1, 1));
        }
        return span;
    }

    private static Weighing sinks(int heads) {
        Span sinks = Span.allocate(Arena.ofAuto(), DType.F32, heads);
        for (int h = 0; h < heads; h++) {
            sinks.set(h, 0.4 * h - 0.5f);
        }
        return new Weighing(0, sinks, 0, 0, 0);
    }

    private static Span padding(int B, int S) {
        Span padding = Span.allocate(Arena.ofAuto(), DType.U8, (long) B * S);
        for (int i = 0; i < B * S; i++) {
            padding.set(i, i / S == 1 && i % S < S / 2 + 1 ? 0 : 1);
        }
        return padding;
    }

    private static void assertClose(Span expected, Span actual, double tolerance, String name) {
        double worst = 0;
        for (long i = 0; i < expected.count(); i++) {
            double off = Math.abs(actual.get(i) - expected.get(i));
            worst = off <= worst ? worst : off;
        }
        assertThat(worst).as(name).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void whatLiesOutsideSaysSo() {
        try (Arena arena = Arena.ofConfined()) {
            var s = new AttentionShape(1, 1, 1, 1, 3, 4, 4, 1);
            Heads x = Heads.rows(Span.allocate(arena, DType.F32, 16), 4, 1, 4);
            Span slots = Span.allocate(arena, DType.I32, 3);
            Span scratch = Span.allocate(arena, DType.F32, PagedAttention.scratch(s));
            slots.set(2, 4);
            assertThatThrownBy(() -> PagedAttention.forward(x, x, x, x, slots, 4, s, Visibility.ALL, scratch, 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("[paged attention] slot 4 of key 2 in row 0; the pool has 4");
            assertThatThrownBy(() -> PagedAttention.forward(x, x, x, x, slots, 5, s, Visibility.ALL, scratch, 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("[paged attention] k has 16 elements");
            var dropping = s.weighing(new Weighing(0, null, 0.1, 1, 1));
            assertThatThrownBy(
                            () -> PagedAttention.forward(x, x, x, x, slots, 4, dropping, Visibility.ALL, scratch, 0, 1))
                    .hasMessageContaining("dropout=0.1; expected 0");
        }
    }
}
