package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.ThreadMeter;
import java.lang.foreign.Arena;
import java.util.Locale;

/// Speed probe, not a test: GFLOP/s of one thread in flash attention, counting the pairs that see each
/// other, and GB/s of keys and values in decoding.
final class AttentionSpeed {
    private AttentionSpeed() {}

    public static void main(String[] none) {
        for (int Dh : new int[] {64, 128, 80}) {
            for (boolean causal : new boolean[] {true, false}) {
                train(new AttentionShape(1, 12, 12, 1024, 1024, Dh, Dh, 0.125), causal);
            }
        }
        train(new AttentionShape(4, 12, 12, 256, 256, 64, 64, 0.125), true);
        for (int S : new int[] {100, 1024, 8192}) {
            decode(new AttentionShape(1, 12, 12, 1, S, 64, 64, 0.125));
            decode(new AttentionShape(1, 32, 4, 1, S, 64, 64, 0.125));
        }
    }

    private static void train(AttentionShape s, boolean causal) {
        Visibility see = new Visibility(causal, 0, 0, 0, null);
        try (Arena arena = Arena.ofConfined()) {
            Heads q = heads(arena, s.B(), s.T(), s.H(), s.Dh());
            Heads k = heads(arena, s.B(), s.S(), s.Hkv(), s.Dh());
            Heads v = heads(arena, s.B(), s.S(), s.Hkv(), s.Dv());
            Heads o = heads(arena, s.B(), s.T(), s.H(), s.Dv());
            Heads dO = heads(arena, s.B(), s.T(), s.H(), s.Dv());
            Heads dq = heads(arena, s.B(), s.T(), s.H(), s.Dh());
            Heads dk = heads(arena, s.B(), s.S(), s.Hkv(), s.Dh());
            Heads dv = heads(arena, s.B(), s.S(), s.Hkv(), s.Dv());
            Span lse = Span.allocate(arena, DType.F32, (long) s.B() * s.H() * s.T());
            Span scratch = Span.allocate(
                    arena, DType.F32, Math.max(FlashAttention.forwardScratch(s), FlashAttention.backwardScratch(s)));
            double pairs = (double) s.B() * s.H() * s.T() * (causal ? (s.T() + 1) / 2.0 : s.S());
            double forward = best(
                    () -> FlashAttention.forward(o, lse, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s)));
            double backward = best(() -> FlashAttention.backward(
                    dq, dk, dv, q, k, v, o, dO, lse, s, see, scratch, 0, FlashAttention.backwardUnits(s)));
            double forwardFlops = 2 * pairs * (s.Dh() + s.Dv());
            double backwardFlops = 2 * pairs * (3 * s.Dh() + 2 * s.Dv());
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: forward %.0f, backward %.0f, both %.0f GFLOP/s%n",
                    s,
                    causal ? "causal" : "full",
                    forwardFlops / forward / 1e9,
                    backwardFlops / backward / 1e9,
                    (forwardFlops + backwardFlops) / (forward + backward) / 1e9);
        }
    }

    private static void decode(AttentionShape s) {
        Visibility see = new Visibility(true, s.S() - 1, 0, 0, null);
        try (Arena arena = Arena.ofConfined()) {
            Heads q = heads(arena, s.B(), s.T(), s.H(), s.Dh());
            Heads k = heads(arena, s.B(), s.S(), s.Hkv(), s.Dh());
            Heads v = heads(arena, s.B(), s.S(), s.Hkv(), s.Dv());
            Heads o = heads(arena, s.B(), s.T(), s.H(), s.Dv());
            Span scratch = Span.allocate(arena, DType.F32, FlashAttention.forwardScratch(s));
            double seconds = best(
                    () -> FlashAttention.forward(o, null, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s)));
            double bytes = 4.0 * s.B() * s.S() * s.Hkv() * (s.Dh() + s.Dv());
            System.out.printf(Locale.ROOT, "decode %s: %.1f us, %.1f GB/s%n", s, seconds * 1e6, bytes / seconds / 1e9);
        }
    }

    private static Heads heads(Arena arena, int B, int T, int H, int D) {
        Span span = Span.allocate(arena, DType.F32, (long) B * T * H * D);
        for (long i = 0; i < span.count(); i++) {
            span.set(i, (i * 37 & 255) / 256.0 - 0.5);
        }
        return Heads.rows(span, T, H, D);
    }

    private static double best(Runnable run) {
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + 1_500_000_000L;
        int repeats = 1;
        for (int i = 0; i < 5 || System.nanoTime() < end; i++) {
            long start = ThreadMeter.nanos();
            for (int r = 0; r < repeats; r++) {
                run.run();
            }
            double seconds = (ThreadMeter.nanos() - start) / 1e9;
            best = Math.min(best, seconds / repeats);
            repeats = seconds < 2e-3 ? repeats * 2 : repeats;
        }
        return best;
    }
}
