package headway.kernels.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import headway.kernels.scan.SelectiveScanKernel.Operands;
import headway.kernels.scan.SelectiveScanKernel.Sizes;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The scan of every tier against plain loops over f64; what these give is held against Hugging Face's values where
/// families are.
class SelectiveScanKernelTest {
    private final SplittableRandom random = new SplittableRandom(11);

    private Operands operands(Arena arena, Sizes s) {
        long tokens = (long) s.B() * s.T();
        Span delta = Fenced.random(arena, DType.F32, tokens * s.C(), 3, random).span();
        // Steps from nearly none to large ones.
        for (long i = 0; i < delta.count(); i++) {
            delta.set(i, 8 * delta.get(i) - 3);
        }
        return new Operands(
                Fenced.random(arena, DType.F32, tokens * s.C(), 1, random).span(),
                delta,
                Fenced.random(arena, DType.F32, (long) s.C() * s.N(), 1, random).span(),
                Fenced.random(arena, DType.F32, tokens * s.N(), 1, random).span(),
                Fenced.random(arena, DType.F32, tokens * s.N(), 1, random).span(),
                Fenced.random(arena, DType.F32, s.C(), 1, random).span());
    }

    @Test
    void everySizeEqualsTheReference() {
        for (int B : new int[] {1, 3}) {
            for (int T : new int[] {1, 2, 37}) {
                for (int C : new int[] {1, 7, 8, 9, 16, 33}) {
                    for (int N : new int[] {1, 3, 8, 16, 17}) {
                        check(new Sizes(B, T, C, N), false);
                        check(new Sizes(B, T, C, N), true);
                    }
                }
            }
        }
        check(new Sizes(1, 5000, 9, 4), true);
    }

    private void check(Sizes s, boolean keeps) {
        try (Arena arena = Arena.ofConfined()) {
            Operands x = operands(arena, s);
            long states = (long) s.B() * s.C() * s.N();
            Fenced state = Fenced.random(arena, DType.F32, states, 1, random);
            Span wantedState = Span.allocate(arena, DType.F32, states);
            for (long i = 0; i < states; i++) {
                wantedState.set(i, state.span().get(i));
            }
            Fenced y = Fenced.of(arena, DType.F32, x.u().count(), 1);
            Span wanted = Span.allocate(arena, DType.F32, x.u().count());
            Span scratch = Span.allocate(arena, DType.F32, Math.max(1, SelectiveScanKernel.scratch(s)));
            int channels = s.B() * s.C();
            // Cut where no register ends.
            int cut = channels / 3;
            Span kept = keeps ? state.span() : null;
            SelectiveScanKernel.forward(y.span(), x, kept, scratch, s, 0, cut);
            SelectiveScanKernel.forward(y.span(), x, kept, scratch, s, cut, channels);
            SelectiveScanKernel.reference(wanted, x, keeps ? wantedState : null, s, 0, channels);
            close(y.span(), wanted, s);
            y.assertIntact("y of " + s);
            if (keeps) {
                close(state.span(), wantedState, s);
                state.assertIntact("state of " + s);
            }
        }
    }

    @Test
    void gradientsEqualTheReference() {
        for (int B : new int[] {1, 3}) {
            for (int T : new int[] {1, 2, 64, 65, 150}) {
                for (int C : new int[] {1, 8, 9, 33}) {
                    for (int N : new int[] {1, 3, 16}) {
                        gradients(new Sizes(B, T, C, N));
                    }
                }
            }
        }
    }

    private void gradients(Sizes s) {
        try (Arena arena = Arena.ofConfined()) {
            Operands x = operands(arena, s);
            Span dy = Fenced.random(arena, DType.F32, x.u().count(), 1, random).span();
            Fenced[] ours = buffers(arena, s);
            Fenced[] theirs = buffers(arena, s);
            Span scratch = Span.allocate(arena, DType.F32, Math.max(1, SelectiveScanKernel.backwardScratch(s)));
            SelectiveScanKernel.backward(into(ours), dy, x, scratch, s, 0, s.B() / 2);
            SelectiveScanKernel.backward(into(ours), dy, x, scratch, s, s.B() / 2, s.B());
            SelectiveScanKernel.backwardReference(into(theirs), dy, x, s, 0, s.B());
            for (int i = 0; i < ours.length; i++) {
                close(ours[i].span(), theirs[i].span(), s);
                ours[i].assertIntact("gradient " + i + " of " + s);
            }
        }
    }

    private static Operands into(Fenced[] g) {
        return new Operands(g[0].span(), g[1].span(), g[2].span(), g[3].span(), g[4].span(), g[5].span());
    }

    /// Buffers of gradients, the same numbers in both: what is found is added to them.
    private static Fenced[] buffers(Arena arena, Sizes s) {
        long tokens = (long) s.B() * s.T();
        long[] counts = {
            tokens * s.C(),
            tokens * s.C(),
            (long) s.B() * s.C() * s.N(),
            tokens * s.N(),
            tokens * s.N(),
            (long) s.B() * s.C()
        };
        var same = new SplittableRandom(3);
        Fenced[] made = new Fenced[counts.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Fenced.random(arena, DType.F32, counts[i], 1, same);
        }
        return made;
    }

    private static void close(Span actual, Span wanted, Sizes s) {
        double largest = 1;
        for (long i = 0; i < wanted.count(); i++) {
            largest = Math.max(largest, Math.abs(wanted.get(i)));
        }
        for (long i = 0; i < wanted.count(); i++) {
            assertThat(Math.abs(actual.get(i) - wanted.get(i)))
                    .as("%s, element %d", s, i)
                    .isLessThanOrEqualTo(2e-6 * largest);
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        try (Arena arena = Arena.ofConfined()) {
            var s = new Sizes(1, 2, 9, 3);
            Operands x = operands(arena, s);
            x.delta().set(4, Double.NaN);
            Span y = Span.allocate(arena, DType.F32, 18);
            Span scratch = Span.allocate(arena, DType.F32, Math.max(1, SelectiveScanKernel.scratch(s)));
            SelectiveScanKernel.forward(y, x, null, scratch, s, 0, 9);
            assertThat(y.get(4)).isNaN();
            assertThat(y.get(13)).isNaN();
            assertThat(y.get(5)).isFinite();
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            var s = new Sizes(1, 2, 9, 3);
            Operands x = operands(arena, s);
            Span few = Span.allocate(arena, DType.F32, 17);
            assertThatThrownBy(() -> SelectiveScanKernel.forward(few, x, null, few, s, 0, 9))
                    .hasMessageContaining("[selective scan] y");
        }
    }
}
