package headway.kernels.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.ThreadMeter;
import headway.kernels.Tier;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.GemmShape;
import headway.kernels.gemm.MatVecKernel;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/// Kernels allocate nothing once they are compiled: a vector that escapes from registers shows up as
/// hundreds of kilobytes here, long before anyone sees that it is ten times slower.
class AllocationTest {
    @Test
    void products() {
        try (Arena arena = Arena.ofConfined()) {
            GemmShape s = GemmShape.of(64, 192, 256, false, true);
            Span a = Span.allocate(arena, DType.F32, 64 * 256);
            Span b = Span.allocate(arena, DType.F32, 192 * 256);
            Span c = Span.allocate(arena, DType.F32, 64 * 192);
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            check("gemm", () -> GemmKernel.block(c, a, b, s, Epilogue.NONE, scratch, 0, 64, 0, 192));
            for (DType type : new DType[] {DType.F32, DType.BF16, DType.F16}) {
                Span w = Span.allocate(arena, type, 192 * 256);
                check("gemm " + type, () -> GemmKernel.block(c, a, w, s, Epilogue.NONE, scratch, 0, 64, 0, 192));
                for (int M : new int[] {1, 3, 8}) {
                    check(
                            "matvec " + type + " M=" + M,
                            () -> MatVecKernel.run(c, a, w, M, 192, 256, Epilogue.NONE, 0, 192));
                }
            }
        }
    }

    @Test
    void attention() {
        AttentionShape s = new AttentionShape(1, 2, 2, 192, 192, 64, 64, 0.125);
        AttentionShape one = new AttentionShape(1, 2, 2, 1, 192, 64, 64, 0.125);
        Visibility see = new Visibility(true, 0, 0, 0, null);
        Visibility late = new Visibility(true, 191, 0, 0, null);
        try (Arena arena = Arena.ofConfined()) {
            Heads[] x = new Heads[8];
            for (int i = 0; i < x.length; i++) {
                x[i] = Heads.rows(Span.allocate(arena, DType.F32, 192 * 128), 192, 2, 64);
            }
            Span lse = Span.allocate(arena, DType.F32, 2 * 192);
            Span scratch = Span.allocate(arena, DType.F32, FlashAttention.backwardScratch(s));
            check(
                    "flash forward",
                    () -> FlashAttention.forward(
                            x[0], lse, x[1], x[2], x[3], s, see, scratch, 0, FlashAttention.forwardUnits(s)));
            check("flash decode", () -> FlashAttention.forward(x[0], null, x[1], x[2], x[3], one, late, scratch, 0, 2));
            Span slots = Span.allocate(arena, DType.I32, 192);
            for (int j = 0; j < 192; j++) {
                slots.set(j, j % 5 == 0 ? 191 - j : j);
            }
            check(
                    "paged attention",
                    () -> PagedAttention.forward(x[0], x[1], x[2], x[3], slots, 192, one, late, scratch, 0, 2));
            Span table = Span.allocate(arena, DType.F32, 2 * 383);
            AttentionShape biased = s.weighing(new Weighing(0, null, 0, 0, 0, PlaceBias.distances(table, 192, 192)));
            check(
                    "flash forward with a bias",
                    () -> FlashAttention.forward(
                            x[0], lse, x[1], x[2], x[3], biased, see, scratch, 0, FlashAttention.forwardUnits(s)));
            Span sums = Span.allocate(arena, DType.F32, 2 * 383);
            check(
                    "flash backward with a bias",
                    () -> FlashAttention.backward(
                            x[4], x[5], x[6], x[1], x[2], x[3], x[0], x[7], lse, sums, biased, see, scratch, 0, 2));
            check(
                    "flash backward",
                    () -> FlashAttention.backward(
                            x[4], x[5], x[6], x[1], x[2], x[3], x[0], x[7], lse, s, see, scratch, 0, 2));
        }
    }

    /// Runs until a call allocates next to nothing, for at most 20 seconds, within which C2 has had
    /// its turn.
    private static void check(String what, Runnable kernel) {
        assumeTrue(Tier.vectors(), "the reference tier has no vectors to box");
        long least = Long.MAX_VALUE;
        for (long end = System.nanoTime() + 20_000_000_000L; least > 1024 && System.nanoTime() < end; ) {
            long before = ThreadMeter.allocated();
            kernel.run();
            least = Math.min(least, ThreadMeter.allocated() - before);
        }
        assertThat(least).as("bytes a call of %s allocates", what).isLessThanOrEqualTo(1024);
    }
}
