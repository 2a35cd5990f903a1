package headway.io.tokenizer;

import headway.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The beginning and ending tokens that `tokenizer_config.json` or `special_tokens_map.json` name.
record SpecialTokens(Optional<String> bos, Optional<String> eos) {
    static final SpecialTokens NONE = new SpecialTokens(Optional.empty(), Optional.empty());

    /// What the files in `folder` say; the first file that names a token wins.
    static SpecialTokens read(Path folder) {
        Optional<String> bos = Optional.empty();
        Optional<String> eos = Optional.empty();
        for (String name : new String[] {"tokenizer_config.json", "special_tokens_map.json"}) {
            if (Files.isRegularFile(folder.resolve(name))) {
                JsonNode json = Json.read(folder.resolve(name));
                bos = bos.or(() -> content(json.path("bos_token")));
                eos = eos.or(() -> content(json.path("eos_token")));
            }
        }
        return new SpecialTokens(bos, eos);
    }

    /// A token is a string, or an object with its `content`.
    private static Optional<String> content(JsonNode token) {
        JsonNode text = token.isObject() ? token.path("content") : token;
        return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
    }
}
