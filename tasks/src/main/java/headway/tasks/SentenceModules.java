package headway.tasks;

import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a folder of sentence-transformers does after its encoder: `modules.json` and the files that it
/// names.
///
/// @param maxLength tokens to which a text is cut; 0 where no file says
/// @param prompts texts to put before a text, by their names
/// @param defaultPrompt the one that is taken unless another is named; null for none
/// @param steps what becomes of the pooled vector
record SentenceModules(
        Pooling pooling,
        List<Step> steps,
        int maxLength,
        boolean lowerCase,
        Map<String, String> prompts,
        String defaultPrompt) {
    /// What a module does to a vector.
    sealed interface Step {
        float[] apply(float[] x);

        /// `x / |x|`.
        record Normalize() implements Step {
            @Override
            public float[] apply(float[] x) {
                double sum = 0;
                for (float v : x) {
                    sum += (double) v * v;
                }
                // A vector of zeros has no direction; the reference divides by at least this.
                double norm = Math.max(Math.sqrt(sum), 1e-12);
                float[] y = new float[x.length];
                for (int i = 0; i < y.length; i++) {
                    y[i] = (float) (x[i] / norm);
                }
                return y;
            }
        }

        /// `f(W·x + b)`.
        ///
        /// @param weight `(out, in)`
        /// @param bias null for none
        record Dense(float[] weight, float[] bias, Activation activation, int out) implements Step {
            @Override
            public float[] apply(float[] x) {
                float[] y = new float[out];
                for (int o = 0; o < out; o++) {
                    double sum = bias == null ? 0 : bias[o];
                    for (int i = 0; i < x.length; i++) {
                        sum += (double) weight[o * x.length + i] * x[i];
                    }
                    y[o] = (float) (activation == Activation.TANH ? Math.tanh(sum) : sum);
                }
                return y;
            }
        }
    }

    /// What `folder` says; mean pooling and nothing else where it is a bare encoder.
    static SentenceModules of(Path folder) {
        Path file = folder.resolve("modules.json");
        if (!Files.isRegularFile(file)) {
            return new SentenceModules(Pooling.MEAN, List.of(), 0, false, Map.of(), null);
        }
        Pooling pooling = Pooling.MEAN;
        var steps = new ArrayList<Step>();
        JsonNode sentences = optional(folder.resolve("sentence_bert_config.json"));
        for (JsonNode module : Json.read(file)) {
            String type = module.path("type").asString("");
            String name = type.substring(type.lastIndexOf('.') + 1);
            Path at = inside(folder, module.path("path").asString(""), file);
            switch (name) {
                case "Transformer" -> {
                    if (sentences.isEmpty()) {
                        sentences = optional(at.resolve("sentence_bert_config.json"));
                    }
                }
                case "Pooling" -> pooling = Pooling.of(Json.read(at.resolve("config.json")), at.toString());
                case "Normalize" -> steps.add(new Step.Normalize());
                case "Dense" -> steps.add(dense(at));
                default ->
                    throw new TaskException(
                            "[embed] %s names module %s, which is not known here; known: Transformer, Pooling, Normalize, Dense"
                                    .formatted(file, type));
            }
        }
        JsonNode more = optional(folder.resolve("config_sentence_transformers.json"));
        var prompts = new LinkedHashMap<String, String>();
        more.path("prompts")
                .properties()
                .forEach(p -> prompts.put(p.getKey(), p.getValue().asString("")));
        String standard = more.path("default_prompt_name").asString(null);
        return new SentenceModules(
                pooling,
                List.copyOf(steps),
                sentences.path("max_seq_length").asInt(0),
                sentences.path("do_lower_case").asBoolean(false),
                prompts,
                standard);
    }

    private static JsonNode optional(Path file) {
        return Files.isRegularFile(file)
                ? Json.read(file)
                : tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    /// A folder that a file names must lie in the model's own.
    private static Path inside(Path folder, String path, Path file) {
        Path at = folder.resolve(path).normalize();
        if (!at.startsWith(folder.normalize())) {
            throw new TaskException("[embed] %s: path '%s' leads out of the folder".formatted(file, path));
        }
        return at;
    }

    private static Step dense(Path at) {
        JsonNode config = Json.read(at.resolve("config.json"));
        String function = config.path("activation_function").asString("");
        Activation activation = function.endsWith("Tanh")
                ? Activation.TANH
                : function.endsWith("Identity") ? Activation.IDENTITY : null;
        if (activation == null) {
            throw new TaskException("[embed] %s: activation_function '%s' is not known here; known: Tanh, Identity"
                    .formatted(at, function));
        }
        try (var stored = SafetensorsFile.open(at.resolve("model.safetensors"))) {
            StoredTensor weight = stored.tensors().get("linear.weight");
            StoredTensor bias = stored.tensors().get("linear.bias");
            if (weight == null || weight.shape().length != 2) {
                throw new TaskException("[embed] %s holds no matrix linear.weight".formatted(at));
            }
            return new Step.Dense(
                    floats(weight), bias == null ? null : floats(bias), activation, Math.toIntExact(weight.shape()[0]));
        }
    }

    private static float[] floats(StoredTensor tensor) {
        Span from = new Span(tensor.data(), tensor.dtype());
        int n = 1;
        for (long size : tensor.shape()) {
            n = Math.toIntExact(n * size);
        }
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) from.get(i);
        }
        return values;
    }
}
