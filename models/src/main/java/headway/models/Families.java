package headway.models;

import headway.io.ConfigException;
import headway.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All families by the `model_type` of their config.
public final class Families {
    private Families() {}

    /// Model types that can be loaded.
    public static List<String> modelTypes() {
        var types = new ArrayList<>(Llama.MODEL_TYPES);
        types.add("gpt2");
        return types;
    }

    /// The decoder that `config` describes, with parameters from `w`.
    ///
    /// @param file name of the config's file, for errors
    public static Decoder decoder(JsonNode config, String file, Weights w) {
        String type = modelType(config, file);
        if (type.equals("gpt2")) {
            return Gpt2.load(config, file, w);
        }
        return Llama.load(config, file, w);
    }

    /// `config` with what Hugging Face expects in the file of a new model, where it is missing.
    public static ObjectNode completed(ObjectNode config) {
        boolean gpt2 = config.path("model_type").asString("").equals("gpt2");
        if (!config.has("architectures")) {
            config.putArray("architectures").add(ARCHITECTURES.getOrDefault(modelType(config, "model"), "AutoModel"));
        }
        if (!config.has("torch_dtype") && !config.has("dtype")) {
            config.put("dtype", "float32");
        }
        if (gpt2 && !config.has("attn_pdrop")) {
            config.put("attn_pdrop", 0.0).put("embd_pdrop", 0.0).put("resid_pdrop", 0.0);
        }
        return config;
    }

    private static final Map<String, String> ARCHITECTURES = Map.of(
            "gpt2", "GPT2LMHeadModel",
            "llama", "LlamaForCausalLM",
            "mistral", "MistralForCausalLM",
            "qwen2", "Qwen2ForCausalLM",
            "qwen3", "Qwen3ForCausalLM",
            "smollm3", "SmolLM3ForCausalLM");

    static String modelType(JsonNode config, String file) {
        JsonNode type = config.path("model_type");
        if (!type.isString() || !modelTypes().contains(type.asString())) {
            throw new ConfigException("[config] %s: model_type %s is not known here; known: %s"
                    .formatted(
                            file, type.isMissingNode() ? "is missing, which" : type, String.join(", ", modelTypes())));
        }
        return type.asString();
    }

    /// Whether a stored tensor holds nothing trained, so that not using it is no error.
    static boolean isBuffer(String name) {
        return Llama.isBuffer(name) || Gpt2.isBuffer(name);
    }

    /// Stored names as this library uses them: files of the bare `GPT2Model` lack the prefix `transformer.`, those of
    /// the bare `LlamaModel` the prefix `model.`.
    static String prefixMissing(String modelType, Iterable<String> names) {
        String prefix = modelType.equals("gpt2") ? "transformer." : "model.";
        for (String name : names) {
            if (name.startsWith(prefix)) {
                return "";
            }
        }
        return prefix;
    }
}
