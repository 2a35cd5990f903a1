package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    Path folder;

    @Test
    void singleFile() throws IOException {
        config();
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":2}");
        weights("model.safetensors", "b", "a");
        weights("other.safetensors", "c");
        Checkpoint closed;
        try (var checkpoint = Checkpoint.open(folder)) {
            closed = checkpoint;
            assertThat(checkpoint.tensors().keySet()).containsExactly("b", "a");
            assertThat(checkpoint.config().path("model_type").stringValue()).isEqualTo("gpt2");
            assertThat(checkpoint.configFile()).isEqualTo(folder.resolve("config.json"));
            assertThat(checkpoint
                            .generationConfig()
                            .orElseThrow()
                            .path("eos_token_id")
                            .intValue())
                    .isEqualTo(2);
        }
        var data = closed.tensors().get("a").data();
        assertThatThrownBy(() -> data.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theOnlyOtherFile() throws IOException {
        config();
        weights("adapter_model.safetensors", "a");
        try (var checkpoint = Checkpoint.open(folder.toString())) {
            assertThat(checkpoint.tensors().keySet()).containsExactly("a");
            assertThat(checkpoint.generationConfig()).isEmpty();
        }
        weights("second.safetensors", "b");
        refused("neither model.safetensors nor model.safetensors.index.json, but "
                + "[adapter_model.safetensors, second.safetensors]; rename the one that is meant to model.safetensors");
    }

    @Test
    void shards() throws IOException {
        config();
        weights("m-1.safetensors", "a", "b");
        weights("m-2.safetensors", "c");
        index("{\"a\":\"m-1.safetensors\",\"b\":\"m-1.safetensors\",\"c\":\"m-2.safetensors\"}");
        try (var checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.tensors().keySet()).containsExactly("a", "b", "c");
        }
        index("{\"a\":\"m-1.safetensors\",\"d\":\"m-2.safetensors\"}");
        refused("tensor 'd' is said to be in m-2.safetensors, which does not hold it; download both again");
        index("{\"a\":\"m-1.safetensors\",\"d\":\"m-3.safetensors\"}");
        refused("names shard m-3.safetensors, which is not in the folder; download it into " + folder);
        index("{\"a\":\"../m-1.safetensors\"}");
        refused("tensor 'a' is said to be in \"../m-1.safetensors\", which is no file name");
        index("{\"a\":7}");
        refused("tensor 'a' is said to be in 7, which is no file name");
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
        refused("key weight_map is missing or no object; download the file again");
        weights("m-2.safetensors", "c", "a");
        index("{\"a\":\"m-1.safetensors\",\"c\":\"m-2.safetensors\"}");
        refused("tensor 'a' is in two shards, the second is m-2.safetensors; remove one");
    }

    @Test
    void whatIsMissing() throws IOException {
        refused("no config.json; it is part of every Hugging Face model: copy it from there");
        Files.writeString(folder.resolve("config.json"), "[]");
        refused("holds no JSON object");
        config();
        refused("no weights; expected model.safetensors, or model.safetensors.index.json with its shards");
        Files.write(folder.resolve("pytorch_model.bin"), new byte[10]);
        refused(
                "weights are only there as pytorch_model.bin, a pickle, which may run any code and is not read; convert it");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none")))
                .hasMessage("[checkpoint] %s: no such folder; expected a folder with config.json and *.safetensors"
                        .formatted(folder.resolve("none")));
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("config.json")))
                .hasMessageContaining("is a file; expected a folder");
    }

    @Test
    void hubNames() throws IOException {
        Path hub = folder.resolve("hub");
        Path model = hub.resolve("models--org--tiny");
        Path snapshot = Files.createDirectories(model.resolve("snapshots/abc123"));
        Files.createDirectories(model.resolve("refs/pr"));
        Files.writeString(model.resolve("refs/main"), "abc123\n");
        Files.writeString(model.resolve("refs/pr/1"), "abc123");
        Files.writeString(model.resolve("refs/broken"), "def456");
        Files.writeString(model.resolve("refs/hostile"), "../../../..");
        for (var environment : java.util.List.of(
                Map.of("HF_HUB_CACHE", hub.toString(), "HF_HOME", "/none"), Map.of("HF_HOME", folder.toString()))) {
            var cache = new HubCache(environment, Path.of("/none"));
            assertThat(cache.resolve("org/tiny")).isEqualTo(snapshot);
            assertThat(cache.resolve("org/tiny@main")).isEqualTo(snapshot);
            assertThat(cache.resolve("org/tiny@abc123")).isEqualTo(snapshot);
            assertThat(cache.resolve("org/tiny@pr/1")).isEqualTo(snapshot);
        }
        var cache = new HubCache(Map.of("HF_HOME", folder.toString()), Path.of("/none"));
        assertThatThrownBy(() -> cache.resolve("org/other"))
                .hasMessage(
                        "[model] 'org/other' is neither a folder nor in the Hugging Face cache %s; copy the model there or give its folder",
                        hub);
        assertThatThrownBy(() -> cache.resolve("org/tiny@v2"))
                .hasMessageContaining("the cache %s has the model, but not revision v2; cached: [".formatted(hub))
                .hasMessageContaining("main");
        assertThatThrownBy(() -> cache.resolve("org/tiny@broken"))
                .hasMessageContaining("names commit 'def456', which has no folder in");
        assertThatThrownBy(() -> cache.resolve("org/tiny@hostile")).hasMessageContaining("which has no folder in");
        for (String bad : new String[] {"../x", "a/b/c", "org/tiny@../x", "/abs", "", "org/..", ".hidden"}) {
            assertThatThrownBy(() -> cache.resolve(bad))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is neither a folder nor a hub name; expected org/name");
        }
        assertThat(new HubCache(Map.of("XDG_CACHE_HOME", "/x"), Path.of("/home/u")).root())
                .isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(new HubCache(Map.of(), Path.of("/home/u")).root())
                .isEqualTo(Path.of("/home/u/.cache/huggingface/hub"));
    }

    private void refused(String text) {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("[checkpoint] " + folder)
                .hasMessageContaining(text);
    }

    private void config() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    }

    private void index(String map) throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"metadata\":{},\"weight_map\":%s}".formatted(map));
    }

    private void weights(String file, String... names) {
        SafetensorsWriter.write(
                folder.resolve(file),
                Arrays.stream(names)
                        .map(name ->
                                new StoredTensor(name, DType.I8, new long[] {1}, MemorySegment.ofArray(new byte[1])))
                        .toList());
    }
}
