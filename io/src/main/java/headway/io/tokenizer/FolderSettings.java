package headway.io.tokenizer;

import headway.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/// What the files beside a vocabulary say of its use: `tokenizer_config.json`, `special_tokens_map.json`,
/// `added_tokens.json`, `config.json`.
final class FolderSettings {
    private static final List<String> ROLES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /// Classes of older files, and of models that share another's tokenizer.
    private static final Map<String, String> CLASS_OF_MODEL = Map.ofEntries(
            Map.entry("bert", "Bert"),
            Map.entry("distilbert", "Bert"),
            Map.entry("electra", "Bert"),
            Map.entry("mpnet", "MPNet"),
            Map.entry("roberta", "Roberta"),
            Map.entry("bart", "Roberta"),
            Map.entry("longformer", "Roberta"),
            Map.entry("led", "Roberta"),
            Map.entry("gpt2", "GPT2"),
            Map.entry("gpt_neo", "GPT2"),
            Map.entry("opt", "GPT2"),
            Map.entry("openai-gpt", "OpenAIGPT"),
            Map.entry("clip", "CLIP"),
            Map.entry("t5", "T5"),
            Map.entry("mt5", "T5"),
            Map.entry("umt5", "T5"),
            Map.entry("switch_transformers", "T5"),
            Map.entry("xlm-roberta", "XLMRoberta"),
            Map.entry("camembert", "Camembert"),
            Map.entry("mbart", "MBart"),
            Map.entry("albert", "Albert"),
            Map.entry("deberta-v2", "DebertaV2"),
            Map.entry("deberta", "Deberta"),
            Map.entry("big_bird", "BigBird"),
            Map.entry("xlnet", "XLNet"),
            Map.entry("pegasus", "Pegasus"),
            Map.entry("marian", "Marian"),
            Map.entry("m2m_100", "M2M100"),
            Map.entry("llama", "Llama"),
            Map.entry("mistral", "Llama"),
            Map.entry("mixtral", "Llama"),
            Map.entry("gemma", "Gemma"),
            Map.entry("gemma2", "Gemma"),
            Map.entry("gemma3_text", "Gemma"),
            Map.entry("whisper", "Whisper"),
            Map.entry("qwen2", "Qwen2"),
            Map.entry("qwen3", "Qwen2"));

    private static final Map<String, String> SAME_CLASS = Map.of(
            "DistilBert",
            "Bert",
            "Electra",
            "Bert",
            "MobileBert",
            "Bert",
            "Bart",
            "Roberta",
            "Longformer",
            "Roberta",
            "LED",
            "Roberta",
            "MT5",
            "T5",
            "CodeLlama",
            "Llama");

    /// No files, hence no settings.
    static final FolderSettings NONE = new FolderSettings(Path.of("").resolve("no such folder"));

    final JsonNode config;
    private final JsonNode map;
    private final JsonNode addedTokens;
    private final String type;
    private final Path folder;

    FolderSettings(Path folder) {
        this.folder = folder;
        this.config = read(folder, "tokenizer_config.json");
        this.map = read(folder, "special_tokens_map.json");
        this.addedTokens = read(folder, "added_tokens.json");
        String named = config.path("tokenizer_class").stringValue("");
        if (named.isEmpty() || named.startsWith("PreTrained") || named.startsWith("TokenizersBackend")) {
            named = read(folder, "config.json").path("tokenizer_class").stringValue(named);
        }
        String bare = named.replaceFirst("Fast$", "").replaceFirst("Tokenizer$", "");
        if (bare.isEmpty() || bare.startsWith("PreTrained") || bare.startsWith("Tokenizers")) {
            bare = CLASS_OF_MODEL.getOrDefault(
                    read(folder, "config.json").path("model_type").stringValue(""), "");
        }
        this.type = SAME_CLASS.getOrDefault(bare, bare);
    }

    private static JsonNode read(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name)) ? Json.read(folder.resolve(name)) : MissingNode.getInstance();
    }

    /// Name of the tokenizer's class without `Tokenizer` and `Fast`; empty where no file says.
    String type() {
        return type;
    }

    /// Whether any file says how the vocabulary is used.
    boolean areGiven() {
        return !type.isEmpty() || !config.isMissingNode();
    }

    /// The token with a role, `otherwise` where no file names one; an empty string means none.
    Optional<TokenizerParts.NamedToken> token(String role, String otherwise) {
        for (JsonNode json : List.of(config, map)) {
            if (json.path(role).isNull()) {
                return Optional.empty();
            }
            var named = TokenizerParts.NamedToken.of(json.path(role));
            if (named != null) {
                return Optional.of(new TokenizerParts.NamedToken(named.content(), true, named.flags()));
            }
        }
        return otherwise.isEmpty() ? Optional.empty() : Optional.of(TokenizerParts.NamedToken.special(otherwise));
    }

    /// `vocab_size` of the model, 0 where no file says.
    int vocabSize() {
        return read(folder, "config.json").path("vocab_size").intValue(0);
    }

    String content(String role, String otherwise) {
        return token(role, otherwise).map(TokenizerParts.NamedToken::content).orElse(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return config.path(key).booleanValue(otherwise);
    }

    /// Adds every token that the files name to `parts`: those with ids at their places, others behind the vocabulary.
    void addTokens(TokenizerParts parts, Map<String, Integer> ids, Map<String, String> defaults) {
        var byId = new TreeMap<Integer, TokenizerParts.NamedToken>();
        config.path("added_tokens_decoder").properties().forEach(entry -> {
            var token = TokenizerParts.NamedToken.of(entry.getValue());
            if (token != null && entry.getKey().matches("\\d{1,9}")) {
                byId.put(
                        Integer.parseInt(entry.getKey()),
                        new TokenizerParts.NamedToken(
                                token.content(),
                                entry.getValue().path("special").booleanValue(false),
                                token.flags()));
            }
        });
        addedTokens
                .properties()
                .forEach(entry -> byId.putIfAbsent(
                        entry.getValue().intValue(-1),
                        new TokenizerParts.NamedToken(entry.getKey(), false, JsonNodeFactory.instance.missingNode())));
        byId.remove(-1);
        var roles = new ArrayList<TokenizerParts.NamedToken>();
        for (String role : ROLES) {
            token(role, defaults.getOrDefault(role, "")).ifPresent(roles::add);
        }
        byId.forEach((id, token) -> {
            boolean special =
                    token.special() || roles.stream().anyMatch(r -> r.content().equals(token.content()));
            ids.putIfAbsent(token.content(), id);
            parts.add(new TokenizerParts.NamedToken(token.content(), special, token.flags()), id);
        });
        roles.forEach(token -> parts.addAfter(token, ids));
        for (String key : List.of("additional_special_tokens", "extra_special_tokens")) {
            for (JsonNode json : List.of(config.path(key), map.path(key))) {
                for (JsonNode entry : json.isArray() ? json.values() : List.<JsonNode>of()) {
                    var token = TokenizerParts.NamedToken.of(entry);
                    if (token != null) {
                        parts.addAfter(new TokenizerParts.NamedToken(token.content(), true, token.flags()), ids);
                    }
                }
            }
        }
    }

    /// What the files say, and `defaults` for roles that they leave open.
    TokenizerConfig tokenizerConfig(Map<String, String> defaults) {
        return TokenizerConfig.read(folder)
                .orTokens(new SpecialTokens(
                        content(defaults, "bos_token"),
                        content(defaults, "eos_token"),
                        content(defaults, "unk_token"),
                        content(defaults, "sep_token"),
                        content(defaults, "pad_token"),
                        content(defaults, "cls_token"),
                        content(defaults, "mask_token")));
    }

    private Optional<String> content(Map<String, String> defaults, String role) {
        return token(role, defaults.getOrDefault(role, "")).map(TokenizerParts.NamedToken::content);
    }
}
