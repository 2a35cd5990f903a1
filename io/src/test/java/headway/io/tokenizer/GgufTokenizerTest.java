package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Vocabularies of GGUF files against transformers' own reader of them: `testkit/goldens/gguf_tokenizers.py`.
class GgufTokenizerTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "gguf_tokenizers");

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "llama-bpe", "qwen2", "smollm", "tekken", "llama"})
    void idsAndTextsAreTheReferences(String name) {
        JsonNode golden = Json.read(GOLDENS.resolve(name + ".json"));
        assertThat(Tokenizers.has(GOLDENS.resolve(name + ".gguf"))).isTrue();
        assertThat(golden.size()).isGreaterThanOrEqualTo(10);
        try (var tokenizer = Tokenizers.of(GOLDENS.resolve(name + ".gguf"))) {
            for (JsonNode row : golden) {
                String text = row.path("text").asString();
                int[] wanted = new int[row.path("ids").size()];
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = row.path("ids").get(i).intValue();
                }
                assertThat(tokenizer.encodeIds(text, true))
                        .as("%s: '%s'", name, text)
                        .isEqualTo(wanted);
                assertThat(tokenizer.decode(wanted, true))
                        .as("%s: '%s' back", name, text)
                        .isEqualTo(row.path("decoded").asString());
            }
        }
    }
}
