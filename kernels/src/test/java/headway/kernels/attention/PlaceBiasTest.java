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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Flash attention with a bias by distance or by key gives what the naive kernel gives with the same bias written out,
/// and the gradients of distances are the sums of those of their scores.
class PlaceBiasTest {
    private final SplittableRandom random = new SplittableRandom(3);

    private Span draw(Arena arena, DType type, long count) {
        Span span = Span.allocate(arena, type, count);
        for (long i = 0; i < count; i++) {
            span.set(i, (float) random.nextDouble(-1, 1));
        }
        return span;
    }

    private static Span same(Arena arena, DType type, Span from) {
        Span to = Span.allocate(arena, type, from.count());
        for (long i = 0; i < from.count(); i++) {
            to.set(i, from.get(i));
        }
        return to;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 40", "3, 130", "5, 9", "16, 16", "17, 65", "33, 31", "65, 129", "130, 70"})
    void flashIsNaive(int T, int S) {
        for (boolean keys : new boolean[] {false, true}) {
            for (Visibility see : List.of(
                    Visibility.ALL,
                    new Visibility(true, S - T, 0, 0, null),
                    new Visibility(true, S - T, 9, 0, null),
                    new Visibility(false, S - T, 5, 0, padding(S)))) {
                for (double cap : T * S < 2000 ? new double[] {0, 0.9} : new double[] {0}) {
                    compare(new AttentionShape(2, 4, 2, T, S, 12, 20, 0.4), see, keys, cap);
                }
            }
        }
    }

    private void compare(AttentionShape plain, Visibility see, boolean keys, double cap) {
        try (Arena arena = Arena.ofConfined()) {
            int T = plain.T();
            int S = plain.S();
            int H = plain.H();
            Span table = draw(arena, DType.F64, keys ? 2L * H * S : (long) H * (T + S - 1));
            Span whole = Span.allocate(arena, DType.F64, 2L * H * T * S);
            PlaceBias read = placed(table, keys, plain);
            for (int i = 0; i < whole.count(); i++) {
                whole.set(i, read.get(i / S / T / H, i / S / T % H, i / S % T, i % S));
            }
            Span[] x = {
                draw(arena, DType.F64, 2L * T * H * 12),
                draw(arena, DType.F64, 2L * S * 2 * 12),
                draw(arena, DType.F64, 2L * S * 2 * 20),
                draw(arena, DType.F64, 2L * T * H * 20)
            };
            AttentionShape capped = plain.weighing(new Weighing(cap, null, 0, 0, 0));
            Span[] expected = naive(arena, x, new ScoreBias(whole, 2, H, T, S), capped, see);
            for (DType type : new DType[] {DType.F64, DType.F32}) {
                Span[] same = new Span[4];
                for (int i = 0; i < 4; i++) {
                    same[i] = same(arena, type, x[i]);
                }
                Span values = same(arena, type, table);
                var biased = plain.weighing(new Weighing(cap, null, 0, 0, 0, placed(values, keys, plain)));
                Span[] found = flash(arena, same, biased, see, keys, type);
                String[] names = {"o", "dq", "dk", "dv", "bias"};
                for (int i = 0; i < (keys ? 4 : 5); i++) {
                    double tolerance = (type == DType.F64 ? 1e-11 : 3e-5) * (1 + Math.sqrt(T));
                    double worst = 0;
                    for (long n = 0; n < expected[i].count(); n++) {
                        double off = Math.abs(found[i].get(n) - expected[i].get(n));
                        worst = off <= worst ? worst : off;
                    }
                    assertThat(worst)
                            .as("%s of %s, %s, %s, cap %s", names[i], type, plain, see, cap)
                            .isLessThanOrEqualTo(tolerance);
                }
            }
        }
    }

    private static PlaceBias placed(Span table, boolean keys, AttentionShape s) {
        return keys ? PlaceBias.keys(table, 2, s.H(), s.S()) : PlaceBias.distances(table, s.T(), s.S());
    }

    private static Heads rows(Span span, int rows, int heads, int width) {
        return Heads.rows(span, rows, heads, width);
    }

    private static Span[] naive(Arena arena, Span[] x, ScoreBias bias, AttentionShape s, Visibility see) {
        Span o = Span.allocate(arena, DType.F64, x[3].count());
        Span weights = Span.allocate(arena, DType.F64, 2L * s.H() * s.T() * s.S());
        Span ds = Span.allocate(arena, DType.F64, weights.count());
        Span[] d = new Span[3];
        for (int i = 0; i < 3; i++) {
            d[i] = Span.allocate(arena, DType.F64, x[i].count());
        }
        Heads q = rows(x[0], s.T(), s.H(), 12);
        Heads k = rows(x[1], s.S(), 2, 12);
        Heads v = rows(x[2], s.S(), 2, 20);
        NaiveAttention.forward(rows(o, s.T(), s.H(), 20), weights, q, k, v, bias, s, see, 0, 2 * s.H());
        NaiveAttention.backward(
                rows(d[0], s.T(), s.H(), 12),
                rows(d[1], s.S(), 2, 12),
                rows(d[2], s.S(), 2, 20),
                ds,
                weights,
                q,
                k,
                v,
                rows(x[3], s.T(), s.H(), 20),
                s,
                see,
                0,
                4);
        int reach = s.T() + s.S() - 1;
        Span sums = Span.allocate(arena, DType.F64, 2L * s.H() * reach);
        for (int i = 0; i < ds.count(); i++) {
            int t = i / s.S() % s.T();
            long at = (long) (i / s.S() / s.T()) * reach + t - i % s.S() + s.S() - 1;
            sums.set(at, sums.get(at) + ds.get(i));
        }
        return new Span[] {o, d[0], d[1], d[2], sums};
    }

    private static Span[] flash(Arena arena, Span[] x, AttentionShape s, Visibility see, boolean keys, DType type) {
        Fenced o = Fenced.of(arena, type, x[3].count(), 1);
        Span lse = Span.allocate(arena, type, 2L * s.H() * s.T());
        Heads q = rows(x[0], s.T(), s.H(), 12);
        Heads k = rows(x[1], s.S(), 2, 12);
        Heads v = rows(x[2], s.S(), 2, 20);
        Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
        Heads to = rows(o.span(), s.T(), s.H(), 20);
        int units = FlashAttention.forwardUnits(s);
        FlashAttention.forward(to, lse, q, k, v, s, see, scratch, 0, units);
        o.assertIntact("o");
        Span[] d = new Span[3];
        for (int i = 0; i < 3; i++) {
            d[i] = Span.allocate(arena, type, x[i].count());
        }
        Fenced sums = Fenced.of(arena, type, 2L * s.H() * (s.T() + s.S() - 1), 3);
        sums.span().segment().fill((byte) 0);
        Span more = Span.allocate(arena, DType.F32, FlashAttention.backwardScratch(s));
        FlashAttention.backward(
                rows(d[0], s.T(), s.H(), 12),
                rows(d[1], s.S(), 2, 12),
                rows(d[2], s.S(), 2, 20),
                q,
                k,
                v,
                to,
                rows(x[3], s.T(), s.H(), 20),
                lse,
                keys ? null : sums.span(),
                s,
                see,
                more,
                0,
                4);
        sums.assertIntact("gradients of distances");
        return new Span[] {o.span(), d[0], d[1], d[2], sums.span()};
    }

    private static Span padding(int S) {
        Span padding = Span.allocate(Arena.ofAuto(), DType.U8, 2L * S);
        for (int i = 0; i < 2 * S; i++) {
            padding.set(i, i < S / 3 || i > S && i % 7 == 3 ? 0 : 1);
        }
        return padding;
    }

    @Test
    void aBiasThatIsTooShortSaysSo() {
        try (Arena arena = Arena.ofConfined()) {
            Span span = Span.allocate(arena, DType.F32, 9);
            var s = new AttentionShape(1, 1, 1, 5, 6, 4, 4, 1)
                    .weighing(new Weighing(0, null, 0, 0, 0, PlaceBias.distances(span, 5, 6)));
            Heads x = Heads.rows(Span.allocate(arena, DType.F32, 24), 6, 1, 4);
            Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
            assertThatThrownBy(() -> FlashAttention.forward(x, null, x, x, x, s, Visibility.ALL, scratch, 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("[flash attention] bias has 9 elements of F32; the given sizes need 10");
        }
    }
}
