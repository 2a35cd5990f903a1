package headway.kernels.attention;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Keys and values of sixteen bits give what the same numbers in f64 give, in order and in a pool.
class NarrowCacheTest {
    private final SplittableRandom random = new SplittableRandom(41);

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void fewQueriesOverKeysInOrder(DType type) {
        for (int S : new int[] {1, 3, 127, 128, 129, 300}) {
            for (Weighing weighing : List.of(Weighing.PLAIN, new Weighing(0.9, null, 0, 0, 0))) {
                for (int T = 1; T <= 3; T++) {
                    var s = new AttentionShape(2, 6, 2, T, S, 20, 12, 0.3, weighing);
                    for (boolean headByHead : new boolean[] {false, true}) {
                        ordered(type, s, new Visibility(true, S - T, 0, 0, null), headByHead);
                        ordered(type, s, new Visibility(true, S - T, 100, 0, null), headByHead);
                        ordered(type, s, new Visibility(true, -5, 0, 0, null), headByHead);
                    }
                }
            }
        }
    }

    private void ordered(DType type, AttentionShape s, Visibility see, boolean headByHead) {
        try (Arena arena = Arena.ofConfined()) {
            Heads q = drawn(arena, DType.F32, s.B(), s.T(), s.H(), s.Dh(), false);
            Heads k = drawn(arena, type, s.B(), s.S(), s.Hkv(), s.Dh(), headByHead);
            Heads v = drawn(arena, type, s.B(), s.S(), s.Hkv(), s.Dv(), headByHead);
            Fenced o = Fenced.of(arena, DType.F32, (long) s.B() * s.T() * s.H() * s.Dv(), 1);
            Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
            Heads to = Heads.rows(o.span(), s.T(), s.H(), s.Dv());
            FlashAttention.forward(to, null, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s));
            o.assertIntact("output");
            Span exact = exact(arena, q, k, v, s, see);
            for (long i = 0; i < exact.count(); i++) {
                assertThat(Math.abs(o.span().get(i) - exact.get(i)))
                        .as("%s %s %s, element %d", type, s, see, i)
                        .isLessThan(1e-5);
            }
        }
    }

    private static Span exact(Arena arena, Heads q, Heads k, Heads v, AttentionShape s, Visibility see) {
        Span o = Span.allocate(arena, DType.F64, (long) s.B() * s.T() * s.H() * s.Dv());
        Span weights = Span.allocate(arena, DType.F64, (long) s.B() * s.H() * s.T() * s.S());
        Heads to = Heads.rows(o, s.T(), s.H(), s.Dv());
        NaiveAttention.forward(
                to,
                weights,
                wide(arena, q, s.B(), s.T(), s.H(), s.Dh()),
                wide(arena, k, s.B(), s.S(), s.Hkv(), s.Dh()),
                wide(arena, v, s.B(), s.S(), s.Hkv(), s.Dv()),
                null,
                s,
                see,
                0,
                s.B() * s.H());
        return o;
    }

    private static Heads wide(Arena arena, Heads x, int B, int rows, int heads, int width) {
        Heads to = Heads.rows(Span.allocate(arena, DType.F64, (long) B * rows * heads * width), rows, heads, width);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < rows; t++) {
                for (int h = 0; h < heads; h++) {
                    for (int d = 0; d < width; d++) {
                        Operands.set(to, b, t, h, d, Operands.get(x, b, t, h, d));
                    }
                }
            }
        }
        return to;
    }

    private Heads drawn(Arena arena, DType type, int B, int rows, int heads, int width, boolean headByHead) {
        Span span = Span.allocate(arena, type, (long) B * rows * heads * width);
        for (long i = 0; i < span.count(); i++) {
            span.set(i, random.nextDouble(-1, 1));
        }
        long batch = (long) rows * heads * width;
        return headByHead
                ? new Heads(span, batch, width, (long) rows * width)
                : new Heads(span, batch, (long) heads * width, width);
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void keysOfAPoolAreThoseInOrder(DType type) {
        for (int S : new int[] {1, 7, 128, 131, 290}) {
            var s = new AttentionShape(2, 4, 2, 2, S, 16, 24, 0.3, Weighing.PLAIN);
            try (Arena arena = Arena.ofConfined()) {
                int pool = S + 9;
                Span slots = Span.allocate(arena, DType.I32, 2L * S);
                for (int i = 0; i < 2 * S; i++) {
                    slots.set(i, i < S ? i + 4 : random.nextInt(pool));
                }
                Heads q = drawn(arena, DType.F32, s.B(), s.T(), s.H(), s.Dh(), false);
                Heads k = drawn(arena, type, 1, pool, s.Hkv(), s.Dh(), false);
                Heads v = drawn(arena, type, 1, pool, s.Hkv(), s.Dv(), false);
                Visibility see = new Visibility(true, S - 2, 0, 0, null);
                Fenced o = Fenced.of(arena, DType.F32, (long) s.B() * s.T() * s.H() * s.Dv(), 1);
                Span scratch = Span.allocate(arena, DType.F32, PagedAttention.scratch(s));
                Heads to = Heads.rows(o.span(), s.T(), s.H(), s.Dv());
                PagedAttention.forward(to, q, k, v, slots, pool, s, see, scratch, 0, PagedAttention.units(s));
                Heads keys = inOrder(arena, type, k, slots, s, s.Dh());
                Heads values = inOrder(arena, type, v, slots, s, s.Dv());
                Span exact = exact(arena, q, keys, values, s, see);
                for (long i = 0; i < exact.count(); i++) {
                    assertThat(Math.abs(o.span().get(i) - exact.get(i))).isLessThan(1e-5);
                }
            }
        }
    }

    private static Heads inOrder(Arena arena, DType type, Heads x, Span slots, AttentionShape s, int width) {
        Span span = Span.allocate(arena, type, slots.count() * s.Hkv() * width);
        Heads to = Heads.rows(span, s.S(), s.Hkv(), width);
        for (int b = 0; b < s.B(); b++) {
            for (int j = 0; j < s.S(); j++) {
                for (int h = 0; h < s.Hkv(); h++) {
                    for (int d = 0; d < width; d++) {
                        int slot = (int) slots.get((long) b * s.S() + j);
                        Operands.set(to, b, j, h, d, Operands.get(x, 0, slot, h, d));
                    }
                }
            }
        }
        return to;
    }
}
