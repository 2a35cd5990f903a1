package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.nn.Layers;
import headway.nn.Pass;
import headway.nn.cache.SessionCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Tiny GGUF files against Hugging Face on their dequantized weights: `testkit/goldens/gguf.py`.
class GgufGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "gguf");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDENS)) {
            return folders.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String file(String name) {
        return GOLDENS.resolve(name)
                .resolve(name.endsWith("split") ? "model-00001-of-00004.gguf" : "model.gguf")
                .toString();
    }

    @Test
    void allCasesAreThere() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tracedValuesAreTheReferences(String name) {
        compare(name, Loading.RUN, 1e-4);
    }

    /// Widened to f32 at loading, the same model runs in dense kernels.
    @ParameterizedTest
    @MethodSource("cases")
    void widenedWeightsGiveTheSame(String name) {
        compare(name, new Loading(DType.F32, false), 1e-4);
    }

    private static void compare(String name, Loading loading, double tolerance) {
        Path folder = GOLDENS.resolve(name);
        try (var model = Pretrained.load(file(name), loading);
                var inputs = SafetensorsFile.open(folder.resolve("inputs.safetensors"));
                var expected = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
            Microscope.look(model, inputs.tensors(), false, values -> {
                assertThat(values)
                        .extracting(StoredTensor::name)
                        .containsExactlyInAnyOrderElementsOf(expected.tensors().keySet());
                for (StoredTensor v : values) {
                    StoredTensor e = expected.tensor(v.name());
                    assertThat(v.shape()).as(v.name()).isEqualTo(e.shape());
                    double largest = 0;
                    double worst = 0;
                    for (long i = 0; i < v.count(); i++) {
                        double wanted = DType.F32.get(e.data().address() + 4 * i);
                        largest = Math.max(largest, Math.abs(wanted));
                        worst = Math.max(
                                worst, Math.abs(wanted - DType.F32.get(v.data().address() + 4 * i)));
                    }
                    assertThat(worst)
                            .as("%s: %s", name, v.name())
                            .isLessThanOrEqualTo(tolerance * Math.max(1, largest));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void greedyStepsAreTheReferences(String name) {
        if (!Files.exists(GOLDENS.resolve(name).resolve("generate.json"))) {
            return;
        }
        JsonNode golden = Json.read(GOLDENS.resolve(name).resolve("generate.json"));
        int[] prompt = ints(golden.path("promptIds"));
        int[] wanted = ints(golden.path("ids"));
        try (var model = Pretrained.load(file(name), Loading.RUN);
                var workspace = new Workspace();
                SessionCache cache = model.decoder().newCache(64)) {
            int[] next = prompt;
            int position = 0;
            for (int step = 0; step < wanted.length; step++) {
                int[] ids = next;
                int at = position;
                int made = workspace.run(() -> best(model.decoder(), ids, at, cache));
                assertThat(made).as("%s, token %d", name, step).isEqualTo(wanted[step]);
                position += ids.length;
                next = new int[] {made};
            }
        }
    }

    private static int best(Decoder decoder, int[] ids, int position, SessionCache cache) {
        Tensor tokens = Tensor.of(Shape.of("batch", 1, "seq", ids.length), ids);
        Tensor logits = decoder.forward(tokens, Pass.from(1, ids.length, position, cache));
        float[] last = logits.narrow("seq", ids.length - 1, 1).copy().toFloats();
        int best = 0;
        for (int i = 1; i < last.length; i++) {
            best = last[i] > last[best] ? i : best;
        }
        return best;
    }

    private static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).intValue();
        }
        return values;
    }

    @Test
    void matricesStayInTheirBlocks() {
        try (var model = Pretrained.load(file("qwen2-q8_0"), Loading.RUN)) {
            var quantized = Layers.quantized(model.model());
            // Two blocks of seven matrices, and the table that is the head too.
            assertThat(quantized).hasSize(15).containsKey("model.embed_tokens.weight");
            var q = quantized.get("model.layers.1.mlp.down_proj.weight").matrix();
            assertThat(q.bytes()).isEqualTo(64 * 96 / 32 * 34);
            assertThat(q.blocks().segment().isMapped()).isTrue();
            assertThat(model.parameters()).hasSize(5 + 6);
            assertThat(model.parameterCount()).isEqualTo(countOf(model));
        }
    }

    private static long countOf(Pretrained model) {
        long dense = model.checkpoint().tensors().values().stream()
                .mapToLong(StoredTensor::count)
                .sum();
        return dense
                + model.checkpoint().quantized().values().stream()
                        .mapToLong(t -> t.count())
                        .sum();
    }

    @Test
    void itIsNotTrained() {
        assertThatThrownBy(() -> Pretrained.load(file("llama-q8_0"), Loading.TRAIN))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("llama-q8_0")
                .hasMessageContaining("a GGUF file is read to run, not to train: it has no gradients;");
    }
}
