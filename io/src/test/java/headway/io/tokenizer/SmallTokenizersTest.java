package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Byte and character tokenizers, the streaming decoder, and files that are refused.
class SmallTokenizersTest {
    @TempDir
    Path folder;

    @Test
    void bytes() {
        var bytes = new ByteTokenizer();
        assertThat(bytes.encodeIds("aé", true)).containsExactly(0x61, 0xC3, 0xA9);
        assertThat(bytes.encode("aé", true).offsets()).isDeepEqualTo(new int[][] {{0, 1}, {1, 2}, {1, 2}});
        assertThat(bytes.tokenOf(' ')).isEqualTo("Ġ");
        assertThat(bytes.vocabSize()).isEqualTo(256);
        bytes.save(folder);
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"));
                var read = Tokenizers.of(folder)) {
            for (String text : DifficultText.all()) {
                assertThat(bytes.decode(bytes.encodeIds(text, true), true)).isEqualTo(text);
                assertThat(library.encode(text, true).ids()).isEqualTo(bytes.encodeIds(text, true));
                assertThat(read.encode(text, true).ids())
                        .isEqualTo(bytes.encode(text, true).ids());
            }
        }
    }

    @Test
    void characters() {
        var characters = CharTokenizer.of(List.of("hello\n", "wörld 😀"));
        assertThat(characters.tokenOf(0)).isEqualTo("<unk>");
        assertThat(characters.tokenOf(1)).isEqualTo("\n");
        assertThat(characters.vocabSize()).isEqualTo(12);
        assertThat(characters.decode(characters.encodeIds("whole 😀\n", false), false))
                .isEqualTo("whole 😀\n");
        assertThat(characters.encode("😀x", false).ids()).containsExactly(11, 0);
        assertThat(characters.encode("😀o", false).offsets()).isDeepEqualTo(new int[][] {{0, 1}, {1, 2}});
        assertThatThrownBy(() -> characters.tokenOf(12)).hasMessage("[tokenizer] no token has id 12; ids are 0 to 11");
        characters.save(folder);
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"));
                var read = Tokenizers.of(folder)) {
            assertThat(read).isInstanceOf(CharTokenizer.class);
            for (String text : List.of("hello wörld\n\n😀", "", "xyz<unk>o", "😀😀 h")) {
                var expected = library.encode(text, true);
                assertThat(characters.encode(text, true).ids()).isEqualTo(expected.ids());
                assertThat(read.encode(text, true).tokens()).isEqualTo(expected.tokens());
                assertThat(read.encode(text, true).offsets()).isDeepEqualTo(expected.offsets());
                assertThat(read.decode(expected.ids(), true)).isEqualTo(library.decode(expected.ids(), true));
                assertThat(read.decode(expected.ids(), false)).isEqualTo(library.decode(expected.ids(), false));
            }
        }
    }

    @Test
    void streamingNeverGivesHalfACharacter() {
        var bytes = new ByteTokenizer();
        for (String text : DifficultText.all()) {
            var decoder = new StreamingDecoder(bytes, true);
            var streamed = new StringBuilder();
            for (int id : bytes.encodeIds(text, true)) {
                String piece = decoder.next(id);
                assertThat(piece.contains("\uFFFD")).isEqualTo(piece.contains("\uFFFD") && text.contains("\uFFFD"));
                streamed.append(piece);
            }
            assertThat(streamed.append(decoder.finish()).toString()).isEqualTo(text);
        }
    }

    @Test
    void streamingGivesEachCharacterAsSoonAsItIsWhole() {
        var decoder = new StreamingDecoder(new ByteTokenizer(), true);
        assertThat(decoder.next('a')).isEqualTo("a");
        assertThat(decoder.next(0xF0)).isEmpty();
        assertThat(decoder.next(0x9F)).isEmpty();
        assertThat(decoder.next(0x98)).isEmpty();
        assertThat(decoder.next(0x80)).isEqualTo("😀");
        assertThat(decoder.next(0xC3)).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.next('b')).isEqualTo("b");
        assertThat(decoder.finish()).isEmpty();
    }

    /// Random bytes, long runs of broken ones among them, come out as when decoded at once.
    @Test
    void streamingOfBrokenBytes() {
        var bytes = new ByteTokenizer();
        var random = new Random(4);
        for (int round = 0; round < 300; round++) {
            int[] ids = random.ints(random.nextInt(300), round % 3 == 0 ? 0x80 : 0, 256)
                    .toArray();
            var decoder = new StreamingDecoder(bytes, true);
            var streamed = new StringBuilder();
            for (int id : ids) {
                streamed.append(decoder.next(id));
            }
            assertThat(streamed.append(decoder.finish()).toString()).isEqualTo(bytes.decode(ids, true));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1] | holds no JSON object; this is not a tokenizer.json
            {"version":"1.0"} | has no model.vocab; this is not a tokenizer.json, or it is damaged
            {"model":{"vocab":{"a":-1}}} | model.vocab: token 'a' has id -1, expected 0 or more
            {"model":{"vocab":{"a":16777217}}} | token 'a' has id 16777217, the limit is 16777216
            {"model":{"vocab":{"a":0},"merges":["ab"]}} | model.merges: entry 0 is 'ab', expected two tokens
            {"model":{"vocab":{"a":0},"merges":[["a"]]}} | model.merges: entry 0 is ["a"], expected two tokens
            {"model":{"vocab":{"a":0}},"added_tokens":[{"id":1}]} | added_tokens: an entry lacks its content or id
            {"model":{"vocab":{"a":0} | not valid JSON at byte
            {"model":{"type":"WordPiece","vocab":{"a":0}}} | the Hugging Face library refuses it:
            """)
    void refusedFiles(String json, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        assertThatThrownBy(() -> Tokenizers.of(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[tokenizer] " + file + ": ")
                .hasMessageContaining(text);
    }

    @Test
    void missingFiles() throws IOException {
        assertThatThrownBy(() -> Tokenizers.of(folder))
                .hasMessage(
                        "[tokenizer] %s: no tokenizer.json, nor vocab.txt, vocab.json with merges.txt, a SentencePiece .model or a .tiktoken file; "
                                + "copy it from the model's Hugging Face page",
                        folder);
        assertThatThrownBy(() -> Tokenizers.of(folder.resolve("none")))
                .hasMessage("[tokenizer] %s: no such file or folder; check the path", folder.resolve("none"));
    }
}
