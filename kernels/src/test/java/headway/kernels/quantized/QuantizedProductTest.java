package headway.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.machine.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Products with quantized rows against sums in f64 over [BlockType#value], which the goldens hold to.
class QuantizedProductTest {
    private static final float EPS = Math.ulp(1f) / 2;

    private final SplittableRandom random = new SplittableRandom(3);

    /// Random bytes whose scales, wherever they stand, are small finite numbers: values near 1 in magnitude.
    private BlockSpan blocks(Arena arena, BlockType type, long count) {
        BlockSpan made = BlockSpan.allocate(arena, type, count);
        for (long b = 0; b < count / type.size(); b++) {
            long at = made.segment().address() + b * type.bytes();
            for (int i = 0; i < type.bytes(); i++) {
                Memory.i8(at + i, (byte) random.nextInt());
            }
            short scale = Float.floatToFloat16((float) random.nextDouble(-0.01, 0.01));
            switch (type) {
                case Q8_0, Q4_0, Q5_0, IQ4_NL, IQ4_XS -> Memory.i16(at, scale);
                case Q4_1, Q5_1, Q4_K, Q5_K -> Memory.i32(at, scale & 0xFFFF | 0x1800 << 16);
                case Q2_K -> Memory.i32(at + 80, scale & 0xFFFF | 0x1800 << 16);
                case Q3_K -> Memory.i16(at + 108, scale);
                case Q6_K -> Memory.i16(at + 208, scale);
                case MXFP4 -> Memory.i8(at, (byte) random.nextInt(118, 126));
            }
        }
        return made;
    }

    private static double value(BlockSpan w, int K, int n, int k) {
        BlockType type = w.type();
        return type.value(w.address(n, K) + (long) (k / type.size()) * type.bytes(), k % type.size());
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeTimesEveryNumberOfRows(BlockType type) {
        check(type, 3, 9, 3 * type.size(), false);
        check(type, 70, 33, 2 * type.size(), false);
        for (int M = 1; M <= MatVecKernel.MAX_ROWS; M++) {
            check(type, M, 11, 3 * type.size());
        }
        for (int N : new int[] {1, 7, 8, 9, 17}) {
            check(type, 3, N, type.size());
        }
        for (int K : new int[] {256, 288, 1024 + 96, 2048}) {
            check(type, 1, 5, K / type.size() * type.size());
            check(type, 5, 3, K / type.size() * type.size());
            check(type, 9, 35, K / type.size() * type.size());
        }
        check(type, 13, 19, 2 * type.size());
        check(type, 70, 33, 2 * type.size());
    }

    private void check(BlockType type, int M, int N, int K) {
        check(type, M, N, K, true);
    }

    private void check(BlockType type, int M, int N, int K, boolean bytes) {
        try (Arena arena = Arena.ofConfined()) {
            Fenced x = Fenced.random(arena, DType.F32, (long) M * K, 1, random);
            BlockSpan w = blocks(arena, type, (long) N * K);
            Fenced y = Fenced.of(arena, DType.F32, (long) M * N, 3);
            Span bias = Fenced.random(arena, DType.F32, N, 0, random).span();
            Span residual =
                    Fenced.random(arena, DType.F32, (long) M * N, 0, random).span();
            Epilogue epilogue = new Epilogue(bias, Activation.IDENTITY, residual, N);
            run(y.span(), x.span(), w, M, N, K, epilogue, arena, N, bytes);
            boolean eight = ByteActivations.Form.of(type, M) == ByteActivations.Form.EIGHT;
            boolean integers = bytes && Tier.machine();
            Span rounded = integers ? rounded(arena, x.span(), M, K, eight) : x.span();
            assertProduct(y, rounded, w, M, N, K, bias, residual);
        }
    }

    private static void assertProduct(Fenced y, Span x, BlockSpan w, int M, int N, int K, Span bias, Span residual) {
        for (int m = 0; m < M; m++) {
            for (int n = 0; n < N; n++) {
                double sum = bias.get(n) + residual.get(m * N + n);
                double magnitude = Math.abs(bias.get(n)) + Math.abs(residual.get(m * N + n));
                for (int k = 0; k < K; k++) {
                    double product = x.get(m * K + k) * value(w, K, n, k);
                    sum += product;
                    magnitude += Math.abs(product);
                }
                assertThat(Math.abs(y.span().get(m * N + n) - sum))
                        .as("%s M=%d N=%d K=%d, element (%d, %d)", w.type(), M, N, K, m, n)
                        .isLessThanOrEqualTo((K + 2) * EPS * magnitude);
            }
        }
        y.assertIntact("y of M=" + M + " N=" + N + " K=" + K);
    }

    /// What AVX2 does, at every level of machine code: many rows as words, and as bytes of eight bits.
    @ParameterizedTest
    @EnumSource
    void wordsAndBytesForAvx2(BlockType type) {
        if (!Tier.machine()) {
            return;
        }
        for (boolean bytes : new boolean[] {false, true}) {
            for (int M : new int[] {1, 6, 7, 13}) {
                for (int N : new int[] {1, 8, 15, 16, 35}) {
                    for (int K : new int[] {256, 288, 1024 + 96}) {
                        if (!bytes || WordForm.of(type).narrow()) {
                            words(type, M, N, K / type.size() * type.size(), bytes);
                        }
                    }
                }
            }
        }
    }

    private void words(BlockType type, int M, int N, int K, boolean bytes) {
        try (Arena arena = Arena.ofConfined()) {
            Span x = Fenced.random(arena, DType.F32, (long) M * K, 1, random).span();
            BlockSpan w = blocks(arena, type, (long) N * K);
            Fenced y = Fenced.of(arena, DType.F32, (long) M * N, 3);
            Span bias = Fenced.random(arena, DType.F32, N, 0, random).span();
            Span residual =
                    Fenced.random(arena, DType.F32, (long) M * N, 0, random).span();
            Span integers = Span.allocate(arena, DType.F32, M * ByteActivations.rowBytes(K) / 4);
            var form = bytes ? ByteActivations.Form.EIGHT : ByteActivations.Form.WORDS;
            ByteActivations.reference(integers, x, M, K, form, ByteActivations.Order.PLAIN);
            Span scratch = Span.allocate(arena, DType.F32, MachineWordGemm.scratch(N, K) / 4);
            var epilogue = new Epilogue(bias, Activation.IDENTITY, residual, N);
            MachineWordGemm.run(y.span(), integers, w, M, N, K, epilogue, scratch, 0, N, bytes);
            assertProduct(y, rounded(arena, x, M, K, bytes), w, M, N, K, bias, residual);
        }
    }

    /// What AVX2 does with few rows, at every level of machine code: bytes of fifteen bits and of eight.
    @ParameterizedTest
    @EnumSource
    void bytesOfFewRowsForAvx2(BlockType type) {
        if (!Tier.machine() || !WordForm.of(type).narrow()) {
            return;
        }
        for (var form : new ByteActivations.Form[] {ByteActivations.Form.BYTES, ByteActivations.Form.EIGHT}) {
            boolean eight = form == ByteActivations.Form.EIGHT;
            for (int M : new int[] {1, 2, 4, 7}) {
                var code = Machine.install(a -> NarrowRowsCode.write(a, type, M, eight));
                for (int K : new int[] {256, 288, 1024 + 96}) {
                    narrow(code, type, M, 5, K / type.size() * type.size(), form);
                }
            }
        }
    }

    private void narrow(MemorySegment code, BlockType type, int M, int N, int K, ByteActivations.Form form) {
        try (Arena arena = Arena.ofConfined()) {
            Span x = Fenced.random(arena, DType.F32, (long) M * K, 1, random).span();
            BlockSpan w = blocks(arena, type, (long) N * K);
            Fenced y = Fenced.of(arena, DType.F32, (long) M * N, 3);
            Span bias = Fenced.random(arena, DType.F32, N, 0, random).span();
            Span residual =
                    Fenced.random(arena, DType.F32, (long) M * N, 0, random).span();
            Span bytes = Span.allocate(arena, DType.F32, M * ByteActivations.rowBytes(K) / 4);
            var order = type.size() == 32 ? ByteActivations.Order.PAIRS : ByteActivations.Order.PLAIN;
            ByteActivations.reference(bytes, x, M, K, form, order);
            Machine.call(
                    code,
                    y.span().address(),
                    4L * N,
                    bytes.address(),
                    w.address(0, K),
                    K,
                    N,
                    bias.address(),
                    residual.address());
            Span rounded = rounded(arena, x, M, K, form == ByteActivations.Form.EIGHT);
            assertProduct(y, rounded, w, M, N, K, bias, residual);
        }
    }

    /// x as the kernels see it: of fifteen bits where they multiply bytes, as [ByteActivationsTest] has it.
    private static Span rounded(Arena arena, Span x, int M, int K, boolean eight) {
        Span bytes = Span.allocate(arena, DType.F32, M * ByteActivations.rowBytes(K) / 4);
        // Words are the same numbers as two bytes.
        var form = eight ? ByteActivations.Form.EIGHT : ByteActivations.Form.BYTES;
        ByteActivations.reference(bytes, x, M, K, form, ByteActivations.Order.PLAIN);
        Span rounded = Span.allocate(arena, DType.F64, (long) M * K);
        for (int m = 0; m < M; m++) {
            for (int k = 0; k < K; k++) {
                long group = bytes.address()
                        + m * ByteActivations.rowBytes(K)
                        + (long) (k / ByteActivations.GROUP) * ByteActivations.BYTES;
                int at = k % ByteActivations.GROUP;
                double s = Memory.f32(group + ByteActivations.SCALES + at / 32 * 4);
                int high = Memory.i8(group + at);
                int q = eight ? high : 128 * high + Memory.i8(group + ByteActivations.LOW + at);
                rounded.set((long) m * K + k, s * q);
            }
        }
        return rounded;
    }

    /// The whole product in pieces of `step` columns, by the kernel that suits M.
    private static void run(
            Span y, Span x, BlockSpan w, int M, int N, int K, Epilogue epilogue, Arena arena, int step, boolean bytes) {
        boolean few = M <= MatVecKernel.MAX_ROWS;
        long scratch = few ? QuantizedMatVecKernel.scratch(K) : QuantizedGemmKernel.scratch(step, K);
        Span own = Span.allocate(arena, DType.F32, scratch);
        Span shared =
                bytes ? Span.allocate(arena, DType.F32, Math.max(1, ByteActivations.shared(w.type(), M, K))) : null;
        if (bytes) {
            ByteActivations.prepare(shared, x, w.type(), M, 0, M, K);
        }
        for (int n = 0; n < N; n += step) {
            int end = Math.min(N, n + step);
            if (few) {
                QuantizedMatVecKernel.run(y, x, shared, w, M, N, K, epilogue, own, n, end);
            } else {
                QuantizedGemmKernel.run(y, x, shared, w, M, N, K, epilogue, own, n, end);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anySplitGivesTheSameBits(BlockType type) {
        for (int M : new int[] {1, 5, 12, 20}) {
            int N = 37, K = 2 * type.size();
            try (Arena arena = Arena.ofConfined()) {
                Span x =
                        Fenced.random(arena, DType.F32, (long) M * K, 0, random).span();
                BlockSpan w = blocks(arena, type, (long) N * K);
                Span whole = Span.allocate(arena, DType.F32, (long) M * N);
                run(whole, x, w, M, N, K, Epilogue.NONE, arena, N, true);
                for (int step : new int[] {1, 3, 16}) {
                    Span parts = Span.allocate(arena, DType.F32, (long) M * N);
                    run(parts, x, w, M, N, K, Epilogue.NONE, arena, step, true);
                    assertThat(parts.segment().mismatch(whole.segment()))
                            .as("%s M=%d step %d", type, M, step)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            Span s = Span.allocate(arena, DType.F32, 1 << 12);
            BlockSpan w = BlockSpan.allocate(arena, BlockType.Q8_0, 64);
            assertThatThrownBy(() -> QuantizedMatVecKernel.run(s, s, s, w, 9, 1, 32, Epilogue.NONE, s, 0, 1))
                    .hasMessage("[quantized matvec] M=9 rows; at most 8: use QuantizedGemmKernel");
            assertThatThrownBy(() -> QuantizedMatVecKernel.run(s, s, s, w, 1, 3, 32, Epilogue.NONE, s, 0, 1))
                    .hasMessage("[quantized matvec] w has 68 bytes of Q8_0; 3 rows of 32 values need 102");
            assertThatThrownBy(() -> QuantizedMatVecKernel.run(s, s, s, w, 1, 1, 40, Epilogue.NONE, s, 0, 1))
                    .hasMessageContaining("rows of w have 40 values; Q8_0 has blocks of 32, which do not fit");
            assertThatThrownBy(() -> QuantizedGemmKernel.run(s, s, s, w, 9, 3, 32, Epilogue.NONE, s, 0, 1))
                    .hasMessage("[quantized gemm] w has 68 bytes of Q8_0; 3 rows of 32 values need 102");
        }
    }
}
