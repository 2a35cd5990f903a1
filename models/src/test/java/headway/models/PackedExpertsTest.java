package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.quantized.BlockType;
import headway.nn.Init;
import headway.nn.Layers;
import headway.nn.QuantizedParameter;
import headway.nn.WeightException;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Experts in MXFP4 keep their values and their size.
class PackedExpertsTest {
    private static final int E = 3;
    private static final int N = 5;
    private static final int K = 96;

    private final Arena arena = Arena.ofAuto();

    private StoredTensor bytes(String name, int low, int high, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        var random = new Random(name.hashCode());
        byte[] drawn = new byte[(int) count];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (byte) random.nextInt(low, high);
        }
        MemorySegment data = arena.allocate(count, Span.ALIGNMENT);
        MemorySegment.copy(drawn, 0, data, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, drawn.length);
        return new StoredTensor(name, DType.U8, shape, data);
    }

    private Map<String, StoredTensor> file(int scales) {
        var file = new LinkedHashMap<String, StoredTensor>();
        file.put("w_blocks", bytes("w_blocks", 0, 256, E, N, K / 32, 16));
        file.put("w_scales", bytes("w_scales", 0, 255, E, N, scales));
        return file;
    }

    private CheckpointWeights open(Map<String, StoredTensor> file, Loading loading) {
        return new CheckpointWeights("f", file, Map.of(), loading, new int[] {128, 128}, arena);
    }

    @Test
    void everyValueIsThatOfTheFile() {
        Map<String, StoredTensor> file = file(K / 32);
        CheckpointWeights weights = open(file, Loading.RUN);
        QuantizedParameter packed = Weights.of(weights).quantized("w", "experts", E, "out", N, "in", K);
        weights.finish(_ -> false);
        assertThat(packed.matrix().shape()).isEqualTo(Shape.of("out", E * N, "in", K));
        assertThat(packed.matrix().type()).isEqualTo(BlockType.MXFP4);
        assertThat(packed.matrix().bytes()).isEqualTo(E * N * K / 32 * 17);
        Tensor wide = Weights.of(open(file, Loading.TRAIN))
                .get("w", Init.ZEROS, "experts", E, "in", K, "out", N)
                .tensor();
        Tensor got = packed.matrix().dequantized(arena, DType.F32);
        for (int e = 0; e < E; e++) {
            Tensor part = packed.part(e * N, N).matrix().dequantized(arena, DType.F32);
            for (int n = 0; n < N; n++) {
                for (int k = 0; k < K; k++) {
                    double want = wide.memory().get(((long) e * K + k) * N + n);
                    assertThat(got.memory().get(((long) e * N + n) * K + k)).isEqualTo(want);
                    assertThat(part.memory().get((long) n * K + k)).isEqualTo(want);
                }
            }
        }
    }

    @Test
    void aWrongShapeIsNamedAndTrainingAsksForNumbers() {
        CheckpointWeights wrong = open(file(K / 32 + 1), Loading.RUN);
        assertThat(Weights.of(wrong).quantized("w", "experts", E, "out", N, "in", K))
                .isNull();
        Weights.of(wrong).get("w", Init.ZEROS, "experts", E, "in", K, "out", N);
        assertThatThrownBy(() -> wrong.finish(_ -> false))
                .isInstanceOf(WeightException.class)
                .hasMessageContaining(
                        "w: the file has w_blocks U8 [3, 5, 3, 16] and w_scales U8 [3, 5, 4], the config asks for (experts=3, in=96, out=5)");
        assertThat(Weights.of(open(file(K / 32), Loading.TRAIN)).quantized("w", "experts", E, "out", N, "in", K))
                .isNull();
    }

    @Test
    void aCheckpointKeepsThemInBlocksUnlessItIsTrained() {
        String golden =
                Path.of("..", "testkit", "goldens", "decoders", "gptoss-mxfp4").toString();
        try (var run = Pretrained.load(golden, Loading.RUN);
                var train = Pretrained.load(golden, Loading.TRAIN)) {
            var packed = Layers.quantized(run.model());
            assertThat(packed.keySet())
                    .contains("model.layers.0.mlp.experts.gate_up_proj", "model.layers.0.mlp.experts.down_proj");
            assertThat(Layers.quantized(train.model())).isEmpty();
            assertThat(train.parameters().keySet()).containsAll(packed.keySet());
            assertThat(run.parameterCount()).isEqualTo(train.parameterCount());
            // A gradient that would have to pass says what to do.
            try (var workspace = new Workspace()) {
                workspace.run(() -> {
                    QuantizedParameter q = packed.values().iterator().next();
                    Tensor x = Tensor.owned(arena, Shape.of("tokens", 2, "in", 32), DType.F32)
                            .requireGradient(true);
                    assertThatThrownBy(() -> new Tape().record(() -> q.times(x, null, null)))
                            .hasMessageContaining("train from a checkpoint in F32, BF16 or F16");
                    return null;
                });
            }
        }
    }
}
