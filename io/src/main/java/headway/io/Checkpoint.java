package headway.io;

import headway.io.gguf.GgufConfig;
import headway.io.gguf.GgufFile;
import headway.io.gguf.GgufTensor;
import headway.io.gguf.GgufTensors;
import headway.io.hub.Hub;
import headway.io.hub.HubProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A model folder in Hugging Face layout, or a GGUF file: configuration and mapped weights.
///
/// Weights of a folder come from `model.safetensors`, the shards of `model.safetensors.index.json`, or the only
/// other `*.safetensors` there is. They stay mapped until [#close]; tensors must not be used
/// afterwards.
public final class Checkpoint implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    /// Names that are files' rather than models'.
    private static final Pattern FILE = Pattern.compile(".*\\.(gguf|json|txt|model|spm|tiktoken|safetensors|yaml)");

    private final Path folder;
    private final JsonNode config;
    private final Optional<JsonNode> generationConfig;
    private final Runnable unmap;
    private final SequencedMap<String, StoredTensor> tensors;
    private final SequencedMap<String, GgufTensor> quantized;

    private Checkpoint(Path folder, JsonNode config, Optional<JsonNode> generationConfig, List<SafetensorsFile> files) {
        this.folder = folder;
        this.config = config;
        this.generationConfig = generationConfig;
        this.unmap = () -> files.forEach(SafetensorsFile::close);
        this.quantized = Collections.emptyNavigableMap();
        var all = new LinkedHashMap<String, StoredTensor>();
        for (var file : files) {
            for (var tensor : file.tensors().values()) {
                if (all.put(tensor.name(), tensor) != null) {
                    throw new ConfigException(
                            "[checkpoint] %s: tensor '%s' is in two shards, the second is %s; remove one"
                                    .formatted(
                                            folder, tensor.name(), file.path().getFileName()));
                }
            }
        }
        this.tensors = Collections.unmodifiableSequencedMap(all);
    }

    /// A GGUF file under Hugging Face's names.
    private Checkpoint(GgufFile file, JsonNode config) {
        this.folder = file.path();
        this.config = config;
        this.generationConfig = Optional.empty();
        this.unmap = file::close;
        var plain = new LinkedHashMap<String, StoredTensor>();
        var blocks = new LinkedHashMap<String, GgufTensor>();
        for (GgufTensor tensor : GgufTensors.of(file, config.path("model_type").asString(""))) {
            String name = tensor.name();
            if (tensor.type().blocks() != null) {
                blocks.put(name, tensor);
            } else {
                plain.put(name, new StoredTensor(name, tensor.type().plain(), tensor.shape(), tensor.data()));
            }
        }
        this.tensors = Collections.unmodifiableSequencedMap(plain);
        this.quantized = Collections.unmodifiableSequencedMap(blocks);
    }

    /// Opens `model`: a folder, a GGUF file, or a hub name found in the local cache or pulled into it (see [Hub]).
    public static Checkpoint open(String model) {
        return open(locate(model));
    }

    /// The folder that `model` means: itself where there is such a path, otherwise its snapshot in the
    /// local cache, into which it is pulled where it is not there yet.
    public static Path locate(String model) {
        return locate(model, Hub.watcher());
    }

    /// The same, with somebody who hears how pulling goes on.
    public static Path locate(String model, HubProgress progress) {
        if (!HubCache.isHubName(model) || FILE.matcher(model).matches() || Files.exists(Path.of(model))) {
            return Path.of(model);
        }
        return Hub.ofEnvironment().locate(model, progress);
    }

    /// Opens the model in `folder`, or the GGUF file of that name.
    ///
    /// @throws ConfigException when something is missing or contradicts itself
    /// @throws SafetensorsException when a weight file is damaged
    /// @throws headway.io.gguf.GgufException when a GGUF file is, or holds what is not known here
    public static Checkpoint open(Path folder) {
        if (GgufFile.isNamed(folder) && !Files.isDirectory(folder)) {
            return openGguf(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("[checkpoint] %s: %s; expected a folder with config.json and *.safetensors"
                    .formatted(folder, Files.exists(folder) ? "is a file" : "no such folder"));
        }
        Path configFile = folder.resolve("config.json");
        if (!Files.exists(configFile)) {
            throw new ConfigException(
                    "[checkpoint] %s: no config.json; it is part of every Hugging Face model: copy it from there"
                            .formatted(folder));
        }
        JsonNode config = readObject(configFile);
        Path generationFile = folder.resolve("generation_config.json");
        Optional<JsonNode> generation =
                Files.exists(generationFile) ? Optional.of(readObject(generationFile)) : Optional.empty();
        var opened = new ArrayList<SafetensorsFile>();
        try {
            openWeights(folder, opened);
            return new Checkpoint(folder, config, generation, List.copyOf(opened));
        } catch (RuntimeException | Error e) {
            opened.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private static Checkpoint openGguf(Path path) {
        GgufFile file = GgufFile.open(path);
        try {
            return new Checkpoint(file, GgufConfig.of(file));
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// Where the model lies: its folder, or its GGUF file.
    public Path folder() {
        return folder;
    }

    /// The tree of `config.json`.
    public JsonNode config() {
        return config;
    }

    /// Path of `config.json`, or of the GGUF file, for errors about it.
    public Path configFile() {
        return isGguf() ? folder : folder.resolve("config.json");
    }

    /// The tree of `generation_config.json`, where there is one.
    public Optional<JsonNode> generationConfig() {
        return generationConfig;
    }

    /// All tensors of plain elements by name, in the order of the files.
    public SequencedMap<String, StoredTensor> tensors() {
        return tensors;
    }

    /// All tensors in blocks by name, in the order of the file; only GGUF files have them.
    public SequencedMap<String, GgufTensor> quantized() {
        return quantized;
    }

    /// Whether this is a GGUF file.
    public boolean isGguf() {
        return GgufFile.isNamed(folder) && !Files.isDirectory(folder);
    }

    /// Unmaps all weights. A second call does nothing.
    @Override
    public void close() {
        unmap.run();
    }

    private static JsonNode readObject(Path file) {
        JsonNode tree = Json.read(file);
        if (!tree.isObject()) {
            throw new ConfigException("[checkpoint] %s: holds no JSON object".formatted(file));
        }
        return tree;
    }

    private static void openWeights(Path folder, List<SafetensorsFile> opened) {
        if (Files.exists(folder.resolve(SINGLE))) {
            opened.add(SafetensorsFile.open(folder.resolve(SINGLE)));
        } else if (Files.exists(folder.resolve(INDEX))) {
            openShards(folder, opened);
        } else {
            opened.add(SafetensorsFile.open(onlyOther(folder)));
        }
    }

    private static void openShards(Path folder, List<SafetensorsFile> opened) {
        Path index = folder.resolve(INDEX);
        JsonNode map = readObject(index).path("weight_map");
        if (!map.isObject()) {
            throw new ConfigException("[checkpoint] %s: key weight_map is missing or no object; download the file again"
                    .formatted(index));
        }
        var shards = new LinkedHashMap<String, SafetensorsFile>();
        for (var property : map.properties()) {
            String tensor = property.getKey();
            String shard = property.getValue().isString() ? property.getValue().stringValue() : "";
            // A name with a path in it could lead out of the folder.
            if (!shard.endsWith(".safetensors") || shard.contains("/") || shard.contains("\\")) {
                throw new ConfigException("[checkpoint] %s: tensor '%s' is said to be in %s, which is no file name"
                        .formatted(index, tensor, property.getValue()));
            }
            if (!shards.containsKey(shard)) {
                if (!Files.exists(folder.resolve(shard))) {
                    throw new ConfigException(
                            "[checkpoint] %s: names shard %s, which is not in the folder; download it into %s"
                                    .formatted(index, shard, folder));
                }
                var file = SafetensorsFile.open(folder.resolve(shard));
                opened.add(file);
                shards.put(shard, file);
            }
            if (!shards.get(shard).names().contains(tensor)) {
                throw new ConfigException(
                        "[checkpoint] %s: tensor '%s' is said to be in %s, which does not hold it; download both again"
                                .formatted(index, tensor, shard));
            }
        }
    }

    private static Path onlyOther(Path folder) {
        var names = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new ConfigException("[checkpoint] %s: cannot be listed: %s".formatted(folder, e.getMessage()), e);
        }
        var candidates =
                names.stream().filter(name -> name.endsWith(".safetensors")).toList();
        if (candidates.size() == 1) {
            return folder.resolve(candidates.getFirst());
        }
        if (candidates.size() > 1) {
            throw new ConfigException("[checkpoint] %s: neither %s nor %s, but %s; rename the one that is meant to %s"
                    .formatted(folder, SINGLE, INDEX, candidates, SINGLE));
        }
        if (names.stream().anyMatch(name -> name.startsWith("pytorch_model") && name.contains(".bin"))) {
            throw new ConfigException(
                    "[checkpoint] %s: weights are only there as pytorch_model.bin, a pickle, which may run any code and is not read; "
                                    .formatted(folder)
                            + "convert it in Python: AutoModel.from_pretrained(DIR).save_pretrained(DIR, safe_serialization=True)");
        }
        throw new ConfigException(
                "[checkpoint] %s: no weights; expected %s, or %s with its shards".formatted(folder, SINGLE, INDEX));
    }
}
