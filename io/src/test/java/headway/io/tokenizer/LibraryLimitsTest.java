package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files at which the Hugging Face library ends the process: none of them may reach it. A mistake here kills the JVM of
/// the test, which fails it as well.
class LibraryLimitsTest {
    private static final String VOCAB =
            "\"[UNK]\":0,\"a\":1,\"##a\":2,\"hello\":3,\"▁\":4,\"▁▁\":5,\"▁▁▁\":6,\"\":7,\"▁a▁\":8";

    @TempDir
    Path folder;

    private Tokenizer tokenizer(String parts, String model) {
        Path file = folder.resolve("tokenizer.json");
        try {
            String added = parts.contains("added_tokens") ? "" : ",\"added_tokens\":[]";
            Files.writeString(file, "{\"version\":\"1.0\"%s%s,\"model\":%s}".formatted(added, parts, model));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Tokenizers.of(file);
    }

    private Tokenizer words(String parts) {
        return tokenizer(
                parts,
                "{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{%s}}"
                        .formatted(VOCAB));
    }

    @Test
    void tokensShorterThanWhatIsStrippedAreNoEnd() {
        String strip = "{\"type\":\"Strip\",\"content\":\"▁\",\"start\":%d,\"stop\":%d}";
        String fuse = "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Fuse\"},%s]}";
        try (Tokenizer t = words(",\"decoder\":" + strip.formatted(0, 2))) {
            assertThat(t.decode(new int[] {7, 4, 5, 6, 8, 3}, false)).isEqualTo("▁▁ahello");
            assertThat(t.decode(new int[] {4}, false)).isEmpty();
        }
        try (Tokenizer t = words(",\"decoder\":" + strip.formatted(1, 1))) {
            assertThat(t.decode(new int[] {6, 8}, false)).isEqualTo("▁a");
            assertThat(t.decode(new int[] {4}, false)).isEmpty();
        }
        try (Tokenizer t = words(",\"decoder\":" + fuse.formatted(strip.formatted(3_000_000_000L, 3_000_000_000L)))) {
            assertThat(t.decode(new int[] {6, 8, 3, 8, 6}, false)).isEqualTo("a▁hello▁a");
            assertThat(t.decode(new int[] {6, 6}, false)).isEmpty();
            assertThat(t.decode(new int[0], false)).isEmpty();
        }
        // The library tells parts by their fields where it does not know the type, and counts to 2⁶⁴.
        String nameless = strip.formatted(1, 1).replace("\"type\":\"Strip\",", "");
        String far = strip.formatted(1, 1).replace("\"stop\":1", "\"stop\":18446744073709551615");
        for (String decoder : new String[] {nameless, far, strip.formatted(1, 1).replace("\"Strip\"", "3")}) {
            try (Tokenizer t = words(",\"decoder\":" + decoder)) {
                assertThat(t.decode(new int[] {4, 3}, false)).isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a*)*b",
                "(?:(?:a|aa)+)+c",
                "(a|aa)+b",
                "(?:a?){30,}",
                "a*a*a*b",
                "(?<x>a\\g<x>?)",
                "(?=(a+)*)b",
                "[[a]b]+(x{2,}y)*",
                "(a{1,9}){1,90}b"
            })
    void endlessSearchesAreRefused(String expression) {
        assertThat(Backtracking.of(expression)).as(expression).isNotNull();
        String regex = "{\"Regex\":\"%s\"}".formatted(expression.replace("\\", "\\\\"));
        for (String part : new String[] {
            ",\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":%s,\"behavior\":\"Isolated\",\"invert\":false}",
            ",\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Replace\",\"pattern\":%s,\"content\":\"\"}]}",
            ",\"decoder\":{\"type\":\"Replace\",\"pattern\":%s,\"content\":\"\"}"
        }) {
            assertThatThrownBy(() -> words(part.formatted(regex)))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("expression '" + expression + "' may search for ever");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\b", "^", "\\A", "$", "x*", "(?=e)", "(?!b)", "(?:)"})
    void nothingReplacedAtTheBeginningIsRefused(String expression) {
        String replace = "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"%s\"},\"content\":\"_\"}"
                .formatted(expression.replace("\\", "\\\\"));
        String bytes =
                ",\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":false}";
        for (String part : new String[] {
            ",\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[%s,{\"type\":\"Lowercase\"}]}".formatted(replace),
            ",\"normalizer\":" + replace + bytes
        }) {
            assertThatThrownBy(() -> words(part))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(
                            "normalizer: expression '%s' also finds nothing at the beginning of a text and puts '_' there, which the Hugging Face library cannot; use Prepend, or an expression that finds a character"
                                    .formatted(expression));
        }
        // Where nothing changes characters after it, the library can.
        try (Tokenizer t = words(",\"normalizer\":" + replace)) {
            assertThat(t.encodeIds("e\n", false)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<=a)", "\\s*$", " {2,}", "\\s+", "a|(?<=a)"})
    void otherReplacementsPass(String expression) {
        String part =
                ",\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"%s\"},\"content\":\"_\"},{\"type\":\"Lowercase\"}]}"
                        .formatted(expression.replace("\\", "\\\\"));
        try (Tokenizer t = words(part)) {
            for (String text : new String[] {"a", " a", "\n", "a  b", " ", "ba"}) {
                assertThat(t.encodeIds(text, false)).as(text).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "\\p{N}{1,3}(?=(?:\\p{N}{3})*(?:\\P{N}|$))",
                " ?[^(\\s|[.,!?…。，、।۔،])]+",
                "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                "[0-9][0-9][0-9]",
                "\\p{L}++|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
                "(?=(\\d{3})+(?!\\d))",
                "[\\(\\)\\[\\]\\{\\}]|([!\"#\\$%\\&'\\*\\+,\\-\\./:;<=>\\?\\\\\\^_`\\|\\~])\\1*",
                " {2,}"
            })
    void expressionsOfKnownTokenizersPass(String expression) {
        assertThat(Backtracking.of(expression)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has 0 bytes; expected at least 4|",
                "has 3 bytes; expected at least 4|AAAA",
                "is not base64|A*",
                "says that its array has 1073741824 bytes; 8 follow|AAAAQAAAAAAAAAAA",
                "leads out of its array at|BAAAAP////8=",
                "leads out of its array at|CAAAAAAEAAAAAAAAYWIA"
            })
    void tablesThatLeadNowhereAreRefused(String fault) {
        String[] pair = fault.split("\\|", -1);
        String part = ",\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}".formatted(pair[1]);
        assertThatThrownBy(() -> words(part))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("normalizer: precompiled_charsmap " + pair[0]);
    }

    @Test
    void lengthsAndPrefixesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> words(",\"pre_tokenizer\":{\"type\":\"FixedLength\",\"length\":0}"))
                .hasMessageContaining("pre_tokenizer: FixedLength has length 0");
        assertThatThrownBy(
                        () -> tokenizer(
                                "",
                                "{\"type\":\"BPE\",\"continuing_subword_prefix\":\"##é\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[[\"a\",\"b\"]]}"))
                .hasMessageContaining("model.merges: 'b' does not begin with continuing_subword_prefix '##é'");
    }

    @Test
    void addedTokensOfWhichNothingIsLeftAreRefused() {
        String added =
                ",\"normalizer\":{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true},\"added_tokens\":["
                        + "{\"id\":9,\"content\":\"%s\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":%s,\"special\":false}]";
        assertThatThrownBy(() -> words(added.formatted("\u00a0", true)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(
                        "added_tokens: the normalizer leaves nothing of '\u00a0' (id 9); set its normalized to false");
        for (boolean normalized : new boolean[] {true, false}) {
            try (Tokenizer t = words(added.formatted(normalized ? "x" : "\u00a0", normalized))) {
                assertThat(t.encodeIds(normalized ? "helloxhello" : "hello\u00a0hello", false))
                        .containsExactly(3, 9, 3);
            }
        }
    }

    @Test
    void unknownCharactersWithoutAPieceForThemAreAnError() {
        String model = "{\"type\":\"Unigram\",\"unk_id\":%s,\"vocab\":[[\"a\",-1.0],[\"b\",-2.0],[\"ab\",-2.5]]}";
        try (Tokenizer t = tokenizer("", model.formatted("null"))) {
            assertThat(t.encodeIds("abab", true)).containsExactly(2, 2);
            assertThat(t.encode("aaab", true).ids()).containsExactly(0, 0, 2);
            String message = "no piece holds 'é', and no piece stands for such (model.unk_id is missing)";
            assertThatThrownBy(() -> t.encode("abéa", true))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(message);
            // Among many texts, whose encodings other threads still read when this one fails.
            var many = new java.util.ArrayList<>(java.util.Collections.nCopies(3000, "ab".repeat(50)));
            many.set(1, "éa");
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> t.encodeIds(many, true)).hasMessageContaining(message);
            }
        }
        try (Tokenizer t = tokenizer("", model.formatted("1"))) {
            assertThat(t.encodeIds("aé", true)).containsExactly(0, 1);
        }
        // One that is cut out of texts anyway stands for what is not there, and is still itself.
        String added =
                ",\"added_tokens\":[{\"id\":%d,\"content\":\"%s\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}]";
        try (Tokenizer t = tokenizer(added.formatted(1, "b"), model.formatted("null"))) {
            assertThat(t.encodeIds("aba", true)).containsExactly(0, 1, 0);
            assertThatThrownBy(() -> t.encode("bé", true)).hasMessageContaining("no piece holds 'é'");
        }
        assertThatThrownBy(() -> tokenizer(added.formatted(3, "<s>"), model.formatted("null")))
                .hasMessageContaining("model.unk_id is missing; name the piece");
    }

    @Test
    void textsThatATemplateRepeatsAreRepeatedOnce() {
        String piece = "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}";
        String template =
                "{\"type\":\"TemplateProcessing\",\"single\":[%1$s,%1$s],\"pair\":[%1$s,%2$s],\"special_tokens\":{}}"
                        .formatted(piece, piece.replace('A', 'B'));
        String bytes = "{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}";
        for (String parts :
                new String[] {template, "{\"type\":\"Sequence\",\"processors\":[%s,%s]}".formatted(bytes, template)}) {
            try (Tokenizer t = words(",\"post_processor\":" + parts)) {
                assertThat(t.encodeIds("hello", true)).containsExactly(3, 3);
                assertThat(t.encode("hello", false).ids()).containsExactly(3, 3);
                assertThat(t.encodePair("hello", "a", true).ids()).containsExactly(3, 1);
            }
        }
    }
}
