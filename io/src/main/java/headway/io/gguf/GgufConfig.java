package headway.io.gguf;

import headway.kernels.DType;
import headway.kernels.Span;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `config.json` that a GGUF file's metadata amounts to.
///
/// One key is not Hugging Face's: `rope_layout`. Files of the architecture `llama` hold the rows of query and key
/// projections in the order of interleaved rotary pairs, those of the others in Hugging Face's, halves; attention is
/// the same, as queries and keys are ordered alike.
public final class GgufConfig {
    /// Name of the tensor of factors by which frequencies are divided.
    public static final String ROPE_FACTORS = "rope_freqs.weight";

    private record Architecture(String modelType, String name, String ropeLayout) {}

    private static final Map<String, Architecture> KNOWN = Map.of(
            "llama", new Architecture("llama", "LlamaForCausalLM", "interleaved"),
            "qwen2", new Architecture("qwen2", "Qwen2ForCausalLM", "half_split"),
            "qwen3", new Architecture("qwen3", "Qwen3ForCausalLM", "half_split"));

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

    private ObjectNode build(Architecture known) {
        Integer experts = file.integer(prefix + "expert_count");
        if (experts != null && experts > 0) {
            throw new GgufException(
                    "[gguf] %s: metadata '%sexpert_count' is %d; mixtures of experts are not read from GGUF in this version"
                            .formatted(file.path(), prefix, experts));
        }
        config.put("model_type", known.modelType);
        config.putArray("architectures").add(known.name);
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
        Double eps = file.number(prefix + "attention.layer_norm_rms_epsilon");
        if (eps == null) {
            throw missing("attention.layer_norm_rms_epsilon");
        }
        config.put("rms_norm_eps", eps);
        config.put("vocab_size", vocabulary());
        config.put("hidden_act", "silu");
        config.put("tie_word_embeddings", !file.tensors().containsKey("output.weight"));
        config.put(
                "attention_bias",
                !known.modelType.equals("qwen2") && file.tensors().containsKey("blk.0.attn_q.bias"));
        config.put("mlp_bias", file.tensors().containsKey("blk.0.ffn_gate.bias"));
        config.put("rope_layout", known.ropeLayout);
        rope(headDim);
        token("bos_token_id");
        token("eos_token_id");
        return config;
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
        if (tensor.type().plain() != DType.F32) {
            throw new GgufException(
                    "[gguf] %s: tensor '%s' is %s; expected F32".formatted(file.path(), ROPE_FACTORS, tensor));
        }
        rope.put("rope_type", "longrope").put("factor", 1).put("attention_factor", 1);
        rope.put("original_max_position_embeddings", Integer.MAX_VALUE);
        for (String key : List.of("short_factor", "long_factor")) {
            var list = rope.putArray(key);
            var values = new Span(tensor.data(), DType.F32);
            for (long i = 0; i < values.count(); i++) {
                list.add(values.get(i));
            }
        }
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
