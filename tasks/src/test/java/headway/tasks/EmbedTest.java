package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EmbedTest {
    @ParameterizedTest
    @ValueSource(strings = {"embed-bert", "embed-roberta", "embed-new", "embed-bare"})
    void givesTheReferencesVectors(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var embed = new Embed(model);
            for (JsonNode c : TaskGoldens.cases(name, "embed")) {
                var texts = new ArrayList<String>();
                c.path("input").forEach(t -> texts.add(t.stringValue()));
                String prompt = c.path("options").path("prompt").asString(null);
                List<float[]> vectors = embed.embedAll(texts, Embed.Options.DEFAULTS.withPrompt(prompt));
                assertThat(vectors).hasSameSizeAs(texts);
                for (int i = 0; i < texts.size(); i++) {
                    JsonNode expected = c.path("output").path(i);
                    assertThat(vectors.get(i)).hasSize(expected.size());
                    for (int d = 0; d < expected.size(); d++) {
                        assertThat((double) vectors.get(i)[d])
                                .as("%s[%d]", texts.get(i), d)
                                .isCloseTo(expected.path(d).asDouble(), within(3e-6));
                    }
                }
            }
        }
    }

    @Test
    void aDecoderGivesVectorsThatPaddingDoesNotChange() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var embed = new Embed(model);
            List<String> texts =
                    List.of("Speak, speak. Speak, speak. Speak, speak.", "We know it, we know it well.", "We know");
            List<float[]> together = embed.embedAll(texts);
            for (int i = 0; i < texts.size(); i++) {
                float[] alone = embed.embed(texts.get(i));
                assertThat(Embed.cosine(alone, together.get(i))).isCloseTo(1, within(1e-6));
            }
            assertThat(Embed.cosine(together.get(0), together.get(2))).isLessThan(0.999);
        }
    }

    @Test
    void anUnknownPromptIsNamed() {
        try (var model = Headway.load(TaskGoldens.folder("embed-bert"))) {
            var embed = new Embed(model);
            assertThatThrownBy(() -> embed.embedAll(List.of("x"), Embed.Options.DEFAULTS.withPrompt("qeury")))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("has no prompt 'qeury'")
                    .hasMessageContaining("query");
        }
    }
}
