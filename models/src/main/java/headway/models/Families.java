package headway.models;

import headway.io.ConfigException;
import headway.io.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All families by the `model_type` of their config.
public final class Families {
    private static final Map<String, Family> ALL = new LinkedHashMap<>();

    static {
        add(Llama.families());
        add(List.of(Gpt1.FAMILY, Gpt2.FAMILY));
        add(List.of(GptNeoX.FAMILY, GptNeo.FAMILY, Opt.FAMILY, Bloom.FAMILY, Mpt.FAMILY, Falcon.FAMILY));
        add(Gemma.families());
        add(List.of(Phi3.FAMILY, Olmo2.FAMILY));
        add(Mixtral.families());
        add(List.of(GptOss.FAMILY));
        add(DeepSeek.families());
        add(List.of(Mamba.FAMILY, Mamba2.FAMILY, Jamba.FAMILY));
        add(List.of(Bert.FAMILY));
        add(Roberta.families());
        add(List.of(
                Electra.FAMILY,
                DistilBert.FAMILY,
                Albert.FAMILY,
                ModernBert.FAMILY,
                DebertaV2.FAMILY,
                Longformer.FAMILY,
                BigBird.FAMILY));
        add(T5.families());
        add(List.of(Switch.FAMILY));
        add(Bart.families());
        add(List.of(M2m100.FAMILY));
        add(List.of(Led.FAMILY));
        add(List.of(Whisper.FAMILY, Recurrent.FAMILY));
        add(Vit.families());
        add(List.of(Swin.FAMILY, VisionEncoderDecoder.FAMILY));
        add(Clip.families());
        add(List.of(Llava.FAMILY));
        add(Qwen2Vl.families());
    }

    private Families() {}

    private static void add(List<Family> families) {
        families.forEach(f -> ALL.put(f.modelType(), f));
    }

    /// Model types that can be loaded.
    public static List<String> modelTypes() {
        return new ArrayList<>(ALL.keySet());
    }

    /// The family of `modelType`, one of [#modelTypes].
    static Family of(String modelType) {
        return ALL.get(modelType);
    }

    /// The family that `config` names.
    ///
    /// @param file name of the config's file, for errors
    public static Family of(JsonNode config, String file) {
        JsonNode type = config.path("model_type");
        Family family = type.isString() ? ALL.get(type.asString()) : null;
        if (family == null) {
            throw new ConfigException("[config] %s: model_type %s is not known here%s; known: %s"
                    .formatted(
                            file,
                            type.isMissingNode() ? "is missing, which" : type,
                            type.isString() ? NearestName.hint(type.asString(), ALL.keySet()) : "",
                            String.join(", ", ALL.keySet())));
        }
        return family;
    }

    /// `config` with what Hugging Face expects in the file of a new model, where it is missing.
    public static ObjectNode completed(ObjectNode config) {
        if (!config.has("architectures")) {
            config.putArray("architectures").add(of(config, "model").heads().getFirst());
        }
        if (!config.has("torch_dtype") && !config.has("dtype")) {
            config.put("dtype", "float32");
        }
        switch (config.path("model_type").asString("")) {
            case "gpt2" -> {
                if (!config.has("attn_pdrop")) {
                    config.put("attn_pdrop", 0.0).put("embd_pdrop", 0.0).put("resid_pdrop", 0.0);
                }
            }
            case "gpt_neo" -> GptNeo.complete(config);
            case "phi3" -> {
                // The family's own default lies beyond a small vocabulary.
                if (!config.has("pad_token_id")) {
                    config.putNull("pad_token_id");
                }
            }
            default -> {}
        }
        return config;
    }
}
