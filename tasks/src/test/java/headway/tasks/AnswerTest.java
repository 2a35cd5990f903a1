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

class AnswerTest {
    @ParameterizedTest
    @ValueSource(strings = {"answer-bert", "answer-roberta"})
    void answersWhatThePipelineAnswers(String name) {
        try (var model = Headway.load(TaskGoldens.folder(name))) {
            var answer = new Answer(model);
            for (JsonNode c : TaskGoldens.cases(name, "question-answering")) {
                JsonNode asked = c.path("options");
                var options = new Answer.Options(
                        asked.path("top_k").asInt(1),
                        asked.path("doc_stride").asInt(0),
                        asked.path("max_seq_len").asInt(0),
                        asked.path("max_answer_len").asInt(15),
                        asked.path("handle_impossible_answer").asBoolean(false),
                        asked.path("align_to_words").asBoolean(true));
                List<Answer.Found> found = answer.answer(
                        c.path("input").path("question").stringValue(),
                        c.path("input").path("context").stringValue(),
                        options);
                List<JsonNode> expected = new ArrayList<>();
                if (c.path("output").isArray()) {
                    c.path("output").forEach(expected::add);
                } else {
                    expected.add(c.path("output"));
                }
                assertThat(found).as(asked.toString()).hasSameSizeAs(expected);
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).answer())
                            .as("%s %s", asked, expected)
                            .isEqualTo(expected.get(i).path("answer").stringValue());
                    assertThat(found.get(i).score())
                            .isCloseTo(expected.get(i).path("score").asDouble(), within(1e-6));
                    assertThat(found.get(i).start())
                            .isEqualTo(expected.get(i).path("start").asInt());
                    assertThat(found.get(i).end())
                            .isEqualTo(expected.get(i).path("end").asInt());
                }
            }
        }
    }

    @Test
    void anEmptyQuestionIsRefused() {
        try (var model = Headway.load(TaskGoldens.folder("answer-bert"))) {
            var answer = new Answer(model);
            assertThatThrownBy(() -> answer.answer(" ", "text"))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("[answer] question 1 is empty");
            assertThatThrownBy(() -> answer.answer("Who?", "text", Answer.Options.DEFAULTS.withWindows(20, 30)))
                    .hasMessageContaining("docStride=30 is more than maxSeqLen=20");
        }
    }
}
