package headway.io;

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
import tools.jackson.databind.JsonNode;

/// A model folder in Hugging Face layout: configuration and mapped weights.
///
/// Weights come from `model.safetensors`, the shards of `model.safetensors.index.json`, or the only
/// other `*.safetensors` there is. They stay mapped until [#close]; tensors must not be used
/// afterwards.
public final class Checkpoint implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path folder;
    private final JsonNode config;
    private final Optional<JsonNode> generationConfig;
    private final List<SafetensorsFile> files;
    private final SequencedMap<String, StoredTensor> tensors;

    private Checkpoint(Path folder, JsonNode config, Optional<JsonNode> generationConfig, List<SafetensorsFile> files) {
        this.folder = folder;
        this.config = config;
        this.generationConfig = generationConfig;
        this.files = files;
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

    /// Opens `model`: a folder, or a hub name found in the local cache (see [HubCache]).
    public static Checkpoint open(String model) {
        return open(locate(model));
    }

    /// The folder that `model` means: itself where there is such a path, otherwise its snapshot in the
    /// local cache.
    public static Path locate(String model) {
        if (!HubCache.isHubName(model) || Files.exists(Path.of(model))) {
            return Path.of(model);
        }
        return HubCache.ofEnvironment().resolve(model);
    }

    /// Opens the model in `folder`.
    ///
    /// @throws ConfigException when something is missing or contradicts itself
    /// @throws SafetensorsException when a weight file is damaged
    public static Checkpoint open(Path folder) {
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

    /// Where the model lies.
    public Path folder() {
        return folder;
    }

    /// The tree of `config.json`.
    public JsonNode config() {
        return config;
    }

    /// Path of `config.json`, for errors about it.
    public Path configFile() {
        return folder.resolve("config.json");
    }

    /// The tree of `generation_config.json`, where there is one.
    public Optional<JsonNode> generationConfig() {
        return generationConfig;
    }

    /// All tensors by name, in the order of the files.
    public SequencedMap<String, StoredTensor> tensors() {
        return tensors;
    }

    /// Unmaps all weights. A second call does nothing.
    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
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
