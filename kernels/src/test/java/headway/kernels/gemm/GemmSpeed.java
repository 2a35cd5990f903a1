package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.ThreadMeter;
import headway.kernels.simd.Simd;
import java.lang.foreign.Arena;
import java.util.Locale;

/// Speed probe, not a test: GFLOP/s of one thread and their share of a measured peak of fused
/// multiply-adds.
///
/// Run it with the test class path patched into the module, one argument for each group wanted
/// (`gemm`, `narrow`, `matvec`).
final class GemmSpeed {
    private static boolean rounds;

    private GemmSpeed() {}

    public static void main(String[] groups) {
        double peak = 0;
        for (int i = 0; i < 12; i++) {
            peak = Math.max(peak, FmaPeak.gigaflops(1_600_000));
        }
        System.out.printf(Locale.ROOT, "%d bits, peak %.0f GFLOP/s%n", 32 * Simd.LANES, peak);
        for (String group : groups) {
            switch (group) {
                case "gemm" -> gemms(peak, DType.F32);
                case "narrow" -> gemms(peak, DType.BF16);
                case "rounded" -> {
                    rounds = true;
                    gemms(peak, DType.BF16);
                    gemms(peak, DType.F32);
                }
                case "matvec" -> matvecs();
                default -> throw new IllegalArgumentException(group);
            }
        }
    }

    private static void gemms(double peak, DType typeB) {
        int[][] sizes = {
            {1024, 1024, 1024},
            {1024, 768, 768},
            {1024, 2304, 768},
            {1024, 3072, 768},
            {1024, 768, 3072},
            {256, 50257, 768},
            {1020, 1024, 1024},
            {128, 128, 128},
            {64, 384, 1536}
        };
        for (int[] n : sizes) {
            StringBuilder line = new StringBuilder("%5d x %5d x %4d %s".formatted(n[0], n[1], n[2], typeB));
            for (int transposition : new int[] {0, 2, 1, 3}) {
                double speed = gemm(n[0], n[1], n[2], (transposition & 1) != 0, (transposition & 2) != 0, typeB);
                line.append(String.format(
                        Locale.ROOT,
                        "   %s%s %4.0f (%2.0f %%)",
                        (transposition & 1) != 0 ? 't' : 'n',
                        (transposition & 2) != 0 ? 't' : 'n',
                        speed,
                        100 * speed / peak));
            }
            System.out.println(line);
        }
    }

    private static double gemm(int M, int N, int K, boolean transA, boolean transB, DType typeB) {
        GemmShape s = GemmShape.of(M, N, K, transA, transB).rounding(rounds);
        try (Arena arena = Arena.ofConfined()) {
            Span a = filled(arena, DType.F32, s.elementsA());
            Span b = filled(arena, typeB, s.elementsB());
            Span c = Span.allocate(arena, DType.F32, s.elementsC());
            Span scratch = Span.allocate(arena, DType.F32, GemmKernel.scratch());
            double flops = 2.0 * M * N * K;
            double seconds = best(flops, () -> GemmKernel.block(c, a, b, s, Epilogue.NONE, scratch, 0, M, 0, N));
            return flops / seconds / 1e9;
        }
    }

    private static void matvecs() {
        for (DType type : new DType[] {DType.F32, DType.BF16, DType.F16}) {
            for (int[] n : new int[][] {{2304, 768}, {768, 3072}, {50257, 768}, {11008, 4096}}) {
                StringBuilder line = new StringBuilder("%5d x %4d %s".formatted(n[0], n[1], type));
                for (int M : new int[] {1, 2, 4, 8}) {
                    try (Arena arena = Arena.ofConfined()) {
                        Span w = filled(arena, type, (long) n[0] * n[1]);
                        Span x = filled(arena, DType.F32, (long) M * n[1]);
                        Span y = Span.allocate(arena, DType.F32, (long) M * n[0]);
                        double bytes = (double) n[0] * n[1] * type.bytes();
                        double seconds =
                                best(2 * bytes, () -> MatVecKernel.run(y, x, w, M, n[0], n[1], Epilogue.NONE, 0, n[0]));
                        line.append(String.format(Locale.ROOT, "   M=%d %5.1f GB/s", M, bytes / seconds / 1e9));
                    }
                }
                System.out.println(line);
            }
        }
    }

    private static Span filled(Arena arena, DType type, long count) {
        Span span = Span.allocate(arena, type, count);
        for (long i = 0; i < count; i++) {
            type.put(span.address(i), (i * 37 & 255) / 256.0 - 0.5);
        }
        return span;
    }

    private static double best(double work, Runnable run) {
        double best = Double.MAX_VALUE;
        // Processor time, in stretches of at least 3 ms: other processes do not count.
        int repeats = (int) Math.max(1, 3e-3 * 2e11 / work);
        long end = System.nanoTime() + 600_000_000L;
        for (int i = 0; i < 5 || System.nanoTime() < end; i++) {
            long start = ThreadMeter.nanos();
            for (int r = 0; r < repeats; r++) {
                run.run();
            }
            best = Math.min(best, (ThreadMeter.nanos() - start) / 1e9 / repeats);
        }
        return best;
    }
}
