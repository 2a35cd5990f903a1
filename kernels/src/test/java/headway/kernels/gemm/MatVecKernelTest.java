package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatVecKernelTest {
    private static final int[] SIZES = {0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255, 1023};
    private static final float EPS = Math.ulp(1f) / 2;

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "F16"})
    void everyNumberOfRowsAndEveryWidth(DType type) {
        for (int M = 1; M <= MatVecKernel.MAX_ROWS; M++) {
            for (int K : SIZES) {
                check(M, 7, K, type, K % 4 == 3 ? 3 : 1);
            }
        }
        for (int N : SIZES) {
            check(3, N, 20, type, 0);
        }
    }

    private void check(int M, int N, int K, DType type, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            Fenced x = Fenced.random(arena, DType.F32, (long) M * K, offset, random);
            Fenced w = Fenced.random(arena, type, (long) N * K, offset, random);
            Fenced y = Fenced.of(arena, DType.F32, (long) M * N, offset);
            Span bias = Fenced.random(arena, DType.F32, N, 0, random).span();
            Span residual =
                    Fenced.random(arena, DType.F32, (long) M * N, 0, random).span();
            Epilogue epilogue = new Epilogue(bias, Activation.IDENTITY, residual, N);
            MatVecKernel.run(y.span(), x.span(), w.span(), M, N, K, epilogue, 0, N);
            for (int m = 0; m < M; m++) {
                for (int n = 0; n < N; n++) {
                    double sum = bias.get(n) + residual.get(m * N + n);
                    double magnitude = Math.abs(bias.get(n)) + Math.abs(residual.get(m * N + n));
                    for (int k = 0; k < K; k++) {
                        double product = x.span().get(m * K + k) * w.span().get(n * K + k);
                        sum += product;
                        magnitude += Math.abs(product);
                    }
                    assertThat(Math.abs(y.span().get(m * N + n) - sum))
                            .as("M=%d N=%d K=%d %s, element (%d, %d)", M, N, K, type, m, n)
                            .isLessThanOrEqualTo((K + 2) * EPS * magnitude);
                }
            }
            y.assertIntact("y of M=" + M + " N=" + N + " K=" + K);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "F16"})
    void anySplitGivesTheSameBits(DType type) {
        int M = 5, N = 61, K = 333;
        try (Arena arena = Arena.ofConfined()) {
            Span x = Fenced.random(arena, DType.F32, (long) M * K, 0, random).span();
            Span w = Fenced.random(arena, type, (long) N * K, 0, random).span();
            Span whole = Span.allocate(arena, DType.F32, (long) M * N);
            MatVecKernel.run(whole, x, w, M, N, K, Epilogue.NONE, 0, N);
            for (int step : new int[] {1, 3, 16}) {
                Span parts = Span.allocate(arena, DType.F32, (long) M * N);
                for (int n = 0; n < N; n += step) {
                    MatVecKernel.run(parts, x, w, M, N, K, Epilogue.NONE, n, Math.min(N, n + step));
                }
                assertThat(GemmKernelTest.values(parts)).isEqualTo(GemmKernelTest.values(whole));
            }
        }
    }

    @Test
    void halfPrecisionWidensEveryBitPattern() {
        try (Arena arena = Arena.ofConfined()) {
            int lanes = 64;
            Span x = Span.allocate(arena, DType.F32, lanes);
            Span w = Span.allocate(arena, DType.F16, lanes);
            Span y = Span.allocate(arena, DType.F32, 1);
            for (int bits = 0; bits < 1 << 16; bits++) {
                int at = bits % lanes;
                headway.kernels.Memory.i16(w.address(at), (short) bits);
                x.set(at, 1);
                MatVecKernel.run(y, x, w, 1, 1, lanes, Epilogue.NONE, 0, 1);
                float expected = Float.float16ToFloat((short) bits);
                // Zeros elsewhere: 0 + -0 is 0, so that only the sign of zero is lost.
                assertThat(Float.compare((float) y.get(0) + 0f, expected + 0f))
                        .as("bits %x", bits)
                        .isZero();
                headway.kernels.Memory.i16(w.address(at), (short) 0);
                x.set(at, 0);
            }
        }
    }

    @Test
    void tooManyRowsAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            Span s = Span.allocate(arena, DType.F32, 100);
            assertThatThrownBy(() -> MatVecKernel.run(s, s, s, 9, 1, 1, Epilogue.NONE, 0, 1))
                    .hasMessage("[matvec] M=9 rows; at most 8: use GemmKernel");
        }
    }
}
