package headway.io.tokenizer;

import headway.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What `tokenizer_config.json` and `special_tokens_map.json` say of a tokenizer's use.
///
/// @param specialTokens the tokens with a role
/// @param modelMaxLength most tokens that the model reads, where the file says so
/// @param truncationSide where a text that is too long loses tokens
/// @param paddingSide where a text that is too short is filled
/// @param cleanUpSpaces whether a decoded text loses its spaces before punctuation, where the vocabulary is no BPE
public record TokenizerConfig(
        SpecialTokens specialTokens,
        OptionalInt modelMaxLength,
        Truncation.Side truncationSide,
        Truncation.Side paddingSide,
        boolean cleanUpSpaces) {
    /// What holds without files.
    public static final TokenizerConfig NONE = of(SpecialTokens.NONE);

    /// Lengths beyond this are the reference's way to write that there is none.
    private static final double NO_LENGTH = 1e9;

    static TokenizerConfig of(SpecialTokens specialTokens) {
        return new TokenizerConfig(
                specialTokens, OptionalInt.empty(), Truncation.Side.RIGHT, Truncation.Side.RIGHT, false);
    }

    /// What the files in `folder` say. As in the reference `special_tokens_map.json` wins over a
    /// `tokenizer_config.json` of the time before it described added tokens itself, and fills gaps of later ones.
    public static TokenizerConfig read(Path folder) {
        JsonNode own = json(folder.resolve("tokenizer_config.json"));
        JsonNode map = json(folder.resolve("special_tokens_map.json"));
        return own.has("added_tokens_decoder")
                ? NONE.or(own).or(map)
                : NONE.or(map).or(own);
    }

    private static JsonNode json(Path file) {
        return Files.isRegularFile(file) ? Json.read(file) : JsonNodeFactory.instance.objectNode();
    }

    /// Tokens that a model has beside the usual roles, such as `image_token`, by the names under which a chat
    /// template asks for them.
    public static Map<String, String> furtherTokens(Path folder) {
        JsonNode own = json(folder.resolve("tokenizer_config.json"));
        var tokens = new LinkedHashMap<String, String>();
        for (JsonNode named :
                List.of(own, own.path("extra_special_tokens"), own.path("model_specific_special_tokens"))) {
            named.properties().stream()
                    .filter(entry -> named != own || entry.getKey().endsWith("_token"))
                    .forEach(entry -> content(entry.getValue()).ifPresent(text -> tokens.put(entry.getKey(), text)));
        }
        return tokens;
    }

    private TokenizerConfig or(JsonNode json) {
        var tokens = new SpecialTokens(
                content(json.path("bos_token")),
                content(json.path("eos_token")),
                content(json.path("unk_token")),
                content(json.path("sep_token")),
                content(json.path("pad_token")),
                content(json.path("cls_token")),
                content(json.path("mask_token")));
        double length = json.path("model_max_length").doubleValue(NO_LENGTH + 1);
        boolean limited = modelMaxLength.isEmpty() && length >= 1 && length <= NO_LENGTH;
        return new TokenizerConfig(
                specialTokens.or(tokens),
                limited ? OptionalInt.of((int) length) : modelMaxLength,
                side(json.path("truncation_side"), truncationSide),
                side(json.path("padding_side"), paddingSide),
                json.path("clean_up_tokenization_spaces").booleanValue(cleanUpSpaces));
    }

    /// The same with roles that `tokens` fills where none was named.
    TokenizerConfig orTokens(SpecialTokens tokens) {
        return new TokenizerConfig(
                specialTokens.or(tokens), modelMaxLength, truncationSide, paddingSide, cleanUpSpaces);
    }

    private static Truncation.Side side(JsonNode said, Truncation.Side otherwise) {
        return switch (said.stringValue("")) {
            case "left" -> Truncation.Side.LEFT;
            case "right" -> Truncation.Side.RIGHT;
            default -> otherwise;
        };
    }

    /// A token is a string, or an object with its `content`.
    private static Optional<String> content(JsonNode token) {
        JsonNode text = token.isObject() ? token.path("content") : token;
        return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
    }
}
