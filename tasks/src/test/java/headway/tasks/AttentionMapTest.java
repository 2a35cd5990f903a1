package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.io.Json;
import headway.io.tokenizer.ByteTokenizer;
import headway.models.Loading;
import headway.models.Pretrained;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AttentionMapTest {
    @ParameterizedTest
    @ValueSource(strings = {"fill-bert", "classify-bert", "write-gpt2", "write-t5"})
    void figuresOfHeadsAreTheReferences(String name) {
        JsonNode golden = Json.read(TaskGoldens.folder(name).resolve("attention.json"));
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            List<AttentionMap.Layer> layers =
                    new AttentionMap(model).look(golden.path("text").stringValue(), null);
            var heads = new HashMap<String, AttentionMap.Head>();
            for (AttentionMap.Layer layer : layers) {
                layer.heads().forEach(h -> heads.put(h.part() + " " + h.layer() + " " + h.head(), h));
                for (float[] weights : layer.weights()) {
                    assertThat(weights)
                            .hasSize(layer.queries().size() * layer.keys().size());
                }
            }
            assertThat(heads).hasSize(golden.path("heads").size());
            for (JsonNode expected : golden.path("heads")) {
                String key = "%s %d %d"
                        .formatted(
                                expected.path("part").stringValue(),
                                expected.path("layer").asInt(),
                                expected.path("head").asInt());
                AttentionMap.Head h = heads.get(key);
                assertThat(h.distance())
                        .as(key)
                        .isCloseTo(expected.path("distance").asDouble(), within(1e-4));
                assertThat(h.entropy())
                        .as(key)
                        .isCloseTo(expected.path("entropy").asDouble(), within(1e-4));
                double importance = expected.path("importance").asDouble();
                assertThat(h.importance()).as(key).isCloseTo(importance, within(1e-4 + 1e-3 * importance));
            }
        }
    }

    @Test
    void whatHasNoLossHasNoImportance() {
        try (var model = Headway.load(TaskGoldens.folder("embed-bert"))) {
            List<AttentionMap.Layer> layers = new AttentionMap(model).look("Speak, speak.", null);
            assertThat(layers).hasSize(2);
            assertThat(layers.getFirst().heads()).allMatch(h -> Double.isNaN(h.importance()));
            assertThat(layers.getFirst().queries()).startsWith("[CLS]").endsWith("[SEP]");
            assertThatThrownBy(() -> new AttentionMap(model).look("speak ".repeat(200), null))
                    .hasMessageContaining("[attention] the text has ")
                    .hasMessageContaining("expected 1 … 64");
        }
    }

    @Test
    void quantizedWeightsAreLookedAtWithoutImportance() {
        var gguf = TaskGoldens.folder("..").resolve("gguf/llama-q4_0/model.gguf");
        var pretrained = Pretrained.load(gguf.toString(), new Loading(null, false));
        // Bytes below the tiny vocabulary's 48 tokens.
        try (var model = LoadedModel.of(pretrained, new ByteTokenizer())) {
            List<AttentionMap.Layer> layers = new AttentionMap(model).look("!(+)+(!", null);
            assertThat(layers).hasSize(2);
            for (AttentionMap.Head head : layers.getLast().heads()) {
                assertThat(head.importance()).isNaN();
                assertThat(head.distance()).isBetween(0.0, 6.0);
            }
            float[] first = layers.getFirst().weights()[0];
            double last = 0;
            for (int s = 42; s < 49; s++) {
                last += first[s];
            }
            assertThat(last).isCloseTo(1, within(1e-5));
        }
    }
}
