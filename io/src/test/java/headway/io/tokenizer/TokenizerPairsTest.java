package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pairs, windows and type ids against the Hugging Face library: `testkit/goldens/tokenizer_pairs.py`.
class TokenizerPairsTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "tokenizer_pairs");

    @ParameterizedTest
    @ValueSource(strings = {"bert", "template", "roberta", "bytes", "sequence", "unigram"})
    void windowsAreTheReferences(String name) {
        JsonNode rows = Json.read(GOLDENS.resolve(name).resolve("pairs.json"));
        assertThat(rows.size()).isGreaterThan(100);
        try (var inUse = Tokenizers.of(GOLDENS.resolve(name));
                var library = HuggingFaceTokenizer.of(GOLDENS.resolve(name).resolve("tokenizer.json"))) {
            for (JsonNode row : rows) {
                check(inUse, row);
                check(library, row);
            }
        }
    }

    private static void check(Tokenizer tokenizer, JsonNode row) {
        if (row.has("error")) {
            assertThatThrownBy(() -> windows(tokenizer, row))
                    .as("%s", row)
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageStartingWith("[truncation] ");
            return;
        }
        List<Encoding> windows = windows(tokenizer, row);
        JsonNode wanted = row.path("windows");
        String what = tokenizer + " " + row;
        assertThat(wanted.size()).isPositive();
        assertThat(windows).as(what).hasSize(row.path("count").intValue());
        for (int i = 0; i < wanted.size(); i++) {
            Encoding got = windows.get(i);
            JsonNode want = wanted.get(i);
            assertThat(got.ids()).as(what).isEqualTo(ints(want.path("ids")));
            assertThat(got.typeIds()).as("types, " + what).isEqualTo(ints(want.path("typeIds")));
            assertThat(got.specialTokensMask()).as("mask, " + what).isEqualTo(ints(want.path("specialTokensMask")));
            assertThat(got.sequenceIds()).as("sequences, " + what).isEqualTo(ints(want.path("sequenceIds")));
            assertThat(got.tokens())
                    .as(what)
                    .isEqualTo(want.path("tokens").values().stream()
                            .map(JsonNode::stringValue)
                            .toList());
            assertThat(Arrays.deepToString(got.offsets()).replace(" ", ""))
                    .as("offsets, " + what)
                    .isEqualTo(want.path("offsets").toString());
        }
    }

    private static List<Encoding> windows(Tokenizer tokenizer, JsonNode row) {
        String first = row.path("first").stringValue();
        String second = row.path("second").stringValue(null);
        boolean special = row.path("special").booleanValue();
        if (row.path("maxLength").isNull()) {
            return List.of(
                    second == null ? tokenizer.encode(first, special) : tokenizer.encodePair(first, second, special));
        }
        var truncation = new Truncation(
                row.path("maxLength").intValue(),
                Truncation.Strategy.valueOf(row.path("strategy").stringValue().toUpperCase(Locale.ROOT)),
                Truncation.Side.valueOf(row.path("side").stringValue().toUpperCase(Locale.ROOT)),
                row.path("stride").intValue());
        return second == null
                ? tokenizer.encodeWindows(first, special, truncation)
                : tokenizer.encodePairWindows(first, second, special, truncation);
    }

    private static int[] ints(JsonNode list) {
        return list.values().stream().mapToInt(JsonNode::intValue).toArray();
    }

    @Test
    void characterPairsAndBatchesAreCut() {
        var characters = CharTokenizer.of(List.of("abc"));
        var pair = characters.encodePairWindows("ab", "cabc", true, Truncation.secondOnly(4, 1));
        assertThat(pair).hasSize(3);
        assertThat(pair.get(0).tokens()).containsExactly("a", "b", "c", "a");
        assertThat(pair.get(1).tokens()).containsExactly("a", "b", "a", "b");
        assertThat(pair.get(1).offsets()).isEqualTo(new int[][] {{0, 1}, {1, 2}, {1, 2}, {2, 3}});
        assertThat(pair.get(2).sequenceIds()).isEqualTo(new int[] {0, 0, 1, 1});
        assertThat(characters.encodeAll(List.of("abc", "a"), true, Truncation.to(2)))
                .extracting(Encoding::tokens)
                .containsExactly(List.of("a", "b"), List.of("a"));
    }

    @Test
    void windowsThatCannotBeAreRefused() {
        try (var tokenizer = Tokenizers.of(GOLDENS.resolve("bert"))) {
            assertThat(tokenizer.addedTokens()).isEqualTo(2);
            assertThatThrownBy(
                            () -> tokenizer.encodePairWindows("what", "that is it", true, Truncation.secondOnly(7, 9)))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("stride is 9")
                    .hasMessageContaining("take a smaller stride");
            assertThatThrownBy(() -> tokenizer.encodeWindows("what", true, Truncation.to(1)))
                    .hasMessage("[truncation] maxLength is 1, but the tokenizer puts 2 special tokens around a text; "
                            + "allow more tokens");
        }
        assertThatThrownBy(() -> Truncation.to(0)).hasMessageContaining("maxLength is 0");
        assertThatThrownBy(() -> Truncation.secondOnly(3, -1)).hasMessageContaining("stride is -1");
    }

    @Test
    void rolesAndLengthsComeFromTheFiles(@TempDir Path folder) throws IOException {
        Files.copy(GOLDENS.resolve("bert/tokenizer.json"), folder.resolve("tokenizer.json"));
        try (var tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.maskId()).hasValue(4);
            assertThat(tokenizer.unkId()).hasValue(1);
            assertThat(tokenizer.eosId()).isEmpty();
            assertThat(tokenizer.modelMaxLength()).isEmpty();
        }
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"model_max_length\":512,\"truncation_side\":\"left\",\"mask_token\":{\"content\":\"the\"}}");
        Files.writeString(
                folder.resolve("special_tokens_map.json"),
                "{\"mask_token\":\"[MASK]\",\"sep_token\":\"[SEP]\",\"eos_token\":\"[SEP]\"}");
        try (var tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.specialTokens().mask()).hasValue("[MASK]");
            assertThat(tokenizer.sepId()).hasValue(3);
            assertThat(tokenizer.eosId()).hasValue(3);
            assertThat(tokenizer.padId()).hasValue(0);
            assertThat(tokenizer.clsId()).hasValue(2);
            assertThat(tokenizer.modelMaxLength()).hasValue(512);
            assertThat(tokenizer.config().truncationSide()).isEqualTo(Truncation.Side.LEFT);
            assertThat(tokenizer.config().paddingSide()).isEqualTo(Truncation.Side.RIGHT);
        }
        // Files that describe added tokens have the last word.
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"added_tokens_decoder\":{},\"mask_token\":\"the\"}");
        try (var tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.specialTokens().mask()).hasValue("the");
            assertThat(tokenizer.sepId()).hasValue(3);
        }
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"model_max_length\":1000000000000000019884624838656}");
        try (var tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.modelMaxLength()).isEmpty();
        }
    }
}
