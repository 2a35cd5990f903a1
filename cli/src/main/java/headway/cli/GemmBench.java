package headway.cli;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.GemmShape;
import headway.kernels.gemm.IntegerGemmKernel;
import headway.kernels.gemm.PackedBytes;
import headway.kernels.gemm.PackedMatrix;
import headway.tensor.Gemm;
import headway.tensor.Parallel;
import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// `headway bench gemm`: products with a weight `(N, K)`, in f32, bf16, f16, or exact ones of bytes. A few rows meet a
/// weight that was packed before, as they do in a model that decodes a batch.
final class GemmBench {
    private static final int FEW = 64;
    private static final int[][] SIZES = {
        {1024, 1024, 1024},
        {1024, 768, 768},
        {1024, 2304, 768},
        {1024, 3072, 768},
        {1024, 768, 3072},
        {1024, 50257, 768},
        {2048, 384, 1536},
        {2048, 1536, 384},
        {512, 8192, 2048},
        {16, 8192, 2048},
        {128, 128, 128}
    };

    private GemmBench() {}

    static void run(DType dtype, double peak, int runs, Consumer<Measurement> print) {
        for (int[] n : SIZES) {
            try (Arena arena = Arena.ofShared()) {
                double flops = 2.0 * n[0] * n[1] * n[2];
                int inner = (int) Math.max(1, 2e9 / flops);
                Runnable product = dtype == DType.I8 ? bytes(arena, n[0], n[1], n[2]) : floats(arena, dtype, n);
                double[] values = Measurement.repeat(8, runs, () -> {
                    long start = System.nanoTime();
                    for (int i = 0; i < inner; i++) {
                        product.run();
                    }
                    return flops * inner / (System.nanoTime() - start);
                });
                print.accept(new Measurement(
                        "gemm",
                        null,
                        Measurement.shape("m", n[0], "n", n[1], "k", n[2]),
                        dtype == DType.I8 ? "int8" : dtype.name().toLowerCase(Locale.ROOT),
                        values,
                        "GFLOP/s",
                        peak));
            }
        }
    }

    private static Runnable floats(Arena arena, DType dtype, int[] n) {
        GemmShape shape = GemmShape.of(n[0], n[1], n[2], false, true);
        boolean rounds = dtype == DType.BF16;
        Span b = Bench.random(arena, dtype, (long) n[1] * n[2]);
        Span c = Span.allocate(arena, DType.F32, (long) n[0] * n[1]);
        if (n[0] > FEW || !PackedMatrix.fits(dtype, rounds)) {
            Span a = Bench.random(arena, dtype, (long) n[0] * n[2]);
            return () -> Gemm.run(c, a, b, shape, Epilogue.NONE);
        }
        Span a = Bench.random(arena, DType.F32, (long) n[0] * n[2]);
        PackedMatrix packed = PackedMatrix.allocate(arena, dtype, rounds, n[1], n[2]);
        packed.pack(b, shape.rounding(rounds), Parallel.scratch(GemmKernel.scratch()), 0, n[1]);
        return () -> Gemm.run(c, a, packed, shape.rounding(rounds), Epilogue.NONE);
    }

    private static Runnable bytes(Arena arena, int M, int N, int K) {
        Span a = bytes(arena, (long) M * K);
        Span b = bytes(arena, (long) N * K);
        Span c = Span.allocate(arena, DType.I32, (long) M * N);
        long scratch = IntegerGemmKernel.scratch();
        if (M <= FEW && PackedBytes.fits()) {
            PackedBytes packed = PackedBytes.allocate(arena, N, K);
            packed.pack(b, Parallel.scratch(scratch), 0, N);
            return () -> Parallel.range(
                    N,
                    share(N),
                    (lo, hi) -> IntegerGemmKernel.block(c, a, packed, M, Parallel.scratch(scratch), 0, M, lo, hi));
        }
        if (M > N) {
            return () -> Parallel.range(
                    M,
                    share(M),
                    (lo, hi) -> IntegerGemmKernel.block(c, a, b, M, N, K, Parallel.scratch(scratch), lo, hi, 0, N));
        }
        return () -> Parallel.range(
                N,
                share(N),
                (lo, hi) -> IntegerGemmKernel.block(c, a, b, M, N, K, Parallel.scratch(scratch), 0, M, lo, hi));
    }

    /// One part a thread, in multiples of 64.
    private static int share(int size) {
        return ((size + Parallel.threads() - 1) / Parallel.threads() + 63) / 64 * 64;
    }

    private static Span bytes(Arena arena, long count) {
        Span span = Span.allocate(arena, DType.I8, count);
        var random = new SplittableRandom(5);
        for (long i = 0; i < count; i++) {
            Memory.i8(span.address(i), (byte) random.nextInt());
        }
        return span;
    }
}
