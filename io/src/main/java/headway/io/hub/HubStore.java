package headway.io.hub;

import headway.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The models in the cache.
public final class HubStore {
    private final Path root;

    /// A model's revision in the cache.
    ///
    /// @param revisions branches and tags that lead to `commit`; empty where none does
    /// @param bytes of its files, those shared with other revisions too
    /// @param changed when its newest file came
    public record Entry(
            String name, String commit, List<String> revisions, Path folder, int files, long bytes, Instant changed) {}

    HubStore(Path root) {
        this.root = root;
    }

    /// Everything in the cache, by name.
    ///
    /// @throws HubException when the cache cannot be read
    public List<Entry> list() {
        var entries = new ArrayList<Entry>();
        try {
            for (Path model : children(root)) {
                String folder = model.getFileName().toString();
                if (folder.startsWith("models--") && Files.isDirectory(model.resolve("snapshots"))) {
                    var references = references(model);
                    for (Path snapshot : children(model.resolve("snapshots"))) {
                        entries.add(entry(folder.substring(8).replace("--", "/"), snapshot, references));
                    }
                }
            }
        } catch (IOException e) {
            throw new HubException("[hub] %s: cannot be read: %s".formatted(root, AtomicFiles.reason(e)), e);
        }
        entries.sort(Comparator.comparing(Entry::name).thenComparing(Entry::commit));
        return entries;
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static TreeMap<String, String> references(Path model) throws IOException {
        var references = new TreeMap<String, String>();
        Path folder = model.resolve("refs");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (Files.size(file) < 200) {
                        references.put(
                                folder.relativize(file).toString().replace('\\', '/'),
                                Files.readString(file).strip());
                    }
                }
            }
        }
        return references;
    }

    private static Entry entry(String name, Path snapshot, TreeMap<String, String> references) throws IOException {
        String commit = snapshot.getFileName().toString();
        long bytes = 0;
        int count = 0;
        Instant changed = Instant.EPOCH;
        for (Path file : files(snapshot)) {
            if (!Files.exists(file)) {
                continue;
            }
            bytes += Files.size(file);
            count++;
            Instant at = Files.getLastModifiedTime(file).toInstant();
            changed = at.isAfter(changed) ? at : changed;
        }
        List<String> names = references.entrySet().stream()
                .filter(e -> e.getValue().equals(commit))
                .map(java.util.Map.Entry::getKey)
                .toList();
        return new Entry(name, commit, names, snapshot, count, bytes, changed);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file)).toList();
        }
    }

    /// Removes `model`: all of it, or with `@revision` that revision and what only it uses. Returns the bytes that came
    /// free.
    ///
    /// @throws HubException when it is not in the cache, or cannot be removed
    public long remove(String model) {
        var name = HubName.of(model);
        Path folder = root.resolve(name.folder());
        if (!Files.isDirectory(folder)) {
            throw new HubException("[hub] %s: is not in the cache %s".formatted(name, root));
        }
        try {
            long before = size(folder);
            if (!model.contains("@")) {
                delete(folder);
                delete(root.resolve(".locks").resolve(name.folder()));
                return before;
            }
            removeRevision(name, folder);
            return before - size(folder);
        } catch (IOException e) {
            throw new HubException("[hub] %s: cannot be removed: %s".formatted(name, AtomicFiles.reason(e)), e);
        }
    }

    private void removeRevision(HubName name, Path folder) throws IOException {
        var references = references(folder);
        String commit = references.getOrDefault(name.revision(), name.revision());
        Path snapshot = folder.resolve("snapshots").resolve(commit);
        if (!commit.matches("[\\w][\\w.-]*") || !Files.isDirectory(snapshot)) {
            throw new HubException("[hub] %s: the cache has the model, but not this revision; it has %s"
                    .formatted(name, references.keySet()));
        }
        delete(snapshot);
        for (var reference : references.entrySet()) {
            if (reference.getValue().equals(commit)) {
                Files.deleteIfExists(folder.resolve("refs").resolve(reference.getKey()));
            }
        }
        Set<Path> used = new HashSet<>();
        for (Path file : files(folder.resolve("snapshots"))) {
            if (Files.exists(file)) {
                used.add(file.toRealPath());
            }
        }
        for (Path blob : children(folder.resolve("blobs"))) {
            if (!used.contains(blob.toRealPath())) {
                Files.delete(blob);
            }
        }
        if (children(folder.resolve("snapshots")).isEmpty()) {
            delete(folder);
        }
    }

    /// Bytes of a folder's own files, links not followed.
    private static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : files(folder)) {
            size += Files.isSymbolicLink(file) ? 0 : Files.size(file);
        }
        return size;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
