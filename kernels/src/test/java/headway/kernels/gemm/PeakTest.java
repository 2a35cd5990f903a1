package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class PeakTest {
    @Test
    void readsEveryElement() {
        try (Arena arena = Arena.ofConfined()) {
            Span x = Span.allocate(arena, DType.F32, 1023);
            for (int i = 0; i < 1023; i++) {
                x.set(i, i % 7);
            }
            for (int from : new int[] {0, 1, 3}) {
                for (int to : new int[] {3, 16, 64, 65, 255, 1023}) {
                    float sum = 0;
                    for (int i = from; i < to; i++) {
                        sum += i % 7; // small integers: exact in any order
                    }
                    assertThat(ReadPeak.read(x, from, to)).isEqualTo(sum);
                    assertThat(ReadPeak.reference(x.address(from), to - from)).isEqualTo(sum);
                }
            }
            assertThatThrownBy(() -> ReadPeak.read(x, 0, 1024)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void multiplyAddsTakeTime() {
        assertThat(FmaPeak.gigaflops(100_000)).isPositive().isFinite();
        assertThat(FmaPeak.reference(100_000)).isPositive().isFinite();
    }
}
