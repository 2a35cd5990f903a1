package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClassifyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"classify-bert", "classify-multi", "classify-regression", "classify-roberta", "rerank-bert"})
    void saysWhatThePipelineSays(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var classify = new Classify(model);
            for (JsonNode c : TaskGoldens.cases(name, "text-classification")) {
                List<Classify.Label> labels = classify.classifyAll(
                                List.of(TaskGoldens.pair(c.path("input"))), options(c))
                        .getFirst();
                JsonNode expected = c.path("output");
                List<JsonNode> all = new ArrayList<>();
                if (expected.isArray()) {
                    expected.forEach(all::add);
                } else {
                    all.add(expected);
                }
                assertThat(labels).hasSameSizeAs(all);
                for (int i = 0; i < labels.size(); i++) {
                    assertThat(labels.get(i).label())
                            .as(c.toString())
                            .isEqualTo(all.get(i).path("label").stringValue());
                    assertThat(labels.get(i).score())
                            .isCloseTo(all.get(i).path("score").asDouble(), within(2e-6));
                }
            }
        }
    }

    private static Classify.Options options(JsonNode c) {
        String function = c.path("options").path("function_to_apply").asString("automatic");
        return Classify.Options.DEFAULTS
                .withTopK(TaskGoldens.topK(c, 1))
                .withScoring(Scoring.valueOf(function.toUpperCase(Locale.ROOT)));
    }

    @Test
    void aBatchKeepsTheOrderAndSaysWhatEachTextAloneSays() {
        try (var model = Headway.load(TaskGoldens.folder("classify-bert"))) {
            var classify = new Classify(model);
            var texts = new ArrayList<TextPair>();
            for (int i = 0; i < 40; i++) {
                texts.add(TextPair.of("we know it ".repeat(1 + i * 7 % 13) + i));
            }
            List<List<Classify.Label>> all = classify.classifyAll(texts, Classify.Options.DEFAULTS.withTopK(0));
            for (int i = 0; i < texts.size(); i++) {
                List<Classify.Label> alone =
                        classify.classify(texts.get(i).first(), Classify.Options.DEFAULTS.withTopK(0));
                for (int j = 0; j < alone.size(); j++) {
                    assertThat(all.get(i).get(j).label()).isEqualTo(alone.get(j).label());
                    assertThat(all.get(i).get(j).score()).isCloseTo(alone.get(j).score(), within(1e-6));
                }
            }
        }
    }

    @Test
    void virtualThreadsShareAModel() throws Exception {
        try (var model = Headway.load(TaskGoldens.folder("classify-roberta"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var classify = new Classify(model);
            Classify.Label expected = classify.classify("Speak, speak.");
            var calls = new ArrayList<Callable<Classify.Label>>();
            for (int i = 0; i < 64; i++) {
                calls.add(() -> classify.classify("Speak, speak."));
            }
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTextThatIsTooLongIsRefusedOrCut() {
        try (var model = Headway.load(TaskGoldens.folder("classify-bert"))) {
            var classify = new Classify(model);
            String longer = "speak ".repeat(200);
            assertThatThrownBy(() -> classify.classify(longer))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("[classify] text 1 has ")
                    .hasMessageContaining("but the model reads at most 64")
                    .hasMessageContaining("--truncate");
            assertThat(classify.classify(longer, Classify.Options.DEFAULTS.truncating()))
                    .hasSize(1);
        }
    }

    @Test
    void aCheckpointThatCannotSaysWhatItCan() {
        try (var model = Headway.load(TaskGoldens.folder("classify-bert"))) {
            assertThatThrownBy(() -> new FillMask(model))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("[fill-mask]")
                    .hasMessageContaining("its head is BertForSequenceClassification, but this task needs …ForMaskedLM")
                    .hasMessageContaining("this checkpoint can: classify, rerank, embed");
        }
    }

    @Test
    void aClosedModelSaysSo() {
        var model = Headway.load(TaskGoldens.folder("classify-bert"));
        var classify = new Classify(model);
        classify.classify("Speak.");
        model.close();
        model.close();
        assertThatThrownBy(() -> classify.classify("Speak.")).hasMessageContaining("is closed; load it again");
    }

    @Test
    void rankingOrdersTextsAsThePipelinesScoresDo() {
        try (var model = Headway.load(TaskGoldens.folder("rerank-bert"))) {
            List<JsonNode> cases = TaskGoldens.cases("rerank-bert", "text-classification").stream()
                    .filter(c -> c.path("input").isObject()
                            && c.path("input").path("text").asString("").startsWith("Who is"))
                    .toList();
            List<JsonNode> logits = cases.stream()
                    .filter(c -> c.path("options").has("function_to_apply"))
                    .toList();
            List<JsonNode> scores = cases.stream()
                    .filter(c -> !c.path("options").has("function_to_apply"))
                    .toList();
            List<String> texts = logits.stream()
                    .map(c -> c.path("input").path("text_pair").stringValue())
                    .toList();
            assertThat(texts).hasSize(5);
            List<Rerank.Ranked> ranked = new Rerank(model)
                    .rank(cases.getFirst().path("input").path("text").stringValue(), texts);
            double before = Double.POSITIVE_INFINITY;
            for (Rerank.Ranked r : ranked) {
                assertThat(r.text()).isEqualTo(texts.get(r.index()));
                assertThat(r.logit())
                        .isCloseTo(
                                logits.get(r.index())
                                        .path("output")
                                        .path("score")
                                        .asDouble(),
                                within(2e-6));
                assertThat(r.score())
                        .isCloseTo(
                                scores.get(r.index())
                                        .path("output")
                                        .path("score")
                                        .asDouble(),
                                within(2e-6));
                assertThat(r.score()).isLessThanOrEqualTo(before);
                before = r.score();
            }
            assertThat(new Rerank(model).rank("Who?", texts, Rerank.Options.DEFAULTS.withTopK(2)))
                    .hasSize(2);
        }
    }
}
