package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScoreTest {
    @Test
    void tokensAreAsProbableAsTheReferenceSays() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var score = new Score(model);
            for (JsonNode c : TaskGoldens.cases("write-gpt2", "score")) {
                Score.Scored scored = score.score(c.path("input").stringValue());
                JsonNode expected = c.path("output");
                assertThat(scored.tokens()).hasSize(expected.size() + 1);
                assertThat(scored.tokens().getFirst().logProbability()).isNaN();
                double sum = 0;
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(scored.tokens().get(i + 1).logProbability())
                            .isCloseTo(expected.path(i).asDouble(), within(2e-5));
                    sum += expected.path(i).asDouble();
                }
                assertThat(scored.logProbability()).isCloseTo(sum, within(1e-3));
                assertThat(scored.perplexity()).isCloseTo(Math.exp(-sum / expected.size()), within(1e-2));
            }
        }
    }

    @Test
    void windowsOverlapAsInTheReferencesRecipe() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var score = new Score(model);
            for (JsonNode c : TaskGoldens.cases("write-gpt2", "perplexity")) {
                var windows = new Score.Windows(
                        c.path("options").path("window").asInt(),
                        c.path("options").path("stride").asInt());
                Score.Perplexity p = score.perplexity(c.path("input").stringValue(), windows);
                assertThat(p.tokens()).isEqualTo(c.path("output").path("tokens").asLong());
                double expected = c.path("output").path("perplexity").asDouble();
                assertThat(p.perplexity()).isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    @Test
    void badWindowsAndTextsAreRefused() {
        assertThatThrownBy(() -> new Score.Windows(16, 17)).hasMessageContaining("window=16, stride=17");
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var score = new Score(model);
            assertThatThrownBy(() -> score.perplexity("", Score.Windows.DEFAULTS))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("the text has 0 tokens; at least two are needed");
            assertThatThrownBy(() -> score.perplexity("Speak, speak.", new Score.Windows(128, 64)))
                    .hasMessageContaining("a window of 128 tokens, but the model reads at most 64");
        }
    }
}
