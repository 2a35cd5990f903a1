package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.ThreadMeter;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.FmaPeak;
import headway.kernels.gemm.MatVecKernel;
import java.lang.foreign.Arena;
import java.util.Locale;

/// Speed probe, not a test: GFLOP/s of one thread when many rows meet quantized weights, beside the peak of fused
/// multiply-adds. Arguments: numbers of rows.
final class QuantizedSpeed {
    private QuantizedSpeed() {}

    public static void main(String[] rows) {
        double peak = 0;
        for (int i = 0; i < 12; i++) {
            peak = Math.max(peak, FmaPeak.gigaflops(1_600_000));
        }
        System.out.printf(Locale.ROOT, "f32 peak %.0f GFLOP/s%n", peak);
        for (BlockType type : BlockType.values()) {
            StringBuilder line = new StringBuilder("%-7s".formatted(type));
            for (String m : rows) {
                line.append(String.format(Locale.ROOT, "  M=%s %4.0f", m, speed(type, Integer.parseInt(m), 128, 2048)));
            }
            System.out.println(line);
        }
    }

    private static double speed(BlockType type, int M, int N, int K) {
        try (Arena arena = Arena.ofConfined()) {
            BlockSpan w = BlockSpan.allocate(arena, type, (long) N * K);
            // No scale is 0 or subnormal, which multiplications take their time for.
            w.segment().fill((byte) 0x31);
            Span x = Span.allocate(arena, DType.F32, (long) M * K);
            for (long i = 0; i < (long) M * K; i++) {
                x.set(i, (i * 37 & 255) / 256.0 - 0.5);
            }
            Span y = Span.allocate(arena, DType.F32, (long) M * N);
            Span scratch = Span.allocate(arena, DType.F32, QuantizedGemmKernel.scratch(N, K));
            Span shared = Span.allocate(arena, DType.F32, Math.max(1, ByteActivations.shared(type, M, K)));
            ByteActivations.prepare(shared, x, type, M, 0, M, K);
            double best = Double.MAX_VALUE;
            long end = System.nanoTime() + 400_000_000L;
            for (int i = 0; i < 5 || System.nanoTime() < end; i++) {
                long start = ThreadMeter.nanos();
                if (M <= MatVecKernel.MAX_ROWS) {
                    QuantizedMatVecKernel.run(y, x, shared, w, M, N, K, Epilogue.NONE, scratch, 0, N);
                } else {
                    QuantizedGemmKernel.run(y, x, shared, w, M, N, K, Epilogue.NONE, scratch, 0, N);
                }
                best = Math.min(best, (ThreadMeter.nanos() - start) / 1e9);
            }
            return 2.0 * M * N * K / best / 1e9;
        }
    }
}
