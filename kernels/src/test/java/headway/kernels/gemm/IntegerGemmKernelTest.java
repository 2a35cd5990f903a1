package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.machine.GuardedMemory;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Products of bytes are exact: to the bit, at every edge, with every operand against a page that must not be touched.
class IntegerGemmKernelTest {
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void everyEdge() {
        for (int M : new int[] {1, 5, 6, 7, 16, 17, 33, 200}) {
            for (int N : new int[] {1, 16, 17, 63, 65}) {
                check(M, N, 36 + (M + N) % 5, N % 2 == 0);
            }
        }
        for (int K : new int[] {0, 1, 3, 4, 5, 63, 64, 65, 128, 511, 1024, 1030, 4096, 4101}) {
            check(18, 35, K, K % 2 == 0);
        }
        check(3, 800, 70, true);
    }

    /// All products of the extremes at once: the sums in between do not saturate.
    @Test
    void extremes() {
        try (Arena arena = Arena.ofConfined()) {
            int M = 8, N = 16, K = 2048;
            Span a = Span.allocate(arena, DType.I8, M * K);
            Span b = Span.allocate(arena, DType.I8, N * K);
            a.segment().fill((byte) -128);
            b.segment().fill((byte) -128);
            Span c = Span.allocate(arena, DType.I32, M * N);
            Span scratch = Span.allocate(arena, DType.F32, IntegerGemmKernel.scratch());
            IntegerGemmKernel.block(c, a, b, M, N, K, scratch, 0, M, 0, N);
            assertThat(c.get(0)).isEqualTo(128.0 * 128 * K);
            assertThat(c.get(M * N - 1)).isEqualTo(128.0 * 128 * K);
        }
    }

    private void check(int M, int N, int K, boolean atEnd) {
        try (Arena arena = Arena.ofConfined()) {
            Span a = bytes(arena, (long) M * K, atEnd);
            Span b = bytes(arena, (long) N * K, atEnd);
            Span want = Span.allocate(arena, DType.I32, (long) M * N);
            IntegerGemmKernel.reference(want, a, b, N, K, 0, M, 0, N);
            Span scratch = memory(arena, DType.F32, IntegerGemmKernel.scratch(), atEnd);
            Span c = memory(arena, DType.I32, (long) M * N, atEnd);
            IntegerGemmKernel.block(c, a, b, M, N, K, scratch, 0, M, 0, N);
            assertThat(c.segment()
                            .asSlice(0, 4L * M * N)
                            .mismatch(want.segment().asSlice(0, 4L * M * N)))
                    .as("M=%d N=%d K=%d", M, N, K)
                    .isEqualTo(-1);
            if (PackedBytes.fits()) {
                PackedBytes sized = PackedBytes.allocate(arena, N, K);
                Span room = memory(arena, DType.I8, Math.max(1, sized.memory().count()), atEnd);
                PackedBytes packed = new PackedBytes(room, N, K);
                int middle = N / 128 * 64;
                packed.pack(b, scratch, 0, middle);
                packed.pack(b, scratch, middle, N);
                c.segment().fill((byte) 1);
                IntegerGemmKernel.block(c, a, packed, M, scratch, 0, M, 0, middle);
                IntegerGemmKernel.block(c, a, packed, M, scratch, 0, M, middle, N);
                assertThat(c.segment()
                                .asSlice(0, 4L * M * N)
                                .mismatch(want.segment().asSlice(0, 4L * M * N)))
                        .as("packed, M=%d N=%d K=%d", M, N, K)
                        .isEqualTo(-1);
            }
            // In blocks: nothing beside the block is written.
            Fenced part = Fenced.of(arena, DType.I32, (long) M * N, 1);
            part.span().segment().fill((byte) 77);
            int m0 = M / 3, n0 = N / 2;
            IntegerGemmKernel.block(part.span(), a, b, M, N, K, scratch, m0, M, n0, N);
            for (int m = 0; m < M; m++) {
                for (int n = 0; n < N; n++) {
                    int expected = m < m0 || n < n0 ? 0x4D4D4D4D : Memory.i32(want.address((long) m * N + n));
                    assertThat(Memory.i32(part.span().address((long) m * N + n)))
                            .as("M=%d N=%d K=%d, element (%d, %d)", M, N, K, m, n)
                            .isEqualTo(expected);
                }
            }
            part.assertIntact("c");
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            Span a = Span.allocate(arena, DType.I8, 10);
            Span c = Span.allocate(arena, DType.I32, 10);
            assertThatThrownBy(() -> IntegerGemmKernel.block(c, a, a, 2, 2, 6, a, 0, 2, 0, 2))
                    .hasMessage("[integer gemm] a has 10 elements of I8; the given sizes need 12");
            assertThatThrownBy(() -> IntegerGemmKernel.block(a, a, a, 2, 2, 4, a, 0, 2, 0, 2))
                    .hasMessageContaining("[integer gemm] c");
        }
    }

    private Span memory(Arena arena, DType type, long count, boolean atEnd) {
        return LINUX ? GuardedMemory.allocate(arena, type, count, atEnd) : Span.allocate(arena, type, count);
    }

    private Span bytes(Arena arena, long count, boolean atEnd) {
        Span span = memory(arena, DType.I8, count, atEnd);
        for (long i = 0; i < count; i++) {
            Memory.i8(span.address(i), (byte) random.nextInt());
        }
        return span;
    }
}
