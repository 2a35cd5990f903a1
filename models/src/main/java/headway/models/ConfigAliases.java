package headway.models;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Second names of keys in `config.json`, which Hugging Face's library takes as well as the family's own.
final class ConfigAliases {
    private ConfigAliases() {}

    private static final Map<String, String> T5 = Map.of(
            "hidden_size",
            "d_model",
            "num_attention_heads",
            "num_heads",
            "num_hidden_layers",
            "num_layers",
            "head_dim",
            "d_kv");

    private static final Map<String, String> BART = Map.of(
            "hidden_size",
            "d_model",
            "num_attention_heads",
            "encoder_attention_heads",
            "num_hidden_layers",
            "encoder_layers");

    private static final Map<String, String> GPT = Map.of(
            "hidden_size",
            "n_embd",
            "max_position_embeddings",
            "n_positions",
            "num_attention_heads",
            "n_head",
            "num_hidden_layers",
            "n_layer");

    /// By `model_type`, the family's own name for each other one.
    private static final Map<String, Map<String, String>> OWN = Map.ofEntries(
            Map.entry("gpt2", GPT),
            Map.entry("openai-gpt", GPT),
            Map.entry("gpt_neo", Map.of("num_attention_heads", "num_heads", "num_hidden_layers", "num_layers")),
            Map.entry(
                    "bloom",
                    Map.of("n_embed", "hidden_size", "num_attention_heads", "n_head", "num_hidden_layers", "n_layer")),
            Map.entry(
                    "mpt",
                    Map.of(
                            "num_attention_heads",
                            "n_heads",
                            "hidden_size",
                            "d_model",
                            "num_hidden_layers",
                            "n_layers")),
            Map.entry("falcon", Map.of("n_embed", "hidden_size")),
            Map.entry("mixtral", Map.of("num_experts", "num_local_experts")),
            Map.entry("gpt_oss", Map.of("num_experts", "num_local_experts")),
            Map.entry("qwen3_moe", Map.of("num_local_experts", "num_experts")),
            Map.entry("jamba", Map.of("num_local_experts", "num_experts")),
            Map.entry("deepseek_v2", Map.of("num_experts", "n_routed_experts")),
            Map.entry(
                    "deepseek_v3",
                    Map.of("num_local_experts", "n_routed_experts", "num_mtp_layers", "num_nextn_predict_layers")),
            Map.entry(
                    "distilbert",
                    Map.of("hidden_size", "dim", "num_attention_heads", "n_heads", "num_hidden_layers", "n_layers")),
            Map.entry("t5", T5),
            Map.entry("mt5", T5),
            Map.entry(
                    "switch_transformers",
                    Map.of(
                            "hidden_size",
                            "d_model",
                            "num_attention_heads",
                            "num_heads",
                            "num_hidden_layers",
                            "num_layers")),
            Map.entry("bart", BART),
            Map.entry("mbart", BART),
            Map.entry("pegasus", BART),
            Map.entry("marian", BART),
            Map.entry("m2m_100", BART),
            Map.entry("led", BART),
            Map.entry("whisper", BART),
            Map.entry("llava", Map.of("image_token_id", "image_token_index")));

    /// By `model_type`, flags that are on where a config says nothing of them, and off where it says null.
    private static final Map<String, List<String>> OFF_BY_NULL = Map.of(
            "falcon",
            List.of("multi_query", "parallel_attn"),
            "deepseek_v3",
            List.of("rope_interleave", "norm_topk_prob"));

    /// `config` with the family's own names. Where both are there, its own counts.
    static JsonNode resolved(JsonNode config) {
        String type = config.path("model_type").asString("");
        Map<String, String> own = OWN.getOrDefault(type, Map.of());
        List<String> off = OFF_BY_NULL.getOrDefault(type, List.of()).stream()
                .filter(key -> config.path(key).isNull())
                .toList();
        if (off.isEmpty() && own.entrySet().stream().noneMatch(e -> moves(config, e))) {
            return config;
        }
        var resolved = (ObjectNode) config.deepCopy();
        off.forEach(key -> resolved.put(key, false));
        own.entrySet().stream()
                .filter(e -> moves(config, e))
                .forEach(e -> resolved.set(e.getValue(), config.get(e.getKey())));
        return resolved;
    }

    private static boolean moves(JsonNode config, Map.Entry<String, String> names) {
        return config.hasNonNull(names.getKey()) && !config.hasNonNull(names.getValue());
    }
}
