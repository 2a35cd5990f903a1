package headway.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatTest {
    @Test
    void answersAsThePipelineDoes() {
        JsonNode c = TaskGoldens.cases("write-gpt2", "chat").getFirst();
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var chat = new Chat(model)
                    .system(c.path("input").path(0).path("content").stringValue());
            var heard = new StringBuilder();
            Written answer = chat.say(
                    c.path("input").path(1).path("content").stringValue(),
                    Map.of("max_new_tokens", 8, "do_sample", false),
                    heard::append);
            assertThat(answer.text()).isEqualTo(c.path("output").stringValue());
            assertThat(heard.toString()).isEqualTo(answer.text());
            assertThat(chat.messages()).extracting("role").containsExactly("system", "user", "assistant");
            chat.forget();
            assertThat(chat.messages()).extracting("role").containsExactly("system");
        }
    }

    @Test
    void aGgufFileBringsItsTemplate() {
        JsonNode c = TaskGoldens.cases("chat-gguf", "chat").getFirst();
        try (var model = Headway.load(TaskGoldens.folder("chat-gguf").resolve("model.gguf"))) {
            var chat = new Chat(model)
                    .system(c.path("input").path(0).path("content").stringValue());
            Written answer = chat.say(
                    c.path("input").path(1).path("content").stringValue(),
                    Map.of("max_new_tokens", 8, "do_sample", false),
                    TextListener.NONE);
            assertThat(answer.text()).isEqualTo(c.path("output").stringValue());
        }
    }

    @Test
    void whatFailsIsNotRemembered() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"))) {
            var chat = new Chat(model);
            assertThatThrownBy(() -> chat.say("speak ".repeat(300))).hasMessageContaining("learned 64 positions");
            assertThatThrownBy(() -> chat.say("Speak", Map.of(), _ -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessageContaining("enough");
            assertThat(chat.messages()).isEmpty();
        }
        try (var model = Headway.load(TaskGoldens.folder("classify-bert"))) {
            assertThatThrownBy(() -> new Chat(model))
                    .hasMessageContaining("this checkpoint can: classify, rerank, embed");
        }
    }

    @Test
    void anAnswerReadsTheNewMessageAlone() {
        try (var model = Headway.load(TaskGoldens.folder("write-gpt2"));
                var chat = new Chat(model)) {
            Map<String, Object> brief = Map.of("max_new_tokens", 3, "do_sample", false);
            chat.say("We", brief, TextListener.NONE);
            assertThat(chat.reused()).isZero();
            Written second = chat.say("know", brief, TextListener.NONE);
            assertThat(chat.reused()).isPositive();
            try (var again = new Chat(model)) {
                again.say("We", brief, TextListener.NONE);
                assertThat(again.say("know", brief, TextListener.NONE).text()).isEqualTo(second.text());
            }
            chat.forget();
            assertThat(chat.say("We", brief, TextListener.NONE).text())
                    .isEqualTo(
                            new Chat(model).say("We", brief, TextListener.NONE).text());
        }
    }
}
