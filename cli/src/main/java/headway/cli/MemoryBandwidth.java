package headway.cli;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.gemm.ReadPeak;
import headway.tensor.Parallel;
import java.lang.foreign.Arena;

/// How fast memory is read in one stream a thread: the floor under the time of a decoding step, which reads every
/// weight once.
final class MemoryBandwidth {
    /// 256 MB: larger than any cache.
    private static final int FLOATS = 1 << 26;

    /// A megabyte: long enough a stream, short enough to even out the threads.
    private static final int CHUNK = 1 << 18;

    private static final int ROUNDS = 8;

    private MemoryBandwidth() {}

    /// Gigabytes (10⁹) a second, the best of several rounds: the others were disturbed or not yet compiled.
    static double gigabytesPerSecond() {
        try (Arena arena = Arena.ofShared()) {
            Span x = Span.allocate(arena, DType.F32, FLOATS);
            // Pages never written are all the same zero page, which never leaves the cache.
            Parallel.range(
                    FLOATS / CHUNK,
                    1,
                    (lo, hi) -> x.segment()
                            .asSlice(4L * lo * CHUNK, 4L * (hi - lo) * CHUNK)
                            .fill((byte) 1));
            long best = Long.MAX_VALUE;
            var sums = new float[FLOATS / CHUNK];
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                Parallel.range(sums.length, 1, (lo, hi) -> {
                    for (int i = lo; i < hi; i++) {
                        sums[i] = ReadPeak.read(x, (long) i * CHUNK, (i + 1L) * CHUNK);
                    }
                });
                best = Math.min(best, System.nanoTime() - start);
            }
            return 4.0 * FLOATS / best;
        }
    }
}
