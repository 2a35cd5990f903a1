package headway.models;

import headway.io.AtomicFiles;
import headway.io.Checkpoint;
import headway.io.ConfigException;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.quantized.BlockType;
import headway.nn.Layers;
import headway.nn.NewWeights;
import headway.nn.Parameter;
import headway.nn.Weights;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model with its weights: from a checkpoint, or newly initialised. Owns their memory.
///
/// @param head the architecture that was loaded, as `config.json` names them
/// @param config `config.json`, as it was read
/// @param checkpoint the mapped files; null for a new model
public record Pretrained(Model model, String head, JsonNode config, Checkpoint checkpoint, Arena arena)
        implements AutoCloseable {
    /// Loads a folder in Hugging Face layout, a GGUF file, or a hub name from the local cache.
    public static Pretrained load(String model, Loading loading) {
        return load(model, null, loading);
    }

    /// The same with the head `wanted`, where not null, in place of the one that the config names.
    public static Pretrained load(String model, String wanted, Loading loading) {
        Checkpoint checkpoint = Checkpoint.open(model);
        Arena arena = Arena.ofShared();
        try {
            if (loading.training() && checkpoint.isGguf()) {
                throw new ConfigException(
                        "[model] %s: a GGUF file is read to run, not to train: it has no gradients; give the checkpoint in Hugging Face layout that it was made from"
                                .formatted(checkpoint.folder()));
            }
            JsonNode config = ConfigAliases.resolved(checkpoint.config());
            String file = checkpoint.configFile().toString();
            Family family = Families.of(config, file);
            String head = family.head(config, file, wanted);
            var weights = new CheckpointWeights(
                    checkpoint.folder().toString(),
                    family.named(checkpoint, config, head),
                    checkpoint.quantized(),
                    loading,
                    ScaledBlocks.blockSize(config),
                    arena);
            Model loaded = family.loader().load(config, file, head, Weights.of(weights));
            weights.finish(name -> family.ignorable(name, weights.used()));
            return new Pretrained(loaded, head, config, checkpoint, arena);
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
        return create(config, file, arena -> new NewWeights(arena, DType.F32, seed));
    }

    /// A model of the shape that `config` describes, all of whose matrices are cut from the same random numbers: to
    /// measure files of its size.
    public static Pretrained repeated(JsonNode config, String file, DType dtype) {
        return create(config, file, arena -> new RepeatedWeights(arena, dtype));
    }

    private static Pretrained create(JsonNode given, String file, Function<Arena, Weights.Source> source) {
        JsonNode config = ConfigAliases.resolved(given);
        Arena arena = Arena.ofShared();
        try {
            Family family = Families.of(config, file);
            String head = family.head(config, file, null);
            Model made = family.loader().load(config, file, head, Weights.of(source.apply(arena)));
            return new Pretrained(made, head, config, null, arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// The weights of the checkpoint `model` under another config, to be trained: what `config` adds to the stack, a
    /// new
    /// head, begins as in a new model; a head that the file has and the config does not is left out.
    ///
    /// @throws headway.nn.WeightException where the stack itself does not fit
    public static Pretrained adapted(String model, JsonNode given, long seed) {
        JsonNode config = ConfigAliases.resolved(given);
        Arena arena = Arena.ofShared();
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            String file = checkpoint.configFile().toString();
            Family family = Families.of(config, file);
            String head = family.head(config, file, null);
            var stored = new CheckpointWeights(
                    checkpoint.folder().toString(),
                    family.named(checkpoint, config, head),
                    checkpoint.quantized(),
                    Loading.TRAIN,
                    ScaledBlocks.blockSize(checkpoint.config()),
                    arena);
            var source = new AdaptedWeights(stored, new NewWeights(arena, DType.F32, seed), family);
            Model made = family.loader().load(config, file, head, Weights.of(source));
            stored.finish(name -> family.ignorable(name, stored.used()) || family.isOfHead(name));
            return new Pretrained(made, head, config, null, arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// The same model over copies of the parameters, matrices rounded to `dtype`, vectors as they are.
    public Pretrained rounded(DType dtype) {
        Arena copies = Arena.ofShared();
        Model rounded = Families.of(config, "config.json")
                .loader()
                .load(config, "config.json", head, Weights.of(new RoundedWeights(parameters(), dtype, copies)));
        return new Pretrained(rounded, head, config, null, copies);
    }

    /// The same model over copies of its f32 parameters, matrices quantized to `type`.
    public Pretrained quantized(BlockType type) {
        Arena copies = Arena.ofShared();
        Model quantized = Families.of(config, "config.json")
                .loader()
                .load(config, "config.json", head, Weights.of(new QuantizedWeights(parameters(), type, copies)));
        return new Pretrained(quantized, head, config, null, copies);
    }

    /// Bytes of all parameters, in whatever form they are kept.
    public long parameterBytes() {
        long dense = parameters().values().stream()
                .mapToLong(p -> p.tensor().count() * p.tensor().dtype().bytes())
                .sum();
        return dense
                + Layers.quantized(model).values().stream()
                        .mapToLong(q -> q.matrix().bytes())
                        .sum();
    }

    /// The model as one that continues a text.
    ///
    /// @throws ConfigException where its head does not; the text says what it does
    public Decoder decoder() {
        if (model instanceof Decoder decoder) {
            return decoder;
        }
        throw new ConfigException("[model] %s does not continue a text token by token, which needs a %s; %s"
                .formatted(
                        head,
                        "…ForCausalLM or …LMHeadModel",
                        model instanceof EncoderDecoder
                                ? "it writes a text about an input: headway generate, headway trace"
                                : "its values: headway trace"));
    }

    /// The model as one that writes a text about an input.
    ///
    /// @throws ConfigException where its head does not
    public EncoderDecoder encoderDecoder() {
        if (model instanceof EncoderDecoder both && both.hasHead()) {
            return both;
        }
        throw new ConfigException("[model] %s does not write a text about an input, which needs a %s"
                .formatted(head, "…ForConditionalGeneration"));
    }

    /// All parameters by checkpoint name.
    public Map<String, Parameter> parameters() {
        return Layers.parameters(model);
    }

    /// Number of trained values.
    public long parameterCount() {
        return Layers.count(model);
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
        // What was quantized has been widened.
        ObjectNode written = ((ObjectNode) config).deepCopy().without("quantization_config");
        AtomicFiles.writeString(folder.resolve("config.json"), written.toPrettyString() + "\n");
    }

    @Override
    public void close() {
        arena.close();
        if (checkpoint != null) {
            checkpoint.close();
        }
    }
}
