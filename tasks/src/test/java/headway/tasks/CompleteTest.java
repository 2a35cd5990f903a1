package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.generate.FinishReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CompleteTest {
    @Test
    void writesWhatThePipelineWrites() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var complete = new Complete(model);
            for (JsonNode c : TaskGoldens.cases("write-gpt2", "text-generation")) {
                var heard = new StringBuilder();
                String prompt = c.path("input").stringValue();
                Written written =
                        complete.complete(prompt, Map.of("max_new_tokens", 8, "do_sample", false), heard::append);
                String whole = c.path("output").path(0).path("generated_text").stringValue();
                boolean full = c.path("options").path("return_full_text").asBoolean(true);
                assertThat(full ? prompt + written.text() : written.text()).isEqualTo(whole);
                assertThat(heard.toString()).isEqualTo(written.text());
                assertThat(written.finishReason()).isEqualTo(FinishReason.LENGTH);
                assertThat(written.ids()).hasSize(8);
            }
        }
    }

    @Test
    void aBatchWritesWhatEachAloneWrites() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var complete = new Complete(model);
            Map<String, Object> settings = Map.of("max_new_tokens", 6, "do_sample", false);
            List<String> prompts = List.of("Speak", "We know it, we know it.", "You are");
            List<Written> all = complete.completeAll(prompts, settings);
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(all.get(i).text())
                        .isEqualTo(complete.complete(prompts.get(i), settings, TextListener.NONE)
                                .text());
            }
            assertThatThrownBy(() -> complete.complete(""))
                    .hasMessageContaining("a prompt is empty; give at least one token");
        }
    }
}
