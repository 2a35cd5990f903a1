package headway.cli;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.MatVecKernel;
import headway.tensor.Parallel;
import java.lang.foreign.Arena;

/// How fast weights stream from memory: the floor under the time of a decoding step.
///
/// A matrix larger than any cache is multiplied by one vector, as decoding does with every weight:
///
///     y[n] = Σ_k w[n,k] · x[k]        bytes / second = 4 · N · K / t
final class MemoryBandwidth {
    private static final int N = 8192;
    private static final int K = 8192;
    private static final int ROUNDS = 8;

    private MemoryBandwidth() {}

    /// Gigabytes (10⁹) a second, the best of several rounds: the others were disturbed or not yet compiled.
    static double gigabytesPerSecond() {
        try (Arena arena = Arena.ofShared()) {
            Span w = Span.allocate(arena, DType.F32, (long) N * K);
            // Pages never written are all the same zero page, which never leaves the cache.
            Parallel.range(
                    N,
                    64,
                    (lo, hi) ->
                            w.segment().asSlice(4L * lo * K, 4L * (hi - lo) * K).fill((byte) 1));
            Span x = Span.allocate(arena, DType.F32, K);
            Span y = Span.allocate(arena, DType.F32, N);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                Parallel.range(N, 64, (lo, hi) -> MatVecKernel.run(y, x, w, 1, N, K, Epilogue.NONE, lo, hi));
                best = Math.min(best, System.nanoTime() - start);
            }
            return 4.0 * N * K / best;
        }
    }
}
