package headway.generate;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Settings of generation from a `config.json`, where files had them before there was `generation_config.json`.
///
/// As Hugging Face reads them: of a model with several parts what the whole says, then what the part that writes says,
/// then the family's own tokens.
final class FormerSettings {
    private FormerSettings() {}

    private static final List<String> KEYS = List.of(
            "max_length",
            "max_new_tokens",
            "min_length",
            "min_new_tokens",
            "early_stopping",
            "do_sample",
            "num_beams",
            "num_beam_groups",
            "diversity_penalty",
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "top_h",
            "typical_p",
            "epsilon_cutoff",
            "eta_cutoff",
            "penalty_alpha",
            "repetition_penalty",
            "encoder_repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "encoder_no_repeat_ngram_size",
            "bad_words_ids",
            "sequence_bias",
            "exponential_decay_length_penalty",
            "num_return_sequences",
            "renormalize_logits",
            "remove_invalid_values",
            "suppress_tokens",
            "begin_suppress_tokens",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "guidance_scale",
            "pad_token_id",
            "bos_token_id",
            "eos_token_id",
            "decoder_start_token_id");

    /// Tokens that a family's config has where the file names none: eos, pad, and what is forced at the end; -1 for
    /// none.
    private static final Map<String, int[]> OWN = Map.ofEntries(
            Map.entry("llama", new int[] {2, -1, -1}),
            Map.entry("mistral", new int[] {2, -1, -1}),
            Map.entry("mixtral", new int[] {2, -1, -1}),
            Map.entry("smollm3", new int[] {128001, 128004, -1}),
            Map.entry("gpt2", new int[] {50256, -1, -1}),
            Map.entry("gpt_neo", new int[] {50256, -1, -1}),
            Map.entry("gpt_neox", new int[] {2, -1, -1}),
            Map.entry("opt", new int[] {2, 1, -1}),
            Map.entry("bloom", new int[] {2, -1, -1}),
            Map.entry("falcon", new int[] {11, -1, -1}),
            Map.entry("gemma", new int[] {1, 0, -1}),
            Map.entry("gemma2", new int[] {1, 0, -1}),
            Map.entry("gemma3_text", new int[] {1, 0, -1}),
            Map.entry("phi3", new int[] {32000, 32000, -1}),
            Map.entry("olmo2", new int[] {50279, 1, -1}),
            Map.entry("deepseek_v2", new int[] {2, -1, -1}),
            Map.entry("deepseek_v3", new int[] {1, -1, -1}),
            Map.entry("mamba", new int[] {0, 0, -1}),
            Map.entry("mamba2", new int[] {2, 1, -1}),
            Map.entry("jamba", new int[] {2, 0, -1}),
            Map.entry("t5", new int[] {1, 0, -1}),
            Map.entry("mt5", new int[] {1, 0, -1}),
            Map.entry("switch_transformers", new int[] {1, 0, -1}),
            Map.entry("bart", new int[] {2, 1, 2}),
            Map.entry("mbart", new int[] {2, 1, 2}),
            Map.entry("pegasus", new int[] {1, 0, 1}),
            Map.entry("marian", new int[] {0, 58100, 0}),
            Map.entry("m2m_100", new int[] {2, 1, -1}),
            Map.entry("led", new int[] {2, 1, -1}),
            Map.entry("whisper", new int[] {50256, 50256, -1}));

    static JsonNode of(JsonNode config) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        take(settings, config);
        for (String part : List.of("decoder", "text_config")) {
            take(settings, config.path(part));
        }
        JsonNode writer = config.path("text_config").isObject() ? config.path("text_config") : config.path("decoder");
        JsonNode family = writer.isObject() ? writer : config;
        int[] own = OWN.get(family.path("model_type").asString(""));
        if (own != null) {
            token(settings, family, "eos_token_id", own[0]);
            token(settings, family, "pad_token_id", own[1]);
            token(settings, family, "forced_eos_token_id", own[2]);
        }
        return settings;
    }

    private static void take(ObjectNode settings, JsonNode from) {
        for (String key : KEYS) {
            if (from.hasNonNull(key) && !settings.has(key)) {
                settings.set(key, from.get(key));
            }
        }
    }

    /// A null in the file means none; only what is missing is the family's own, where the vocabulary has it.
    private static void token(ObjectNode settings, JsonNode from, String key, int own) {
        boolean there = own >= 0 && own < from.path("vocab_size").asInt(Integer.MAX_VALUE);
        if (there && !from.has(key) && !settings.has(key)) {
            settings.put(key, own);
        }
    }
}
