package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `tokenizer_config.json` that says otherwise than the `tokenizer.json` beside it; what is expected is what
/// transformers 5.23 gives for the same two files.
class ConfigOverridesTest {
    private static final String WORDS = """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[
            {"id":0,"content":"[UNK]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
            "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
            "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
            "decoder":{"type":"WordPiece","prefix":"##","cleanup":false},
            "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
            "vocab":{"[UNK]":0,"a":1,"A":2,"é":3,"e":4,"日本":5,"日":6,"本":7,",":8,"'":9,"s":10}}}""";

    @TempDir
    Path folder;

    private Tokenizer tokenizer(String json, String config) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        Files.writeString(folder.resolve("tokenizer_config.json"), config);
        return Tokenizers.of(folder);
    }

    @Test
    void classesOfBertNormalizeAsTheConfigurationSays() throws IOException {
        String bert = "{\"tokenizer_class\":\"BertTokenizer\"%s}";
        try (Tokenizer t = tokenizer(WORDS, bert.formatted(""))) {
            assertThat(t.encodeIds("A é 日本", true)).containsExactly(1, 4, 6, 7);
        }
        try (Tokenizer t = tokenizer(WORDS, bert.formatted(",\"do_lower_case\":false"))) {
            assertThat(t.encodeIds("A é 日本", true)).containsExactly(2, 3, 6, 7);
        }
        try (Tokenizer t = tokenizer(WORDS, bert.formatted(",\"strip_accents\":false"))) {
            assertThat(t.encodeIds("A é 日本", true)).containsExactly(1, 3, 6, 7);
        }
        try (Tokenizer t = tokenizer(WORDS, bert.formatted(",\"tokenize_chinese_chars\":false"))) {
            assertThat(t.encodeIds("A é 日本", true)).containsExactly(1, 4, 5);
        }
        // Others take the file as it is.
        String other = "{\"tokenizer_class\":\"PreTrainedTokenizerFast\",\"do_lower_case\":false}";
        try (Tokenizer t = tokenizer(WORDS, other)) {
            assertThat(t.encodeIds("A é 日本", true)).containsExactly(1, 4, 6, 7);
        }
    }

    @Test
    void spacesBeforePunctuationGoWhereTheConfigurationSaysSo() throws IOException {
        int[] ids = {1, 8, 1, 9, 10};
        try (Tokenizer t = tokenizer(WORDS, "{\"clean_up_tokenization_spaces\":true}")) {
            assertThat(t.decode(ids, true)).isEqualTo("a, a's");
        }
        try (Tokenizer t = tokenizer(WORDS, "{\"clean_up_tokenization_spaces\":false}")) {
            assertThat(t.decode(ids, true)).isEqualTo("a , a ' s");
        }
    }

    @Test
    void tokensOfTheConfigurationAreAdded() throws IOException {
        String config = """
                {"tokenizer_class":"PreTrainedTokenizerFast","additional_special_tokens":["<x>","[UNK]"],
                "added_tokens_decoder":{
                "0":{"content":"[UNK]","single_word":false,"lstrip":false,"rstrip":true,"normalized":false,"special":true},
                "11":{"content":"<n>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special":false}}}""";
        try (Tokenizer t = tokenizer(WORDS, config)) {
            Encoding encoding = t.encode("a [UNK] <n>a<x>", true);
            assertThat(encoding.ids()).containsExactly(1, 0, 11, 1, 12);
            // The first takes the space behind it, so that the second has none to take.
            assertThat(encoding.offsets()).isDeepEqualTo(new int[][] {{0, 1}, {2, 8}, {8, 11}, {11, 12}, {12, 15}});
            assertThat(t.decode(encoding.ids(), true)).isEqualTo("a <n> a");
            Path saved = Files.createDirectory(folder.resolve("saved"));
            t.save(saved);
            try (Tokenizer again = Tokenizers.of(saved)) {
                assertThat(again.encodeIds("a [UNK] <n>a<x>", true)).containsExactly(1, 0, 11, 1, 12);
            }
        }
    }

    @Test
    void aSpaceIsPutInFrontWhereTheConfigurationSaysSo() throws IOException {
        Path gpt2 = Path.of("..", "testkit", "goldens", "tokenizer_files", "gpt2");
        try (Tokenizer t = Tokenizers.of(gpt2)) {
            t.save(folder);
        }
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\":\"GPT2Tokenizer\",\"add_prefix_space\":true}");
        try (Tokenizer with = Tokenizers.of(folder);
                Tokenizer without = Tokenizers.of(gpt2)) {
            assertThat(with.encodeIds("the one", true)).isEqualTo(without.encodeIds(" the one", true));
            assertThat(with.encodeIds("the one", true)).isNotEqualTo(without.encodeIds("the one", true));
        }
    }
}
