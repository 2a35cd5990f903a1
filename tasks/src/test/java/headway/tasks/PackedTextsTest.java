package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that run in one row get what they get alone: nothing of a neighbour, and the right rows of every output.
class PackedTextsTest {
    private static final List<String> TEXTS = List.of(
            "We know it, we know it well, we know it very well.",
            "Speak.",
            "First Citizen: you are all resolved rather to die than to famish?",
            "We know",
            "Resolved. Resolved.",
            "Let us kill him, and we'll have corn at our own price.");

    @ParameterizedTest
    @ValueSource(strings = {"embed-bert", "embed-roberta", "embed-bare"})
    void vectors(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            assertThat(TextBatch.packs(model.model())).isTrue();
            var embed = new Embed(model);
            List<float[]> together = embed.embedAll(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(together.get(i)).containsExactly(embed.embed(TEXTS.get(i)), within(2e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify-bert", "classify-roberta", "classify-multi", "classify-regression"})
    void classes(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var classify = new Classify(model);
            var all = Classify.Options.DEFAULTS.withTopK(0);
            var together = classify.classifyAll(TEXTS.stream().map(TextPair::of).toList(), all);
            for (int i = 0; i < TEXTS.size(); i++) {
                List<Classify.Label> alone = classify.classify(TEXTS.get(i), all);
                for (int c = 0; c < alone.size(); c++) {
                    assertThat(together.get(i).get(c).label())
                            .isEqualTo(alone.get(c).label());
                    assertThat(together.get(i).get(c).score())
                            .isCloseTo(alone.get(c).score(), within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag-bert", "tag-roberta"})
    void tags(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var tag = new Tag(model);
            var every = Tag.Options.DEFAULTS.with(Tag.Aggregation.NONE).ignoring(java.util.Set.of());
            List<List<Tag.Entity>> together = tag.tagAll(TEXTS, every);
            for (int i = 0; i < TEXTS.size(); i++) {
                List<Tag.Entity> alone = tag.tag(TEXTS.get(i), every);
                assertThat(together.get(i)).hasSameSizeAs(alone);
                for (int t = 0; t < alone.size(); t++) {
                    assertThat(together.get(i).get(t).label())
                            .isEqualTo(alone.get(t).label());
                    assertThat(together.get(i).get(t).score())
                            .isCloseTo(alone.get(t).score(), within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fill-bert", "fill-roberta"})
    void masks(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var fill = new FillMask(model);
            var texts = new ArrayList<String>();
            for (String text : TEXTS) {
                texts.add(text + " " + fill.mask() + " " + text.substring(0, 2) + " " + fill.mask());
            }
            var together = fill.fillAll(texts, FillMask.Options.DEFAULTS);
            for (int i = 0; i < texts.size(); i++) {
                var alone = fill.fill(texts.get(i));
                assertThat(together.get(i)).hasSize(2);
                for (int m = 0; m < 2; m++) {
                    for (int g = 0; g < alone.get(m).size(); g++) {
                        assertThat(together.get(i).get(m).get(g).score())
                                .isCloseTo(alone.get(m).get(g).score(), within(1e-7));
                    }
                }
            }
        }
    }

    @Test
    void asManyTokensAsTextsTimesClassesAreNotTakenForTokens() {
        try (var model = Headway.load(TaskGoldens.folder("classify-bert"))) {
            var classify = new Classify(model);
            var all = Classify.Options.DEFAULTS.withTopK(0);
            int classes = classify.classify("We know", all).size();
            // Texts of a length of `classes` tokens: (texts, classes) has as many values as there are tokens.
            String text = "we ".repeat(Math.max(1, classes - 2)).strip();
            var pairs = new ArrayList<TextPair>();
            for (int i = 0; i < 5; i++) {
                pairs.add(TextPair.of(text));
            }
            for (List<Classify.Label> labels : classify.classifyAll(pairs, all)) {
                assertThat(labels).hasSize(classes);
            }
        }
    }
}
