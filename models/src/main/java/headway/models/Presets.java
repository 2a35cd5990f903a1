package headway.models;

import headway.io.ConfigException;
import headway.io.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Named sizes of families, as `config.json` texts: what is written here can be pasted from and into such files.
public final class Presets {
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        gpt2("gpt2-124m", 50257, 1024, 768, 12, 12);
        gpt2("gpt-10m", 4096, 256, 384, 6, 6);
        gpt2("nanogpt-cpu", 65, 64, 128, 4, 4);
        TEXTS.put("minilm-l6", """
                {"architectures": ["BertModel"], "model_type": "bert", "vocab_size": 30522,
                 "hidden_size": 384, "intermediate_size": 1536, "num_hidden_layers": 6,
                 "num_attention_heads": 12, "max_position_embeddings": 512, "type_vocab_size": 2,
                 "hidden_act": "gelu", "layer_norm_eps": 1e-12, "initializer_range": 0.02, "pad_token_id": 0}
                """);
        TEXTS.put("bert-base", """
                {"architectures": ["BertForSequenceClassification"], "model_type": "bert", "vocab_size": 30522,
                 "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
                 "num_attention_heads": 12, "max_position_embeddings": 512, "type_vocab_size": 2, "num_labels": 2,
                 "hidden_act": "gelu", "layer_norm_eps": 1e-12, "initializer_range": 0.02, "pad_token_id": 0,
                 "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
                 "problem_type": "single_label_classification"}
                """);
        TEXTS.put("vit-b16", """
                {"architectures": ["ViTForImageClassification"], "model_type": "vit", "image_size": 224,
                 "patch_size": 16, "num_channels": 3, "hidden_size": 768, "intermediate_size": 3072,
                 "num_hidden_layers": 12, "num_attention_heads": 12, "num_labels": 1000, "qkv_bias": true,
                 "hidden_act": "gelu", "layer_norm_eps": 1e-12, "initializer_range": 0.02,
                 "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
                 "problem_type": "single_label_classification"}
                """);
        TEXTS.put("whisper-tiny", """
                {"architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper",
                 "vocab_size": 51865, "num_mel_bins": 80, "d_model": 384, "encoder_layers": 4,
                 "encoder_attention_heads": 6, "decoder_layers": 4, "decoder_attention_heads": 6,
                 "encoder_ffn_dim": 1536, "decoder_ffn_dim": 1536, "max_source_positions": 1500,
                 "max_target_positions": 448, "activation_function": "gelu", "scale_embedding": false,
                 "dropout": 0.0, "attention_dropout": 0.0, "activation_dropout": 0.0, "init_std": 0.02,
                 "pad_token_id": 50257, "bos_token_id": 50257, "eos_token_id": 50257,
                 "decoder_start_token_id": 50258}
                """);
        TEXTS.put("mamba-130m", """
                {"architectures": ["MambaForCausalLM"], "model_type": "mamba", "vocab_size": 50280,
                 "hidden_size": 768, "state_size": 16, "num_hidden_layers": 24, "conv_kernel": 4, "expand": 2,
                 "intermediate_size": 1536, "time_step_rank": 48, "hidden_act": "silu", "layer_norm_epsilon": 1e-5,
                 "use_bias": false, "use_conv_bias": true, "initializer_range": 0.1, "tie_word_embeddings": true}
                """);
        llama("llama-15m", 32000, 288, 768, 6, 6, 6, 256, true);
        llama("llama-100m", 32000, 768, 2048, 12, 12, 4, 2048, true);
        llama("llama-1b", 128256, 2048, 8192, 16, 32, 8, 2048, true);
    }

    private Presets() {}

    private static void gpt2(String name, int vocab, int positions, int width, int layers, int heads) {
        TEXTS.put(name, """
                {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": %d,
                 "n_positions": %d, "n_embd": %d, "n_layer": %d, "n_head": %d,
                 "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "initializer_range": 0.02,
                 "attn_pdrop": 0.0, "embd_pdrop": 0.0, "resid_pdrop": 0.0, "tie_word_embeddings": true}
                """.formatted(vocab, positions, width, layers, heads));
    }

    private static void llama(
            String name, int vocab, int width, int inner, int layers, int heads, int kv, int positions, boolean tied) {
        TEXTS.put(name, """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": %d,
                 "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "num_key_value_heads": %d, "max_position_embeddings": %d,
                 "rms_norm_eps": 1e-5, "hidden_act": "silu", "initializer_range": 0.02,
                 "rope_theta": 10000.0, "tie_word_embeddings": %s}
                """.formatted(vocab, width, inner, layers, heads, kv, positions, tied));
    }

    /// All names.
    public static Set<String> names() {
        return TEXTS.keySet();
    }

    /// The config of the preset `name`, to be changed at will.
    public static ObjectNode config(String name) {
        String text = TEXTS.get(name);
        if (text == null) {
            throw new ConfigException("[model] no preset '%s'; known: %s".formatted(name, String.join(", ", names())));
        }
        return (ObjectNode) Json.parse(text, "preset " + name);
    }
}
