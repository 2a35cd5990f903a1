package headway.models;

import headway.io.AtomicFiles;
import headway.io.Checkpoint;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.nn.Layers;
import headway.nn.NewWeights;
import headway.nn.Parameter;
import headway.nn.Weights;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// A model with its weights: from a checkpoint, or newly initialised. Owns their memory.
///
/// @param config `config.json`, as it was read
/// @param checkpoint the mapped files; null for a new model
public record Pretrained(Decoder decoder, JsonNode config, Checkpoint checkpoint, Arena arena)
        implements AutoCloseable {
    /// Loads a folder in Hugging Face layout, or a hub name from the local cache.
    public static Pretrained load(String model, Loading loading) {
        Checkpoint checkpoint = Checkpoint.open(model);
        Arena arena = Arena.ofShared();
        try {
            JsonNode config = checkpoint.config();
            String file = checkpoint.configFile().toString();
            String type = Families.modelType(config, file);
            var weights = new CheckpointWeights(
                    checkpoint.folder().toString(), named(type, checkpoint.tensors()), loading, arena);
            Decoder decoder = Families.decoder(config, file, Weights.of(weights));
            boolean tied = !Layers.parameters(decoder).containsKey("lm_head.weight");
            weights.finish(name -> Families.isBuffer(name) || tied && name.equals("lm_head.weight"));
            return new Pretrained(decoder, config, checkpoint, arena);
        } catch (RuntimeException e) {
            arena.close();
            checkpoint.close();
            throw e;
        }
    }

    /// A new model of the shape that `config` describes, to be trained.
    ///
    /// @param file where the config came from, for errors
    public static Pretrained create(JsonNode config, String file, long seed) {
        Arena arena = Arena.ofShared();
        try {
            Decoder decoder = Families.decoder(config, file, Weights.of(new NewWeights(arena, DType.F32, seed)));
            return new Pretrained(decoder, config, null, arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// The same model over copies of the parameters, matrices rounded to `dtype`, vectors as they are.
    public Pretrained rounded(DType dtype) {
        Arena copies = Arena.ofShared();
        Decoder rounded =
                Families.decoder(config, "config.json", Weights.of(new RoundedWeights(parameters(), dtype, copies)));
        return new Pretrained(rounded, config, null, copies);
    }

    /// All parameters by checkpoint name.
    public Map<String, Parameter> parameters() {
        return Layers.parameters(decoder);
    }

    /// Number of trained values.
    public long parameterCount() {
        return Layers.count(decoder);
    }

    /// Writes `config.json` and `model.safetensors` into `folder`, each whole or not at all.
    public void save(Path folder) {
        List<StoredTensor> tensors = parameters().values().stream()
                .map(p -> new StoredTensor(
                        p.path(),
                        p.tensor().dtype(),
                        p.tensor().shape().sizes(),
                        p.tensor().memory().segment()))
                .toList();
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
        AtomicFiles.writeString(folder.resolve("config.json"), config.toPrettyString() + "\n");
    }

    /// Files of the bare stack lack the prefix that the model with its head gives.
    private static Map<String, StoredTensor> named(String type, SequencedMap<String, StoredTensor> stored) {
        String prefix = Families.prefixMissing(type, stored.keySet());
        if (prefix.isEmpty()) {
            return stored;
        }
        var named = new LinkedHashMap<String, StoredTensor>();
        stored.forEach((name, t) -> named.put(name.startsWith("lm_head.") ? name : prefix + name, t));
        return named;
    }

    @Override
    public void close() {
        arena.close();
        if (checkpoint != null) {
            checkpoint.close();
        }
    }
}
