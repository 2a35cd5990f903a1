package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.io.image.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PicturesTest {
    private static Picture picture(JsonNode c) {
        return Picture.read(
                TaskGoldens.folder("pictures").resolve(c.path("input").stringValue()));
    }

    private static void same(List<Classify.Label> labels, JsonNode expected) {
        assertThat(labels).hasSize(expected.size());
        for (int i = 0; i < labels.size(); i++) {
            assertThat(labels.get(i).label())
                    .isEqualTo(expected.path(i).path("label").stringValue());
            assertThat(labels.get(i).score())
                    .isCloseTo(expected.path(i).path("score").asDouble(), within(2e-6));
        }
    }

    @Test
    void classesAreThePipelines() {
        try (var model = Headway.load(TaskGoldens.folder("see-vit"))) {
            var classify = new ClassifyImage(model);
            List<JsonNode> cases = TaskGoldens.cases("see-vit", "image-classification");
            for (JsonNode c : cases) {
                var options = ClassifyImage.Options.DEFAULTS.withTopK(TaskGoldens.topK(c, 5));
                same(classify.classifyAll(List.of(picture(c)), options).getFirst(), c.path("output"));
            }
            var many = new ArrayList<Picture>();
            for (int i = 0; i < 7; i++) {
                cases.subList(0, 3).forEach(c -> many.add(picture(c)));
            }
            List<List<Classify.Label>> all = classify.classifyAll(many, ClassifyImage.Options.DEFAULTS);
            for (int i = 0; i < many.size(); i++) {
                same(all.get(i), cases.get(i % 3).path("output"));
            }
        }
    }

    @Test
    void descriptionsFitAsThePipelineSays() {
        try (var model = Headway.load(TaskGoldens.folder("see-clip"))) {
            var match = new Match(model);
            for (JsonNode c : TaskGoldens.cases("see-clip", "zero-shot-image-classification")) {
                var labels = new ArrayList<String>();
                c.path("options").path("candidate_labels").forEach(l -> labels.add(l.stringValue()));
                String template = c.path("options").path("hypothesis_template").asString("This is a photo of {}.");
                same(
                        match.matchAll(List.of(picture(c)), labels, new Match.Options(template))
                                .getFirst(),
                        c.path("output"));
            }
            // Pictures of the second pass and on are held against descriptions that the first one has read.
            var cases = TaskGoldens.cases("see-clip", "zero-shot-image-classification");
            var labels = new ArrayList<String>();
            cases.getFirst().path("options").path("candidate_labels").forEach(l -> labels.add(l.stringValue()));
            var many = new ArrayList<Picture>();
            for (int i = 0; i < 2 * PictureBatch.PICTURES + 1; i++) {
                many.add(picture(cases.getFirst()));
            }
            for (List<Classify.Label> each : match.matchAll(many, labels, Match.Options.DEFAULTS)) {
                same(each, cases.getFirst().path("output"));
            }
            assertThatThrownBy(() -> match.match(many.getFirst(), List.of("citizen ".repeat(40))))
                    .hasMessageContaining("[match] text 1 has ")
                    .hasMessageContaining("; shorten it, or the sentence around it (--template '{}' is none)");
            assertThatThrownBy(() -> match.matchAll(Collections.emptyList(), List.of(), Match.Options.DEFAULTS))
                    .hasMessageContaining("no description");
            assertThatThrownBy(() -> new Match.Options("none")).hasMessageContaining("has no {}");
        }
    }

    @Test
    void captionsAreThePipelines() {
        try (var model = Headway.load(TaskGoldens.folder("caption-vit-gpt2"))) {
            var caption = new Caption(model);
            for (JsonNode c : TaskGoldens.cases("caption-vit-gpt2", "image-to-text")) {
                var settings = new java.util.HashMap<String, Object>();
                c.path("options").properties().forEach(p -> settings.put(p.getKey(), p.getValue()));
                assertThat(caption.captionAll(List.of(picture(c), picture(c)), settings))
                        .extracting(Written::text)
                        .containsOnly(c.path("output").stringValue());
            }
        }
    }

    @Test
    void languageModelsThatSeeAreAsked() {
        try (var model = Headway.load(TaskGoldens.folder("caption-qwen2vl"))) {
            var cases = TaskGoldens.cases("caption-qwen2vl", "image-text-to-text");
            for (boolean asks : new boolean[] {false, true}) {
                String question = asks ? "Who is the enemy?" : null;
                var mine = cases.stream()
                        .filter(c -> c.path("question").isString() == asks)
                        .toList();
                var caption = new Caption(model, question);
                Map<String, ?> settings = Map.of("max_new_tokens", 12);
                // Pictures of different sizes, in one batch and one by one.
                List<String> expected =
                        mine.stream().map(c -> c.path("output").stringValue()).toList();
                assertThat(caption.captionAll(
                                mine.stream().map(PicturesTest::picture).toList(), settings))
                        .extracting(Written::text)
                        .isEqualTo(expected);
                for (JsonNode c : mine) {
                    assertThat(caption.caption(picture(c), settings, TextListener.NONE)
                                    .text())
                            .isEqualTo(c.path("output").stringValue());
                }
            }
            assertThat(model.tasks()).contains(Task.CAPTION).doesNotContain(Task.MATCH);
        }
        try (var model = Headway.load(TaskGoldens.folder("caption-vit-gpt2"))) {
            assertThatThrownBy(() -> new Caption(model, "What?"))
                    .hasMessageContaining(
                            "VisionEncoderDecoderModel says what a picture shows and takes no question; LLaVA and Qwen2-VL take one");
        }
    }
}
