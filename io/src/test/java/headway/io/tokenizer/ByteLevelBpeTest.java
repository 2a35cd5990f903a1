package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java tokenizer against the Hugging Face library on the same file.
class ByteLevelBpeTest {
    @TempDir
    static Path folder;

    private static ByteLevelBpe trained;

    @BeforeAll
    static void train() {
        var trainer = new BpeTrainer(256 + 2 + 150, List.of("<|endoftext|>", "<|user|>"));
        trainer.add(DifficultText.CORPUS);
        trained = trainer.train();
        trained.save(folder);
    }

    @Test
    void savedFileGivesTheSameTokensInTheLibrary() {
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"))) {
            assertSame(library, trained);
        }
    }

    @Test
    void savedFileIsReadBackInJava() {
        try (var read = Tokenizers.of(folder)) {
            assertThat(read).isInstanceOf(ByteLevelBpe.class);
            assertThat(read.bosId()).hasValue(0);
            assertThat(read.eosId()).hasValue(0);
            assertThat(read.idOf("<|user|>")).hasValue(1);
            assertThat(read.vocabSize()).isEqualTo(trained.vocabSize());
            for (String text : DifficultText.all()) {
                assertThat(read.encodeIds(text, true)).isEqualTo(trained.encodeIds(text, true));
            }
        }
    }

    /// Files as published models have them: old merges, offsets trimmed, a template around the text, whole words first.
    @Test
    void variantsOfTheFile() throws IOException {
        String json = Files.readString(folder.resolve("tokenizer.json"));
        String byteLevel = "{\"type\":\"ByteLevel\",\"add_prefix_space\":%b,\"trim_offsets\":%b,\"use_regex\":true}";
        String template = """
                {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|user|>","type_id":0}},\
                {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"<|endoftext|>","type_id":0}}],\
                "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],\
                "special_tokens":{"<|user|>":{"id":"<|user|>","ids":[1],"tokens":["<|user|>"]},\
                "<|endoftext|>":{"id":"<|endoftext|>","ids":[0],"tokens":["<|endoftext|>"]}}}""";
        String none = "\"post_processor\":null";
        assertThat(json).contains(none);
        var variants = List.of(
                json.replace(none, "\"post_processor\":" + byteLevel.formatted(true, false)),
                json.replace(none, "\"post_processor\":" + byteLevel.formatted(true, true)),
                json.replace(none, "\"post_processor\":" + byteLevel.formatted(false, true)),
                json.replace(none, "\"post_processor\":" + template),
                json.replace(
                        none,
                        "\"post_processor\":{\"type\":\"Sequence\",\"processors\":[" + byteLevel.formatted(false, true)
                                + "," + template + "]}"),
                json.replace("\"ignore_merges\":false", "\"ignore_merges\":true"),
                json.replace("\"use_regex\":true", "\"use_regex\":false"),
                json.replaceAll("\\[(\"[^\"]*)\",\"([^\"]*\")]", "$1 $2"));
        for (int i = 0; i < variants.size(); i++) {
            assertThat(variants.get(i)).as("variant %d", i).isNotEqualTo(json);
            Path file = folder.resolve("variant" + i + ".json");
            Files.writeString(file, variants.get(i));
            try (var library = HuggingFaceTokenizer.of(file);
                    var java = Tokenizers.of(file)) {
                assertThat(java).as("variant %d", i).isInstanceOf(ByteLevelBpe.class);
                assertSame(library, java);
            }
        }
    }

    @Test
    void whatJavaCannotDoGoesToTheLibrary() throws IOException {
        String json = Files.readString(folder.resolve("tokenizer.json"));
        Path file = folder.resolve("normalized.json");
        Files.writeString(file, json.replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"Lowercase\"}"));
        try (var tokenizer = Tokenizers.of(file)) {
            assertThat(tokenizer).isInstanceOf(HuggingFaceTokenizer.class);
            assertThat(tokenizer.decode(tokenizer.encodeIds("THE", true), true)).isEqualTo("the");
        }
    }

    /// The library truncates at 512 tokens when it is not told otherwise.
    @Test
    void longTextsAreNotCutAndShortOnesNotPadded() {
        String text = "x y ".repeat(5000);
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"))) {
            assertThat(library.encode(text, true).length()).isGreaterThan(5000);
            var both = library.encodeAll(List.of(text, "x"), true);
            assertThat(both.get(1).length()).isEqualTo(1);
            assertThat(both.get(0).ids()).isEqualTo(trained.encodeIds(text, true));
        }
    }

    @Test
    void randomIdsDecodeAlike() {
        var random = new Random(2);
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"))) {
            for (int i = 0; i < 2000; i++) {
                int[] ids = random.ints(random.nextInt(12), 0, trained.vocabSize() + 3)
                        .toArray();
                for (boolean skip : new boolean[] {true, false}) {
                    assertThat(trained.decode(ids, skip))
                            .as(Arrays.toString(ids))
                            .isEqualTo(library.decode(ids, skip));
                }
            }
        }
    }

    @Test
    void anyTextComesBack() {
        for (String text : DifficultText.all()) {
            assertThat(trained.decode(trained.encodeIds(text, false), false)).isEqualTo(text);
        }
        String broken = "a\uD83Db\uDE00c\uD83D";
        assertThat(trained.decode(trained.encodeIds(broken, false), false)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
        try (var library = HuggingFaceTokenizer.of(folder.resolve("tokenizer.json"))) {
            assertThat(library.encode(broken, false).ids()).isEqualTo(trained.encodeIds(broken, false));
        }
    }

    /// Words above and below the length at which the heap takes over.
    @Test
    void heapAndSearchMergeAlike() {
        var random = new Random(9);
        var table = new MergeTable(40);
        int next = 4;
        for (int i = 0; i < 40; i++) {
            table.add(random.nextInt(next), random.nextInt(next), next++);
        }
        for (int length = 1; length < 300; length++) {
            int[] symbols = random.ints(length, 0, 4).toArray();
            assertThat(table.applyByHeap(symbols.clone(), length)).isEqualTo(table.applyBySearch(symbols, length));
        }
    }

    private static void assertSame(Tokenizer library, Tokenizer java) {
        for (String text : DifficultText.all()) {
            for (boolean special : new boolean[] {true, false}) {
                var expected = library.encode(text, special);
                var actual = java.encode(text, special);
                assertThat(actual.tokens()).as(text).isEqualTo(expected.tokens());
                assertThat(actual.ids()).as(text).isEqualTo(expected.ids());
                assertThat(actual.offsets()).as(text).isDeepEqualTo(expected.offsets());
                assertThat(java.encodeIds(text, special)).as(text).isEqualTo(expected.ids());
                assertThat(java.decode(actual.ids(), special)).isEqualTo(library.decode(expected.ids(), special));
            }
        }
        assertThat(java.vocabSize()).isEqualTo(library.vocabSize());
    }
}
