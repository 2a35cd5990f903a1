package headway.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// The local Hugging Face cache: where a hub name such as `org/name@revision` lies on this machine.
///
/// Looked for in `HF_HUB_CACHE`, `HF_HOME/hub`, `XDG_CACHE_HOME/huggingface/hub`,
/// `~/.cache/huggingface/hub`, the first that is set. `models--org--name/refs/REVISION` holds the
/// commit, whose files are in `snapshots/COMMIT`. Nothing here uses the network.
public final class HubCache {
    /// One or two parts of letters, digits, `-`, `_` and `.`: no way out of the cache folder.
    private static final Pattern NAME = Pattern.compile("[\\w][\\w.-]*(/[\\w][\\w.-]*)?");

    private static final Pattern REVISION = Pattern.compile("[\\w][\\w.-]*(/[\\w][\\w.-]*)*");

    private final Path root;

    HubCache(Map<String, String> environment, Path home) {
        this.root = root(environment, home);
    }

    private HubCache(Path root) {
        this.root = root;
    }

    /// The cache in folder `root`.
    public static HubCache at(Path root) {
        return new HubCache(root);
    }

    /// The cache that this process' environment names.
    public static HubCache ofEnvironment() {
        return new HubCache(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /// The folder of all cached models.
    public Path root() {
        return root;
    }

    /// Whether `model` is formed like a hub name.
    public static boolean isHubName(String model) {
        int at = model.indexOf('@');
        return !model.contains("..")
                && NAME.matcher(at < 0 ? model : model.substring(0, at)).matches()
                && (at < 0 || REVISION.matcher(model.substring(at + 1)).matches());
    }

    /// The snapshot folder of `model`, `org/name` or `org/name@revision` (branch, tag or commit; `main`
    /// if left out).
    ///
    /// @throws ConfigException when it is not in the cache
    public Path resolve(String model) {
        if (!isHubName(model)) {
            throw new ConfigException(
                    "[model] '%s' is neither a folder nor a hub name; expected org/name or org/name@revision"
                            .formatted(model));
        }
        int at = model.indexOf('@');
        String name = at < 0 ? model : model.substring(0, at);
        String revision = at < 0 ? "main" : model.substring(at + 1);
        Path folder = root.resolve("models--" + name.replace("/", "--"));
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(
                    "[model] '%s' is neither a folder nor in the Hugging Face cache %s; copy the model there or give its folder"
                            .formatted(model, root));
        }
        Path direct = folder.resolve("snapshots").resolve(revision);
        if (!revision.contains("/") && Files.isDirectory(direct)) {
            return direct;
        }
        Path reference = folder.resolve("refs").resolve(revision);
        if (!Files.isRegularFile(reference)) {
            throw new ConfigException("[model] '%s': the cache %s has the model, but not revision %s; cached: %s"
                    .formatted(model, root, revision, cachedRevisions(folder)));
        }
        String commit = new String(Json.readBounded(reference, 1024), java.nio.charset.StandardCharsets.UTF_8).strip();
        Path snapshot = folder.resolve("snapshots").resolve(NAME.matcher(commit).matches() ? commit : "-");
        if (!Files.isDirectory(snapshot)) {
            throw new ConfigException(
                    "[model] '%s': %s names commit '%s', which has no folder in %s; the download was not finished"
                            .formatted(model, reference, commit, snapshot.getParent()));
        }
        return snapshot;
    }

    private static String cachedRevisions(Path folder) {
        try (var files = Files.list(folder.resolve("refs"))) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .toList()
                    .toString();
        } catch (IOException e) {
            return "none";
        }
    }

    /// The folder of all cached models that `environment` names.
    public static Path root(Map<String, String> environment, Path home) {
        String cache = environment.getOrDefault("HF_HUB_CACHE", "");
        return cache.isBlank() ? home(environment, home).resolve("hub") : Path.of(cache);
    }

    /// The folder of all that Hugging Face's libraries keep.
    public static Path home(Map<String, String> environment, Path home) {
        String hub = environment.getOrDefault("HF_HOME", "");
        if (!hub.isBlank()) {
            return Path.of(hub);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg);
        return caches.resolve("huggingface");
    }
}
