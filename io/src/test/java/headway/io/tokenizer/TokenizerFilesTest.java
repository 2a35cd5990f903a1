package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Vocabularies that are no `tokenizer.json` against transformers, sentencepiece and tiktoken:
/// `testkit/goldens/tokenizer_files.py`.
class TokenizerFilesTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "tokenizer_files");
    private static final Path SHARED = Path.of("..", "..", "shared", "data", "tokenizer");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "bert-cased",
                "gpt2",
                "roberta",
                "qwen2",
                "clip",
                "plain-unigram",
                "plain-bpe",
                "plain-spaces",
                "plain-bpe-symbols",
                "plain-char",
                "plain-char-symbols",
                "deberta-v2",
                "bigbird",
                "xlnet",
                "t5",
                "xlmr",
                "mbart",
                "camembert",
                "albert",
                "llama",
                "marian",
                "m2m100",
                "tiktoken",
                "tiktoken-cl100k"
            })
    void idsAndTextsAreTheReferences(String name) throws IOException {
        JsonNode texts = Json.read(GOLDENS.resolve("texts.json"));
        JsonNode expected = Json.read(GOLDENS.resolve(name).resolve("expected.json"));
        assertThat(texts.size()).isEqualTo(expected.size()).isGreaterThan(25);
        try (var tokenizer = Tokenizers.of(vocabulary(name))) {
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i).stringValue();
                JsonNode row = expected.get(i);
                assertThat(tokenizer.encodeIds(text, true))
                        .as("%s: '%s'", name, text)
                        .isEqualTo(ints(row.path("ids")));
                assertThat(tokenizer.encode(text, false).ids())
                        .as("%s: '%s' plain", name, text)
                        .isEqualTo(ints(row.path("plain")));
                assertThat(tokenizer.decode(ints(row.path("ids")), true))
                        .as("%s: '%s' back", name, text)
                        .isEqualTo(row.path("decoded").stringValue());
            }
        }
    }

    /// The folder, or the one vocabulary file in it where nothing else says what it is.
    private static Path vocabulary(String name) throws IOException {
        if (!name.startsWith("plain") && !name.startsWith("tiktoken")) {
            return GOLDENS.resolve(name);
        }
        try (var files = Files.list(GOLDENS.resolve(name))) {
            return files.filter(f -> !f.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int[] ints(JsonNode list) {
        return list.values().stream().mapToInt(JsonNode::intValue).toArray();
    }

    /// The Hugging Face library by itself loses marks behind what the table changes.
    @Test
    void marksBehindReplacedCharactersStay() {
        Path folder = GOLDENS.resolve("plain-nfkc");
        try (Tokenizer tokenizer = Tokenizers.of(folder.resolve("m.model"))) {
            var texts = new ArrayList<String>();
            for (JsonNode c : Json.read(folder.resolve("marks.json")).values()) {
                String text = c.path("text").stringValue();
                texts.add(text);
                int[] ids =
                        c.path("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
                assertThat(tokenizer.encodeIds(text, false)).as(text).isEqualTo(ids);
                assertThat(tokenizer.encodeIds(List.of(text), false).getFirst())
                        .as(text)
                        .isEqualTo(ids);
            }
            Encoding one = tokenizer.encode(texts.getFirst(), false);
            assertThat(tokenizer.encodeAll(texts, false).getFirst().offsets()).isDeepEqualTo(one.offsets());
            // ▁t, two bytes of the mark, and the colon.
            assertThat(one.offsets()).isDeepEqualTo(new int[][] {{0, 1}, {1, 2}, {1, 2}, {2, 3}});
        }
    }

    @Test
    void sharedVocabulariesAreRead() {
        assumeTrue(Files.isDirectory(SHARED), () -> "no " + SHARED + ": this test needs the shared data");
        try (var gpt2 = Tokenizers.of(SHARED.resolve("gpt2.tiktoken"))) {
            assertThat(gpt2.encodeIds("Hello world", true)).containsExactly(15496, 995);
            assertThat(gpt2.decode(new int[] {15496, 995}, true)).isEqualTo("Hello world");
        }
        try (var unigram = Tokenizers.of(SHARED.resolve("sentencepiece-test.model"))) {
            assertThat(unigram.vocabSize()).isEqualTo(1000);
            assertThat(unigram.decode(unigram.encodeIds("I saw a girl with a telescope.", true), true))
                    .isEqualTo("I saw a girl with a telescope.");
        }
    }

    @Test
    void whisperFoldersHaveItsSpecialTokens(@TempDir Path folder) throws IOException {
        Files.copy(GOLDENS.resolve("tiktoken/gpt2.tiktoken"), folder.resolve("multilingual.tiktoken"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"whisper\", \"vocab_size\": 51866}");
        try (var tokenizer = Tokenizers.of(folder)) {
            int end = tokenizer.idOf("<|endoftext|>").orElseThrow();
            assertThat(tokenizer.idOf("<|en|>")).hasValue(end + 2);
            assertThat(tokenizer.idOf("<|yue|>")).hasValue(end + 101);
            assertThat(tokenizer.idOf("<|notimestamps|>")).hasValue(end + 107);
            assertThat(tokenizer.idOf("<|30.00|>")).hasValue(end + 108 + 1500);
            int[] ids = tokenizer.encodeIds("", true);
            assertThat(ids).containsExactly(end + 1, end + 107, end);
            assertThat(tokenizer.decode(ids, true)).isEmpty();
        }
    }

    @Test
    void vocabulariesThatWereMadeAreSaved(@TempDir Path folder) {
        for (String name : List.of("bert", "t5", "gpt2")) {
            try (var tokenizer = Tokenizers.of(GOLDENS.resolve(name))) {
                if (name.equals("gpt2")) {
                    continue;
                }
                tokenizer.save(folder);
                try (var again = Tokenizers.of(folder)) {
                    assertThat(again.encodeIds("Hello, wörld", true))
                            .isEqualTo(tokenizer.encodeIds("Hello, wörld", true));
                    assertThat(again.padId()).isEqualTo(tokenizer.padId());
                }
            }
        }
    }

    @Test
    void missingAndContradictingFilesAreRefused(@TempDir Path folder) throws IOException {
        refused(folder, "no tokenizer.json, nor vocab.txt");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 1}");
        refused(folder, "has vocab.json, but not merges.txt, which belongs to it");
        Files.writeString(folder.resolve("merges.txt"), "#version\na b\n");
        refused(folder, "merges.txt, line 2: needs token 'ab', which vocab.json lacks");
        Files.writeString(folder.resolve("merges.txt"), "#version\na b c\n");
        refused(folder, "merges.txt, line 2: 'a b c', expected two tokens");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": \"x\"}");
        refused(folder, "token 'a' has id \"x\", expected 0 or more");
        Files.writeString(folder.resolve("vocab.txt"), "hello\nworld\n");
        refused(folder, "vocab.txt: has no line '[UNK]', the unknown token");
        Path ranks = folder.resolve("x.tiktoken");
        Files.writeString(ranks, "YQ== 0\n!! 1\n");
        refused(ranks, "x.tiktoken, line 2: expected a token in base 64 and its rank");
        Files.writeString(ranks, "\n");
        refused(ranks, "holds no tokens");
        refused(folder.resolve("none.model"), "no such file or folder");
        Files.writeString(folder.resolve("a.model"), "no model");
        refused(folder.resolve("a.model"), "a.model: not a SentencePiece model, or cut off");
        Files.write(folder.resolve("a.model"), new byte[0]);
        refused(folder.resolve("a.model"), "holds no pieces");
        Files.writeString(folder.resolve("a.bin"), "x");
        refused(folder.resolve("a.bin"), "not a vocabulary by its name");
    }

    private static void refused(Path path, String text) {
        assertThatThrownBy(() -> Tokenizers.of(path))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[tokenizer] ")
                .hasMessageContaining(text);
    }

    @Test
    void damagedModelsNeverSurprise(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(GOLDENS.resolve("plain-bpe/m.model"));
        var random = new Random(3);
        Path file = folder.resolve("m.model");
        for (int i = 0; i < 200; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(3) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int k = random.nextInt(8); k >= 0 && damaged.length > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                assertThat(SentencePieceModel.read(file).pieces).isNotEmpty();
            } catch (TokenizerException e) {
                assertThat(e).hasMessageStartingWith("[tokenizer] " + file);
            }
        }
    }

    @Test
    void classesThatUseAModelOtherwiseAreRefused(@TempDir Path folder) throws IOException {
        Files.copy(GOLDENS.resolve("plain-nfkc/m.model"), folder.resolve("sentencepiece.bpe.model"));
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"NllbTokenizer\"}");
        assertThatThrownBy(() -> Tokenizers.of(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("the class NllbTokenizer uses this model in a way that is not known here")
                .hasMessageContaining("which writes a tokenizer.json");
    }
}
