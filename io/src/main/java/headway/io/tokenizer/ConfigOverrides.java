package headway.io.tokenizer;

import headway.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where `tokenizer_config.json` says otherwise than the `tokenizer.json` beside it, it wins, as in transformers: how
/// BERT's classes normalize, whether a space is put in front of a byte-level text, which tokens are added and what they
/// take along.
final class ConfigOverrides {
    /// Classes that put a space in front of a text where they are told to.
    private static final Set<String> PREFIXED = Set.of("GPT2", "Roberta", "Qwen2", "Deberta");

    private static final List<String> FLAGS = List.of("single_word", "lstrip", "rstrip", "normalized", "special");

    private final TokenizerFile file;
    private final FolderSettings settings;
    private ObjectNode document;

    private ConfigOverrides(TokenizerFile file, FolderSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    /// The document with what the configuration changes; null where it changes nothing.
    static byte[] of(TokenizerFile file, FolderSettings settings) {
        var overrides = new ConfigOverrides(file, settings);
        if (settings.type().equals("Bert")) {
            overrides.normalizer();
        }
        if (PREFIXED.contains(settings.type())) {
            overrides.prefixSpace();
        }
        settings.config.path("added_tokens_decoder").properties().forEach(e -> overrides.added(e.getValue(), false));
        for (String key : List.of("additional_special_tokens", "extra_special_tokens")) {
            settings.config.path(key).forEach(token -> overrides.added(token, true));
        }
        return overrides.document == null ? null : overrides.document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Read as a whole only where something is to be changed: most of it is vocabulary.
    private ObjectNode document() {
        if (document == null) {
            byte[] bytes = Json.readBounded(file.path(), TokenizerFile.FILE_LIMIT);
            String text = new String(bytes, StandardCharsets.UTF_8);
            document = (ObjectNode) Json.parse(text, file.path().toString());
        }
        return document;
    }

    private void normalizer() {
        if (file.part("normalizer").path("type").asString("").equals("BertNormalizer")) {
            normalizer("do_lower_case", "lowercase");
            normalizer("strip_accents", "strip_accents");
            normalizer("tokenize_chinese_chars", "handle_chinese_chars");
        }
    }

    private void normalizer(String key, String field) {
        JsonNode said = settings.config.path(key);
        if (said.isBoolean() && !said.equals(file.part("normalizer").path(field))) {
            ((ObjectNode) document().path("normalizer")).set(field, said);
        }
    }

    private void prefixSpace() {
        JsonNode said = settings.config.path("add_prefix_space");
        JsonNode part = file.part("pre_tokenizer");
        if (said.isBoolean()
                && part.path("type").asString("").equals("ByteLevel")
                && part.path("add_prefix_space").booleanValue(true) != said.booleanValue()) {
            ((ObjectNode) document().path("pre_tokenizer")).set("add_prefix_space", said);
        }
    }

    private void added(JsonNode json, boolean special) {
        var token = TokenizerParts.NamedToken.of(json);
        if (token == null || token.content().isEmpty()) {
            return;
        }
        int place = place(token.content());
        if (place < 0) {
            boolean isSpecial = special || json.path("special").booleanValue(false);
            int id = nextId(token.content());
            ObjectNode entry = addedTokens().addObject();
            entry.put("id", id).put("content", token.content());
            FLAGS.forEach(flag -> entry.put(flag, json.path(flag).booleanValue(false)));
            entry.put("normalized", json.path("normalized").booleanValue(!isSpecial))
                    .put("special", isSpecial);
            return;
        }
        for (String flag : FLAGS) {
            JsonNode said = json.path(flag);
            if (said.isBoolean() && !said.equals(listed().path(place).path(flag))) {
                ((ObjectNode) addedTokens().path(place)).set(flag, said);
            }
        }
    }

    /// The added tokens as they are by now.
    private JsonNode listed() {
        return document == null ? file.part("added_tokens") : document.path("added_tokens");
    }

    private ArrayNode addedTokens() {
        return document().path("added_tokens") instanceof ArrayNode list
                ? list
                : document().putArray("added_tokens");
    }

    private int place(String content) {
        for (int i = 0; i < listed().size(); i++) {
            if (listed().path(i).path("content").asString("").equals(content)) {
                return i;
            }
        }
        return -1;
    }

    /// The vocabulary's id where it has the token, else the one behind all others.
    private int nextId(String content) {
        Integer known = file.vocabulary().get(content);
        if (known != null) {
            return known;
        }
        int next = file.vocabulary().size();
        for (JsonNode token : listed()) {
            next = Math.max(next, token.path("id").intValue(0) + 1);
        }
        return next;
    }
}
