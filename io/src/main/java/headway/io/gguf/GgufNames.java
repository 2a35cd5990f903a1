package headway.io.gguf;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of tensors in GGUF files as Hugging Face's. A name that is not known here stays as it is, so that strict
/// loading reports it.
public final class GgufNames {
    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,6})\\.([a-z0-9_]+)\\.(weight|bias)");

    private static final Map<String, String> OUTSIDE = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");

    private static final Map<String, String> INSIDE = Map.ofEntries(
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

    private GgufNames() {}

    /// Hugging Face's name of `name`, in decoders of Llama's kind.
    public static String huggingFace(String name) {
        String outside = OUTSIDE.get(name);
        if (outside != null) {
            return outside;
        }
        Matcher block = BLOCK.matcher(name);
        String inside = block.matches() ? INSIDE.get(block.group(2)) : null;
        return inside == null ? name : "model.layers.%s.%s.%s".formatted(block.group(1), inside, block.group(3));
    }
}
