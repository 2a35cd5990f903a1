package headway.io.tokenizer;

import headway.io.Json;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// How tokens, as the vocabulary spells them, are put together to a text: the `decoder` of a
/// `tokenizer.json`, for strings that need not be in the vocabulary.
public sealed interface TokenSpelling {
    /// The text of `tokens`.
    String join(List<String> tokens);

    /// Mark at the beginning of a part of a word; empty where the tokenizer has none.
    default String partMark() {
        return "";
    }

    /// What the `tokenizer.json` in `folder` says; words with spaces between them where there is none.
    static TokenSpelling of(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        JsonNode json = Files.isRegularFile(file) ? Json.read(file) : MissingNode.getInstance();
        JsonNode decoder = json.path("decoder");
        String mark = json.path("model").path("continuing_subword_prefix").asString("");
        return switch (decoder.path("type").asString("")) {
            case "WordPiece" ->
                new Words(
                        mark,
                        decoder.path("prefix").asString("##"),
                        decoder.path("cleanup").asBoolean(true));
            case "ByteLevel" -> new Bytes();
            case "Metaspace" ->
                new Spaces(
                        decoder.path("replacement").asString("▁"),
                        !decoder.path("prepend_scheme").asString("always").equals("never"));
            default -> new Words(mark, mark.isEmpty() ? "\u0000" : mark, false);
        };
    }

    /// WordPiece: a space before each token but those that begin with the mark.
    record Words(String partMark, String prefix, boolean cleanup) implements TokenSpelling {
        private static final String[][] TIGHT = {
            {" .", "."},
            {" ?", "?"},
            {" !", "!"},
            {" ,", ","},
            {" ' ", "'"},
            {" n't", "n't"},
            {" 'm", "'m"},
            {" do not", " don't"},
            {" 's", "'s"},
            {" 've", "'ve"},
            {" 're", "'re"}
        };

        @Override
        public String join(List<String> tokens) {
            var text = new StringBuilder();
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i);
                if (i > 0) {
                    token = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
                }
                for (int r = 0; cleanup && r < TIGHT.length; r++) {
                    token = token.replace(TIGHT[r][0], TIGHT[r][1]);
                }
                text.append(token);
            }
            return text.toString();
        }
    }

    /// Bytes as characters; a token with other characters stands for itself.
    record Bytes() implements TokenSpelling {
        @Override
        public String join(List<String> tokens) {
            var bytes = new ByteArrayOutputStream();
            for (String token : tokens) {
                ByteAlphabet.unspell(token, bytes);
            }
            return LenientUtf8.decode(bytes.toByteArray());
        }
    }

    /// SentencePiece: a mark for spaces.
    ///
    /// @param prepended whether the first token's mark was put there by the tokenizer
    record Spaces(String mark, boolean prepended) implements TokenSpelling {
        @Override
        public String join(List<String> tokens) {
            var text = new StringBuilder();
            for (int i = 0; i < tokens.size(); i++) {
                text.append(tokens.get(i).replace(mark, i == 0 && prepended ? "" : " "));
            }
            return text.toString();
        }
    }
}
