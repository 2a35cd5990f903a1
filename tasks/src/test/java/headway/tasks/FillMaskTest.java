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

class FillMaskTest {
    @ParameterizedTest
    @ValueSource(strings = {"fill-bert", "fill-roberta"})
    void guessesWhatThePipelineGuesses(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var fill = new FillMask(model);
            for (JsonNode c : TaskGoldens.cases(name, "fill-mask")) {
                var targets = new ArrayList<String>();
                c.path("options").path("targets").forEach(t -> targets.add(t.stringValue()));
                List<List<FillMask.Guess>> all = fill.fill(
                        c.path("input").stringValue(),
                        FillMask.Options.DEFAULTS
                                .withTopK(TaskGoldens.topK(c, 5))
                                .withTargets(targets));
                JsonNode expected = c.path("output");
                boolean several = expected.path(0).isArray();
                assertThat(all).hasSize(several ? expected.size() : 1);
                for (int m = 0; m < all.size(); m++) {
                    JsonNode guesses = several ? expected.path(m) : expected;
                    assertThat(all.get(m)).hasSize(guesses.size());
                    for (int i = 0; i < guesses.size(); i++) {
                        FillMask.Guess g = all.get(m).get(i);
                        JsonNode e = guesses.path(i);
                        assertThat(g.score()).isCloseTo(e.path("score").asDouble(), within(2e-7));
                        assertThat(g.token()).isEqualTo(e.path("token").asInt());
                        assertThat(g.tokenStr()).isEqualTo(e.path("token_str").stringValue());
                        assertThat(g.sequence()).isEqualTo(e.path("sequence").stringValue());
                    }
                }
            }
        }
    }

    @Test
    void aTextWithoutMaskIsAnError() {
        try (var model = Headway.load(TaskGoldens.folder("fill-roberta"))) {
            var fill = new FillMask(model);
            assertThat(fill.mask()).isEqualTo("<mask>");
            assertThatThrownBy(() -> fill.fill("No mask here"))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("[fill-mask] text 1 has no mask: “No mask here”; put <mask> where");
        }
    }
}
