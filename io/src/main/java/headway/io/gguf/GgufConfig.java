package headway.io.gguf;

import headway.kernels.DType;
import headway.kernels.Span;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `config.json` that a GGUF file's metadata amounts to.
///
/// Some keys are not Hugging Face's: `norm_offset` and `conv1d_layout`, which say how weights lie, and `rope_layout`.
/// Files of the architecture `llama` hold the rows of query and key
/// projections in the order of interleaved rotary pairs, those of the others in Hugging Face's, halves; attention is
/// the same, as queries and keys are ordered alike.
public final class GgufConfig {
    /// Name of the tensor of factors by which frequencies are divided.
    public static final String ROPE_FACTORS = "rope_freqs.weight";

    private static final String SHORT = "rope_factors_short.weight";
    private static final String LONG = "rope_factors_long.weight";

    /// Tensors that are taken up into the config.
    static final Set<String> TAKEN = Set.of(ROPE_FACTORS, SHORT, LONG);

    private record Architecture(String modelType, String name, String ropeLayout) {}

    private static final Map<String, Architecture> KNOWN = Map.of(
            "llama", new Architecture("llama", "LlamaForCausalLM", "interleaved"),
            "qwen2", new Architecture("qwen2", "Qwen2ForCausalLM", "half_split"),
            "qwen3", new Architecture("qwen3", "Qwen3ForCausalLM", "half_split"),
            "gemma", new Architecture("gemma", "GemmaForCausalLM", "half_split"),
            "gemma2", new Architecture("gemma2", "Gemma2ForCausalLM", "half_split"),
            "gemma3", new Architecture("gemma3_text", "Gemma3ForCausalLM", "half_split"),
            "phi3", new Architecture("phi3", "Phi3ForCausalLM", "half_split"),
            "gpt2", new Architecture("gpt2", "GPT2LMHeadModel", null),
            "bert", new Architecture("bert", "BertModel", null),
            "mamba", new Architecture("mamba", "MambaForCausalLM", null));

    private static final Architecture MIXTRAL = new Architecture("mixtral", "MixtralForCausalLM", "interleaved");

    private final GgufFile file;
    private final String prefix;
    private final ObjectNode config = JsonNodeFactory.instance.objectNode();

    private GgufConfig(GgufFile file, String architecture) {
        this.file = file;
        this.prefix = architecture + ".";
    }

    /// The config of `file`.
    ///
    /// @throws GgufException where its architecture is not known here or a needed key is missing
    public static ObjectNode of(GgufFile file) {
        String architecture = file.text("general.architecture");
        Architecture known = architecture == null ? null : KNOWN.get(architecture);
        if (known == null) {
            throw new GgufException("[gguf] %s: metadata 'general.architecture' is %s; known here: %s"
                    .formatted(
                            file.path(),
                            architecture == null ? "missing" : "'" + architecture + "'",
                            new java.util.TreeSet<>(KNOWN.keySet())));
        }
        return new GgufConfig(file, architecture).build(known);
    }

    private ObjectNode build(Architecture architecture) {
        Integer experts = file.integer(prefix + "expert_count");
        boolean mixture = experts != null && experts > 0;
        if (mixture && !architecture.modelType.equals("llama")) {
            throw new GgufException(
                    "[gguf] %s: metadata '%sexpert_count' is %d; of mixtures of experts those of the architecture llama are read in this version"
                            .formatted(file.path(), prefix, experts));
        }
        Architecture known = mixture ? MIXTRAL : architecture;
        config.put("model_type", known.modelType);
        config.putArray("architectures").add(known.name);
        switch (known.modelType) {
            case "gpt2" -> gpt2();
            case "bert" -> bert();
            case "mamba" -> mamba();
            default -> decoder(known);
        }
        config.put("vocab_size", vocabulary());
        if (mixture) {
            config.put("num_local_experts", experts);
            config.put("num_experts_per_tok", needed("expert_used_count"));
            config.putNull("sliding_window");
        }
        if (!known.modelType.equals("bert")) {
            config.put("tie_word_embeddings", !file.tensors().containsKey("output.weight"));
        }
        token("bos_token_id");
        token("eos_token_id");
        return config;
    }

    /// What all decoders with rotary positions have.
    private void decoder(Architecture known) {
        int hidden = needed("embedding_length");
        int heads = needed("attention.head_count");
        config.put("hidden_size", hidden);
        config.put("num_hidden_layers", needed("block_count"));
        config.put("num_attention_heads", heads);
        config.put("intermediate_size", needed("feed_forward_length"));
        config.put("max_position_embeddings", needed("context_length"));
        Integer kv = file.integer(prefix + "attention.head_count_kv");
        config.put("num_key_value_heads", kv == null ? heads : kv);
        Integer keyLength = file.integer(prefix + "attention.key_length");
        int headDim = keyLength != null ? keyLength : heads < 1 ? 0 : hidden / heads;
        config.put("head_dim", headDim);
        config.put("rms_norm_eps", number("attention.layer_norm_rms_epsilon"));
        config.put("hidden_act", "silu");
        config.put(
                "attention_bias",
                !known.modelType.equals("qwen2") && file.tensors().containsKey("blk.0.attn_q.bias"));
        config.put("mlp_bias", file.tensors().containsKey("blk.0.ffn_gate.bias"));
        config.put("rope_layout", known.ropeLayout);
        rope(headDim);
        if (known.modelType.startsWith("gemma")) {
            gemma(known.modelType, hidden / Math.max(1, heads), headDim);
        } else if (known.modelType.equals("phi3")) {
            phi3();
        }
    }

    /// The format has added 1 to the weights of norms already.
    private void gemma(String modelType, int share, int headDim) {
        config.put("norm_offset", 0);
        config.put("hidden_act", "gelu_pytorch_tanh").put("hidden_activation", "gelu_pytorch_tanh");
        if (modelType.equals("gemma")) {
            return;
        }
        // The largest of each generation scales by the share of a head in the width; the format does not say so.
        boolean largest = config.path("num_hidden_layers").asInt() == (modelType.equals("gemma2") ? 46 : 62);
        config.put("query_pre_attn_scalar", largest ? share : headDim);
        window();
        if (modelType.equals("gemma2")) {
            optional("attn_logit_softcapping", "attn_logit_softcapping");
            optional("final_logit_softcapping", "final_logit_softcapping");
            return;
        }
        ObjectNode all = (ObjectNode) config.remove("rope_parameters");
        ObjectNode byType = config.putObject("rope_parameters");
        byType.set("full_attention", all);
        byType.putObject("sliding_attention").put("rope_type", "default").put("rope_theta", 10_000.0);
    }

    private void phi3() {
        config.putNull("pad_token_id");
        window();
        GgufTensor near = file.tensors().get(SHORT);
        GgufTensor far = file.tensors().get(LONG);
        if (near != null && far != null) {
            ObjectNode rope = (ObjectNode) config.get("rope_parameters");
            rope.put("rope_type", "longrope");
            rope.put("original_max_position_embeddings", needed("rope.scaling.original_context_length"));
            optional(rope, "attention_factor", "rope.scaling.attn_factor");
            list(rope, "short_factor", near);
            list(rope, "long_factor", far);
        }
    }

    private void window() {
        Integer window = file.integer(prefix + "attention.sliding_window");
        if (window == null || window == 0) {
            config.putNull("sliding_window");
        } else {
            config.put("sliding_window", window);
        }
    }

    private void gpt2() {
        config.put("n_embd", needed("embedding_length"));
        config.put("n_layer", needed("block_count"));
        config.put("n_head", needed("attention.head_count"));
        config.put("n_positions", needed("context_length"));
        config.put("n_inner", needed("feed_forward_length"));
        config.put("layer_norm_epsilon", number("attention.layer_norm_epsilon"));
        // Projections lie as in all other families here.
        config.put("conv1d_layout", "out_in");
    }

    private void bert() {
        config.put("hidden_size", needed("embedding_length"));
        config.put("num_hidden_layers", needed("block_count"));
        config.put("num_attention_heads", needed("attention.head_count"));
        config.put("max_position_embeddings", needed("context_length"));
        config.put("intermediate_size", needed("feed_forward_length"));
        config.put("layer_norm_eps", number("attention.layer_norm_epsilon"));
        GgufTensor types = file.tensors().get("token_types.weight");
        config.put("type_vocab_size", types == null ? 2 : types.shape()[0]);
    }

    private void mamba() {
        int hidden = needed("embedding_length");
        config.put("hidden_size", hidden);
        config.put("num_hidden_layers", needed("block_count"));
        config.put("state_size", needed("ssm.state_size"));
        config.put("conv_kernel", needed("ssm.conv_kernel"));
        config.put("expand", (double) needed("ssm.inner_size") / hidden);
        config.put("time_step_rank", needed("ssm.time_step_rank"));
        config.put("layer_norm_epsilon", number("attention.layer_norm_rms_epsilon"));
        config.put("use_bias", file.tensors().containsKey("blk.0.ssm_in.bias"));
        config.put("use_conv_bias", file.tensors().containsKey("blk.0.ssm_conv1d.bias"));
    }

    private int vocabulary() {
        GgufTensor table = file.tensors().get("token_embd.weight");
        if (table == null || table.shape().length != 2 || table.shape()[0] > Integer.MAX_VALUE) {
            throw new GgufException("[gguf] %s: tensor 'token_embd.weight' is %s; expected a matrix of tokens"
                    .formatted(file.path(), table == null ? "missing" : table));
        }
        return (int) table.shape()[0];
    }

    private void rope(int headDim) {
        ObjectNode rope = config.putObject("rope_parameters");
        Double base = file.number(prefix + "rope.freq_base");
        rope.put("rope_theta", base == null ? 10_000 : base);
        Integer turned = file.integer(prefix + "rope.dimension_count");
        if (turned != null && headDim > 0 && turned != headDim) {
            rope.put("partial_rotary_factor", (double) turned / headDim);
        }
        GgufTensor factors = file.tensors().get(ROPE_FACTORS);
        String type = file.text(prefix + "rope.scaling.type");
        Double factor = file.number(prefix + "rope.scaling.factor");
        if (factor == null) {
            factor = file.number(prefix + "rope.scale_linear");
            type = factor == null || type != null ? type : "linear";
        }
        if (factors != null) {
            factors(rope, factors);
        } else if (type == null || type.equals("none") || factor == null) {
            rope.put("rope_type", "default");
        } else if (type.equals("linear") || type.equals("yarn")) {
            rope.put("rope_type", type).put("factor", factor);
            Integer original = file.integer(prefix + "rope.scaling.original_context_length");
            if (original != null) {
                rope.put("original_max_position_embeddings", original);
            }
        } else {
            throw new GgufException("[gguf] %s: metadata '%srope.scaling.type' is '%s'; known here: none, linear, yarn"
                    .formatted(file.path(), prefix, type));
        }
    }

    /// Llama 3's blended frequencies, which files of its kind hold worked out: each is divided by a factor, at any
    /// length of text.
    private void factors(ObjectNode rope, GgufTensor tensor) {
        rope.put("rope_type", "longrope").put("factor", 1).put("attention_factor", 1);
        rope.put("original_max_position_embeddings", Integer.MAX_VALUE);
        list(rope, "short_factor", tensor);
        list(rope, "long_factor", tensor);
    }

    private void list(ObjectNode rope, String key, GgufTensor tensor) {
        if (tensor.type().plain() != DType.F32) {
            throw new GgufException(
                    "[gguf] %s: tensor '%s' is %s; expected F32".formatted(file.path(), tensor.name(), tensor));
        }
        var list = rope.putArray(key);
        var values = new Span(tensor.data(), DType.F32);
        for (long i = 0; i < values.count(); i++) {
            list.add(values.get(i));
        }
    }

    private void optional(String key, String metadata) {
        optional(config, key, metadata);
    }

    /// Null where the file says nothing: then there is none, whatever a family's own number is.
    private void optional(ObjectNode to, String key, String metadata) {
        Double value = file.number(prefix + metadata);
        if (value == null) {
            to.putNull(key);
        } else {
            to.put(key, value);
        }
    }

    private double number(String key) {
        Double value = file.number(prefix + key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }

    private void token(String key) {
        Integer id = file.integer("tokenizer.ggml." + key);
        if (id != null) {
            config.put(key, id);
        }
    }

    private int needed(String key) {
        Integer value = file.integer(prefix + key);
        if (value == null) {
            throw missing(key);
        }
        return value;
    }

    private GgufException missing(String key) {
        return new GgufException("[gguf] %s: metadata '%s%s' is missing".formatted(file.path(), prefix, key));
    }
}
