package headway.models;

import headway.io.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One parameter under several names: which of them a file keeps is up to the program that wrote it. Where the name
/// that a family asks for is missing, another one stands in.
final class TiedNames {
    private TiedNames() {}

    private static final String HEAD = "lm_head.weight";

    /// Families whose head is a matrix of its own unless the config ties it.
    private static final Set<String> UNTIED = Set.of(
            "llama",
            "mistral",
            "qwen2",
            "qwen3",
            "gpt_neox",
            "phi3",
            "olmo2",
            "mixtral",
            "qwen2_moe",
            "qwen3_moe",
            "gpt_oss",
            "deepseek_v2",
            "deepseek_v3",
            "mamba2",
            "jamba");

    private static final Set<String> SEEING = Set.of("llava", "qwen2_vl", "qwen2_5_vl");

    /// Where files have the language model of a family that sees, the deepest first.
    private static final List<String> PLACES = List.of("model.language_model.", "language_model.model.");

    /// `stored` with each parameter under the name that the family asks for.
    ///
    /// @param stack where the stack lies below the head that is loaded, such as `bert.`; empty for the stack alone
    static Map<String, StoredTensor> of(Map<String, StoredTensor> stored, JsonNode config, String stack) {
        var named = new LinkedHashMap<>(stored);
        for (List<String> names : seeing(stored, config).orElseGet(() -> names(config, stack))) {
            String first = names.getFirst();
            for (String other : names) {
                if (!named.containsKey(first) && named.containsKey(other)) {
                    named.put(first, named.remove(other));
                }
            }
        }
        return named;
    }

    private static List<List<String>> names(JsonNode config, String stack) {
        String type = config.path("model_type").asString("");
        boolean tied = config.path("tie_word_embeddings").asBoolean(!UNTIED.contains(type));
        String words = stack + "embeddings.word_embeddings.weight";
        return switch (type) {
            case "bert", "big_bird", "deberta-v2" -> both(tied, words, "cls.predictions.", "cls.predictions.decoder.");
            case "albert" -> both(tied, words, "predictions.", "predictions.decoder.");
            case "roberta", "xlm-roberta", "camembert", "longformer" ->
                both(tied, words, "lm_head.", "lm_head.decoder.");
            case "electra" -> one(tied, words, "generator_lm_head.weight");
            case "distilbert" -> one(tied, words, "vocab_projector.weight");
            case "modernbert" -> one(tied, stack + "embeddings.tok_embeddings.weight", "decoder.weight");
            case "t5", "mt5", "switch_transformers" -> shared(tied, "", "shared.weight");
            case "bart", "mbart", "pegasus", "marian", "m2m_100", "led" ->
                config.path("share_encoder_decoder_embeddings").asBoolean(true)
                        ? shared(tied, stack, stack + "shared.weight")
                        : one(tied, stack + "decoder.embed_tokens.weight", HEAD);
            case "whisper" -> one(tied, stack + "decoder.embed_tokens.weight", "proj_out.weight");
            case "gpt_neox" -> one(tied, "gpt_neox.embed_in.weight", "embed_out.weight");
            case "openai-gpt" -> one(tied, "transformer.tokens_embed.weight", HEAD);
            case "gpt2", "gpt_neo", "mpt" -> one(tied, "transformer.wte.weight", HEAD);
            case "bloom", "falcon" -> one(tied, "transformer.word_embeddings.weight", HEAD);
            case "opt" -> one(tied, "model.decoder.embed_tokens.weight", HEAD);
            case "mamba", "mamba2" -> one(tied, "backbone.embeddings.weight", HEAD);
            case "smollm3", "gemma", "gemma2", "gemma3_text" -> one(tied, "model.embed_tokens.weight", HEAD);
            default -> UNTIED.contains(type) ? one(tied, "model.embed_tokens.weight", HEAD) : List.of();
        };
    }

    /// Those of a language model that sees, wherever its files have it; empty of all others.
    private static Optional<List<List<String>>> seeing(Map<String, StoredTensor> stored, JsonNode config) {
        String type = config.path("model_type").asString("");
        if (!SEEING.contains(type)) {
            return Optional.empty();
        }
        boolean tied = config.path("tie_word_embeddings").asBoolean(false)
                || config.path("text_config").path("tie_word_embeddings").asBoolean(false);
        String stack = PLACES.stream()
                .filter(place -> stored.keySet().stream().anyMatch(name -> name.startsWith(place)))
                .findFirst()
                .orElse("model.");
        String head = stack.equals("language_model.model.") ? "language_model." + HEAD : HEAD;
        return Optional.of(one(tied, stack + "embed_tokens.weight", head));
    }

    private static List<List<String>> one(boolean tied, String first, String other) {
        return tied ? List.of(List.of(first, other)) : List.of();
    }

    /// A table of words and the bias of scores; an untied decoder has a bias of its own.
    private static List<List<String>> both(boolean tied, String words, String bias, String decoder) {
        return tied ? List.of(List.of(words, decoder + "weight"), List.of(bias + "bias", decoder + "bias")) : List.of();
    }

    /// The table of both sides.
    private static List<List<String>> shared(boolean tied, String stack, String first) {
        var names = new ArrayList<>(
                List.of(first, stack + "encoder.embed_tokens.weight", stack + "decoder.embed_tokens.weight"));
        if (tied) {
            names.add(HEAD);
        }
        return List.of(names);
    }
}
