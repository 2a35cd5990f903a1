package headway.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TileShapeTest {
    /// The layout of the manual: palette, bytes of rows, rows.
    @Test
    void liesAsTheProcessorReadsIt() {
        byte[] bytes = new TileShape()
                .with(Tile.tmm(0), 16, 64)
                .with(Tile.tmm(7), 3, 20)
                .bytes();
        byte[] expected = new byte[64];
        expected[0] = 1;
        expected[16] = 64;
        expected[30] = 20;
        expected[48] = 16;
        expected[55] = 3;
        assertThat(bytes).containsExactly(expected);
        assertThatThrownBy(() -> new TileShape().with(Tile.tmm(2), 17, 64))
                .hasMessage("[tiles] tmm2 of 17 rows of 64 bytes; expected at most 16 of 64, or none");
    }
}
