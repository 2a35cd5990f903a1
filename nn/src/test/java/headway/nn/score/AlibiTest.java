package headway.nn.score;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import org.junit.jupiter.api.Test;

/// Slopes as the paper lists them, and what padding does to the numbers of keys.
class AlibiTest {
    @Test
    void eightHeadsHaveTheSlopesOfThePaper() {
        Double[] paper = {1 / 2., 1 / 4., 1 / 8., 1 / 16., 1 / 32., 1 / 64., 1 / 128., 1 / 256.};
        assertThat(Alibi.interleaved(8).slopes()).containsExactly(paper);
        assertThat(Alibi.halved(8, 8).slopes()).containsExactly(paper);
    }

    @Test
    void othersTakeFromThePowerBelowOrAbove() {
        // Four heads: 1/4 1/16 1/64 1/256; eight: as above.
        assertThat(Alibi.interleaved(6).slopes()).containsExactly(1 / 4., 1 / 16., 1 / 64., 1 / 256., 1 / 2., 1 / 8.);
        assertThat(Alibi.halved(6, 8).slopes()).containsExactly(1 / 4., 1 / 16., 1 / 64., 1 / 256., 1 / 2., 1 / 8.);
        assertThat(Alibi.halved(5, 8).slopes()).containsExactly(1 / 4., 1 / 16., 1 / 64., 1 / 256., 1 / 2.);
    }

    @Test
    void paddingIsNotCounted() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor padding = Tensor.allocate(Shape.of("batch", 2, "kv_seq", 4), DType.U8);
                for (int i : new int[] {0, 1, 2, 6, 7}) {
                    padding.memory().set(i, 1);
                }
                var pass = new Pass(null, padding, null, null);
                Tensor bias = Alibi.interleaved(1).of(pass, 4, 4);
                float slope = 1 / 256f;
                assertThat(bias.toFloats()).containsExactly(0, slope, 2 * slope, 0, 0, 0, 0, slope);
                return null;
            });
        }
    }
}
