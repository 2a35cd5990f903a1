package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Many texts in one call give what each gives alone: ids, spelling (also of what is not in the vocabulary), places,
/// words.
class BatchEncodingTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "tokenizer_files");

    static Stream<Path> folders() throws IOException {
        try (var folders = Files.list(GOLDENS)) {
            return folders.filter(Tokenizers::has).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void equalsEachTextAlone(Path folder) {
        var texts = new ArrayList<>(List.of("", " ", "你好 <mask> </s>  [MASK]a", "ΑΒΓ 🚀🚀 \u0000x", "a\uD800b"));
        Json.read(GOLDENS.resolve("texts.json")).forEach(t -> texts.add(t.isString() ? t.stringValue() : t.toString()));
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            for (boolean special : new boolean[] {false, true}) {
                List<Encoding> all = tokenizer.encodeAll(texts, special);
                List<int[]> ids = tokenizer.encodeIds(texts, special);
                assertThat(all).hasSameSizeAs(texts);
                for (int i = 0; i < texts.size(); i++) {
                    Encoding alone = tokenizer.encode(texts.get(i), special);
                    assertThat(all.get(i).ids()).as(texts.get(i)).isEqualTo(alone.ids());
                    assertThat(ids.get(i)).as(texts.get(i)).isEqualTo(alone.ids());
                    assertThat(all.get(i).tokens()).as(texts.get(i)).isEqualTo(alone.tokens());
                    assertThat(all.get(i).offsets()).as(texts.get(i)).isDeepEqualTo(alone.offsets());
                    assertThat(all.get(i).wordIds()).as(texts.get(i)).isEqualTo(alone.wordIds());
                }
            }
            assertThat(tokenizer.encodeIds(List.of(), true)).isEmpty();
            assertThat(tokenizer.encodeAll(List.of(), true)).isEmpty();
        }
    }
}
