package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.nn.Init;
import headway.nn.WeightException;
import headway.nn.Weights;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Blocks of 128 × 128 with ragged ends, and all 256 numbers of 8 bits.
class ScaledBlocksTest {
    private final Arena arena = Arena.ofAuto();

    private StoredTensor stored(String name, DType type, double[] values, long... shape) {
        Span span = Span.allocate(arena, type, values.length);
        for (int i = 0; i < values.length; i++) {
            span.set(i, values[i]);
        }
        return new StoredTensor(name, type, shape, span.segment().asSlice(0, (long) values.length * type.bytes()));
    }

    private Map<String, StoredTensor> file(int rows, int columns, int down, int across) {
        var random = new Random(4);
        var file = new LinkedHashMap<String, StoredTensor>();
        double[] values = random.doubles((long) rows * columns, -448, 448).toArray();
        double[] scales = random.doubles((long) down * across, 0.01, 0.02).toArray();
        file.put("w", stored("w", DType.F8_E4M3, values, rows, columns));
        file.put("w_scale_inv", stored("w_scale_inv", DType.F32, scales, down, across));
        return file;
    }

    @Test
    void aValueIsScaledByItsBlock() {
        Map<String, StoredTensor> file = file(200, 300, 2, 3);
        var weights = new CheckpointWeights("f", file, Map.of(), Loading.RUN, new int[] {128, 128}, arena);
        Tensor w =
                Weights.of(weights).get("w", Init.ZEROS, "out", 200, "in", 300).tensor();
        weights.finish(_ -> false);
        assertThat(w.dtype()).isEqualTo(DType.F32);
        var values = new Span(file.get("w").data(), DType.F8_E4M3);
        var scales = new Span(file.get("w_scale_inv").data(), DType.F32);
        for (int[] at : new int[][] {{0, 0}, {127, 127}, {127, 128}, {128, 127}, {199, 299}, {3, 256}, {130, 255}}) {
            float expected =
                    (float) values.get(at[0] * 300L + at[1]) * (float) scales.get(at[0] / 128 * 3L + at[1] / 128);
            assertThat(w.memory().get(at[0] * 300L + at[1])).isEqualTo(expected);
        }
    }

    @Test
    void scalesThatArePowersOfTwoNeedSixteenBits() {
        Map<String, StoredTensor> file = file(200, 300, 2, 3);
        file.put("w_scale_inv", stored("w_scale_inv", DType.F32, new double[] {1, 0x1p-9, 4, 0.5, 0x1p-100, 2}, 2, 3));
        Tensor narrow = load(file, Loading.RUN);
        Tensor wide = load(file, Loading.TRAIN);
        assertThat(narrow.dtype()).isEqualTo(DType.BF16);
        assertThat(wide.dtype()).isEqualTo(DType.F32);
        for (long i = 0; i < 200 * 300; i++) {
            assertThat(narrow.memory().get(i)).isEqualTo(wide.memory().get(i));
        }
        for (double other : new double[] {1.5, -1, 0, 0x1p-101, 0x1p101, Double.NaN}) {
            file.put("w_scale_inv", stored("w_scale_inv", DType.F32, new double[] {1, 1, 1, 1, 1, other}, 2, 3));
            assertThat(load(file, Loading.RUN).dtype()).as("%s", other).isEqualTo(DType.F32);
        }
    }

    private Tensor load(Map<String, StoredTensor> file, Loading loading) {
        var weights = new CheckpointWeights("f", file, Map.of(), loading, new int[] {128, 128}, arena);
        return Weights.of(weights).get("w", Init.ZEROS, "out", 200, "in", 300).tensor();
    }

    @Test
    void scalesOfOtherBlocksAndValuesWithoutScalesAreNamed() {
        var wrong =
                new CheckpointWeights("f", file(200, 300, 2, 2), Map.of(), Loading.RUN, new int[] {128, 128}, arena);
        Weights.of(wrong).get("w", Init.ZEROS, "out", 200, "in", 300);
        assertThatThrownBy(() -> wrong.finish(_ -> false))
                .isInstanceOf(WeightException.class)
                .hasMessageContaining("scales w_scale_inv F32 [2, 2] in blocks of 128 × 128");
        Map<String, StoredTensor> alone = file(4, 4, 1, 1);
        alone.remove("w_scale_inv");
        var bare = new CheckpointWeights("f", alone, Map.of(), Loading.RUN, new int[] {128, 128}, arena);
        Weights.of(bare).get("w", Init.ZEROS, "out", 4, "in", 4);
        assertThatThrownBy(() -> bare.finish(_ -> false))
                .hasMessageContaining("w: the file has F8_E4M3 without scales (w_scale_inv)");
    }

    @Test
    void blockSizesComeFromTheConfig() {
        assertThat(ScaledBlocks.blockSize(Json.parse("{}", "c"))).containsExactly(128, 128);
        assertThat(ScaledBlocks.blockSize(
                        Json.parse("{\"quantization_config\": {\"weight_block_size\": [2, 4]}}", "c")))
                .containsExactly(2, 4);
    }

    @Test
    void everyNumberOfEightBitsIsReadAndWritten() {
        // The format's table: 2^(e - 7)·(1 + m/8), 2^-6·m/8 below, and no infinity.
        assertThat(DType.e4m3ToFloat((byte) 0x7E)).isEqualTo(448);
        assertThat(DType.e4m3ToFloat((byte) 0x08)).isEqualTo(0x1p-6f);
        assertThat(DType.e4m3ToFloat((byte) 0x01)).isEqualTo(0x1p-9f);
        assertThat(DType.e4m3ToFloat((byte) 0xB8)).isEqualTo(-1);
        assertThat(DType.e4m3ToFloat((byte) 0x7F)).isNaN();
        for (int bits = 0; bits < 256; bits++) {
            float value = DType.e4m3ToFloat((byte) bits);
            if (value == value) {
                assertThat(DType.floatToE4m3(value)).isEqualTo((byte) bits);
                float next = DType.e4m3ToFloat((byte) (bits + 1));
                boolean same = (bits + 1 & 0x7F) != 0 && next == next;
                if (same) {
                    byte even = (byte) (bits % 2 == 0 ? bits : bits + 1);
                    assertThat(DType.floatToE4m3((value + next) / 2)).isEqualTo(even);
                    assertThat(DType.floatToE4m3(value + (next - value) * 0.49f))
                            .isEqualTo((byte) bits);
                    assertThat(DType.floatToE4m3(value + (next - value) * 0.51f))
                            .isEqualTo((byte) (bits + 1));
                }
            }
        }
        assertThat(DType.e4m3ToFloat(DType.floatToE4m3(463))).isEqualTo(448);
        assertThat(DType.e4m3ToFloat(DType.floatToE4m3(465))).isNaN();
    }
}
