package headway.nn.position;

import static org.assertj.core.api.Assertions.assertThat;

import headway.nn.position.SinusoidalPosition.Layout;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SinusoidalPositionTest {
    private static float[] row(int position, int hidden, Layout layout) {
        try (Arena arena = Arena.ofConfined()) {
            float[] all = SinusoidalPosition.table(arena, position + 1, hidden, layout)
                    .toFloats();
            return Arrays.copyOfRange(all, position * hidden, (position + 1) * hidden);
        }
    }

    @Test
    void interleavedIsThePapersTable() {
        assertThat(row(3, 6, Layout.INTERLEAVED))
                .containsExactly(
                        new float[] {0.14112f, -0.98999f, 0.13879f, 0.99032f, 0.00646f, 0.99997f},
                        Offset.offset(1e-5f));
    }

    @Test
    void concatenatedPaperHasTheSameWavesInHalves() {
        assertThat(row(3, 6, Layout.CONCATENATED_PAPER))
                .containsExactly(
                        new float[] {0.14112f, 0.13879f, 0.00646f, -0.98999f, 0.99032f, 0.99997f},
                        Offset.offset(1e-5f));
    }

    @Test
    void concatenatedEndsAtTheLongestWave() {
        // Exponents 0, 1/2 and 1: angles 3, 0.03 and 0.0003.
        assertThat(row(3, 6, Layout.CONCATENATED))
                .containsExactly(
                        new float[] {0.14112f, 0.0299955f, 0.0003f, -0.98999f, 0.99955f, 1f}, Offset.offset(1e-5f));
    }

    @Test
    void onePairIsAWaveToo() {
        for (Layout layout : Layout.values()) {
            assertThat(row(3, 2, layout)).containsExactly(new float[] {0.14112f, -0.98999f}, Offset.offset(1e-5f));
        }
    }

    @Test
    void positionZeroIsSineZeroAndCosineOne() {
        assertThat(row(0, 4, Layout.INTERLEAVED)).containsExactly(0, 1, 0, 1);
        assertThat(row(0, 4, Layout.CONCATENATED)).containsExactly(0, 0, 1, 1);
    }
}
