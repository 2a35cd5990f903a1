package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TagTest {
    @ParameterizedTest
    @ValueSource(strings = {"tag-bert", "tag-roberta"})
    void findsWhatThePipelineFinds(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var tag = new Tag(model);
            for (JsonNode c : TaskGoldens.cases(name, "token-classification")) {
                String text = c.path("input").stringValue();
                JsonNode asked = c.path("options");
                var aggregation = Tag.Aggregation.valueOf(
                        asked.path("aggregation_strategy").asString("none").toUpperCase(Locale.ROOT));
                var options = new Tag.Options(
                        aggregation,
                        asked.has("ignore_labels") ? Set.of() : Set.of("O"),
                        asked.path("stride").asInt(0),
                        TooLong.REFUSE);
                List<Tag.Entity> found = tag.tag(text, options);
                JsonNode expected = c.path("output");
                assertThat(found).as(c.toString()).hasSize(expected.size());
                for (int i = 0; i < found.size(); i++) {
                    JsonNode e = expected.path(i);
                    Tag.Entity f = found.get(i);
                    boolean alone = aggregation == Tag.Aggregation.NONE;
                    assertThat(f.label())
                            .isEqualTo(e.path(alone ? "entity" : "entity_group").stringValue());
                    assertThat(f.word())
                            .as("%s %s %s", aggregation, e, text)
                            .isEqualTo(e.path("word").stringValue());
                    assertThat(f.start()).isEqualTo(e.path("start").asInt());
                    assertThat(f.end()).isEqualTo(e.path("end").asInt());
                    assertThat(f.score()).isCloseTo(e.path("score").asDouble(), within(1e-6));
                    assertThat(f.token()).isEqualTo(alone ? e.path("index").asInt() : -1);
                }
            }
        }
    }

    @Test
    void windowsNeedAnAggregation() {
        assertThatThrownBy(() -> new Tag.Options(Tag.Aggregation.NONE, Set.of(), 8, TooLong.REFUSE))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("choose simple, first, average or max");
    }

    @Test
    void aBatchKeepsTheOrder() {
        try (var model = Headway.load(TaskGoldens.folder("tag-bert"))) {
            var tag = new Tag(model);
            List<String> texts = List.of("Speak, speak.", "We know it, we know it.", "You");
            List<List<Tag.Entity>> all = tag.tagAll(texts, Tag.Options.DEFAULTS.ignoring(Set.of()));
            for (int i = 0; i < texts.size(); i++) {
                List<Tag.Entity> alone = tag.tag(texts.get(i), Tag.Options.DEFAULTS.ignoring(Set.of()));
                assertThat(all.get(i))
                        .usingRecursiveComparison()
                        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1, Double.class)
                        .isEqualTo(alone);
            }
        }
    }
}
