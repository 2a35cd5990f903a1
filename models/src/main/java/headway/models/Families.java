package headway.models;

import headway.io.ConfigException;
import headway.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

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
