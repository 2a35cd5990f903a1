package headway.io.gguf;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of tensors in GGUF files as Hugging Face's. A name that is not known here stays as it is, so that strict
/// loading reports it.
public final class GgufNames {
    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,6})\\.([a-z0-9_]+?)(\\.weight|\\.bias|)");
    private static final Pattern OUTSIDE = Pattern.compile("([a-z_]+)\\.(weight|bias)");

    /// Names of one kind of model.
    ///
    /// @param blocks what stands before the number of a block
    /// @param outside names of what is no block's, and inside of what is
    private record Names(String blocks, Map<String, String> outside, Map<String, String> inside) {}

    private static final Map<String, String> LLAMA = Map.ofEntries(
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("attn_q_norm", "self_attn.q_norm"),
            Map.entry("attn_k_norm", "self_attn.k_norm"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"));

    private static final Map<String, Names> KINDS = Map.of(
            "llama", decoder(Map.of()),
            "gemma2", decoder(sandwich()),
            "gemma3_text", decoder(sandwich()),
            "phi3", decoder(Map.of("attn_qkv", "self_attn.qkv_proj", "ffn_up", "mlp.gate_up_proj")),
            "mixtral",
                    decoder(Map.of(
                            "ffn_gate_inp", "block_sparse_moe.gate",
                            "ffn_gate_exps", "block_sparse_moe.experts.*.w1",
                            "ffn_down_exps", "block_sparse_moe.experts.*.w2",
                            "ffn_up_exps", "block_sparse_moe.experts.*.w3")),
            "gpt2",
                    new Names(
                            "transformer.h",
                            Map.of(
                                    "token_embd", "transformer.wte",
                                    "position_embd", "transformer.wpe",
                                    "output_norm", "transformer.ln_f",
                                    "output", "lm_head"),
                            Map.of(
                                    "attn_norm", "ln_1",
                                    "attn_qkv", "attn.c_attn",
                                    "attn_output", "attn.c_proj",
                                    "ffn_norm", "ln_2",
                                    "ffn_up", "mlp.c_fc",
                                    "ffn_down", "mlp.c_proj")),
            "bert",
                    new Names(
                            "encoder.layer",
                            Map.of(
                                    "token_embd", "embeddings.word_embeddings",
                                    "position_embd", "embeddings.position_embeddings",
                                    "token_types", "embeddings.token_type_embeddings",
                                    "token_embd_norm", "embeddings.LayerNorm"),
                            Map.of(
                                    "attn_q", "attention.self.query",
                                    "attn_k", "attention.self.key",
                                    "attn_v", "attention.self.value",
                                    "attn_output", "attention.output.dense",
                                    "attn_output_norm", "attention.output.LayerNorm",
                                    "ffn_up", "intermediate.dense",
                                    "ffn_down", "output.dense",
                                    "layer_output_norm", "output.LayerNorm")),
            "mamba",
                    new Names(
                            "backbone.layers",
                            Map.of(
                                    "token_embd", "backbone.embeddings",
                                    "output_norm", "backbone.norm_f",
                                    "output", "lm_head"),
                            Map.of(
                                    "attn_norm", "norm",
                                    "ssm_in", "mixer.in_proj",
                                    "ssm_conv1d", "mixer.conv1d",
                                    "ssm_x", "mixer.x_proj",
                                    "ssm_dt", "mixer.dt_proj",
                                    "ssm_a", "mixer.A_log",
                                    "ssm_d", "mixer.D",
                                    "ssm_out", "mixer.out_proj")));

    private GgufNames() {}

    /// Names of Llama's kind, with others for some.
    private static Names decoder(Map<String, String> others) {
        var inside = new HashMap<>(LLAMA);
        inside.putAll(others);
        return new Names(
                "model.layers",
                Map.of("token_embd", "model.embed_tokens", "output_norm", "model.norm", "output", "lm_head"),
                inside);
    }

    /// Norms around both branches.
    private static Map<String, String> sandwich() {
        return Map.of(
                "post_attention_norm", "post_attention_layernorm",
                "ffn_norm", "pre_feedforward_layernorm",
                "post_ffw_norm", "post_feedforward_layernorm");
    }

    /// Hugging Face's name of `name` in a model of `modelType`; `*` stands for the number of an expert where a tensor
    /// holds all.
    public static String huggingFace(String name, String modelType) {
        Names names = KINDS.getOrDefault(modelType, KINDS.get("llama"));
        Matcher block = BLOCK.matcher(name);
        if (block.matches()) {
            String inside = names.inside.get(block.group(2));
            return inside == null ? name : "%s.%s.%s%s".formatted(names.blocks, block.group(1), inside, block.group(3));
        }
        Matcher outside = OUTSIDE.matcher(name);
        String other = outside.matches() ? names.outside.get(outside.group(1)) : null;
        return other == null ? name : other + "." + outside.group(2);
    }
}
