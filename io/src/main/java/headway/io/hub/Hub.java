package headway.io.hub;

import headway.io.ConfigException;
import headway.io.HubCache;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The Hugging Face hub and its cache on this machine, laid out and locked as Python's `huggingface_hub` does it:
/// `blobs/HASH`, `snapshots/COMMIT/FILE` as links to them, `refs/REVISION` with the commit.
public final class Hub {
    /// Files that are fetched at the same time.
    private static final int AT_ONCE = 4;

    private static final String CACHE_TAG = """
            Signature: 8a477f597d28d172789f06886806bc55
            # This file marks a cache of files from the Hugging Face hub; backups may leave it out.
            """;

    private static volatile Supplier<HubProgress> watcher = () -> HubProgress.NONE;

    private final HubSettings settings;
    private final int piece;

    /// What [#pull] brought.
    ///
    /// @param folder the snapshot
    /// @param files paths of the files in it that were asked for
    /// @param bytes of all of them
    /// @param fetched bytes that had to be fetched
    public record Pulled(
            String name, String revision, String commit, Path folder, List<String> files, long bytes, long fetched) {}

    /// A hub with these settings.
    public Hub(HubSettings settings) {
        this(settings, ParallelRanges.PIECE);
    }

    Hub(HubSettings settings, int piece) {
        this.settings = settings;
        this.piece = piece;
    }

    /// The hub that this process' environment names.
    public static Hub ofEnvironment() {
        return new Hub(HubSettings.ofEnvironment());
    }

    /// Sets who hears of pulls that happen because a model's name was given where a model was wanted.
    public static void watch(Supplier<HubProgress> progress) {
        watcher = progress;
    }

    /// Who hears of such pulls.
    public static HubProgress watcher() {
        return watcher.get();
    }

    /// The models in the cache.
    public HubStore store() {
        return new HubStore(settings.cache());
    }

    /// The snapshot folder of `model`, `org/name` or `org/name@revision`, from the cache or else pulled into it.
    ///
    /// @throws ConfigException when it is neither here nor may be fetched
    /// @throws HubException when it cannot be fetched
    public Path locate(String model, HubProgress progress) {
        var cache = HubCache.at(settings.cache());
        try {
            Path folder = cache.resolve(model);
            if (Files.exists(folder.resolve("config.json")) || settings.offline() == HubSettings.Access.OFFLINE) {
                return folder;
            }
        } catch (ConfigException e) {
            if (settings.offline() == HubSettings.Access.OFFLINE || !HubCache.isHubName(model)) {
                throw e;
            }
        }
        try {
            return pull(HubName.of(model), HubPatterns.READABLE, progress).folder();
        } catch (HubException e) {
            throw new HubException(
                    "[model] '%s' is no folder here, nor a model in the cache; pulling it: %s"
                            .formatted(model, e.getMessage()),
                    e);
        }
    }

    /// Brings the files of `name` that `patterns` choose into the cache.
    ///
    /// @throws HubException when the hub refuses, cannot be reached, or sends what is wrong
    public Pulled pull(HubName name, HubPatterns patterns, HubProgress progress) {
        if (settings.offline() == HubSettings.Access.OFFLINE) {
            throw new HubException("[hub] %s: HF_HUB_OFFLINE is set, so nothing is fetched".formatted(name));
        }
        try (var client = new HubClient(settings)) {
            var revision = client.revision(name);
            List<String> files = patterns.choose(revision.files());
            if (files.isEmpty()) {
                throw new HubException("[hub] %s: none of its %d files is chosen by %s; see --include"
                        .formatted(name, revision.files().size(), patterns));
            }
            return pull(client, name, revision.commit(), files, progress);
        } catch (FileSystemException e) {
            throw BlobDownload.unwritable(name, e);
        } catch (IOException e) {
            throw new HubException(
                    "[hub] %s: %s cannot be reached: %s; check the network, or set HF_HUB_OFFLINE=1"
                            .formatted(name, settings.endpoint(), BlobDownload.reason(e)),
                    e);
        }
    }

    private Pulled pull(HubClient client, HubName name, String commit, List<String> files, HubProgress progress)
            throws IOException {
        Path folder = settings.cache().resolve(name.folder());
        Path snapshot = folder.resolve("snapshots").resolve(commit);
        Files.createDirectories(snapshot);
        Files.createDirectories(folder.resolve("blobs"));
        if (!Files.exists(settings.cache().resolve("CACHEDIR.TAG"))) {
            Files.writeString(settings.cache().resolve("CACHEDIR.TAG"), CACHE_TAG);
        }
        long[] bytes = new long[files.size()];
        long[] fetched = new long[files.size()];
        var permits = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new java.util.ArrayList<Future<?>>();
            for (int i = 0; i < files.size(); i++) {
                int index = i;
                tasks.add(threads.submit(() -> {
                    permits.acquire();
                    try {
                        fetched[index] = file(client, name, commit, files.get(index), progress);
                        bytes[index] = Files.size(snapshot.resolve(files.get(index)));
                    } finally {
                        permits.release();
                    }
                    return null;
                }));
            }
            await(tasks);
        }
        // Last, so that a snapshot that a name leads to is whole.
        reference(folder, name, commit);
        return new Pulled(
                name.repository(),
                name.revision(),
                commit,
                snapshot,
                files,
                java.util.Arrays.stream(bytes).sum(),
                java.util.Arrays.stream(fetched).sum());
    }

    /// The first failure ends the others; what they have so far is kept.
    private static void await(List<Future<?>> tasks) throws IOException {
        Throwable failure = null;
        for (var task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
                tasks.forEach(other -> other.cancel(true));
            } catch (java.util.concurrent.CancellationException e) {
                continue;
            } catch (InterruptedException e) {
                tasks.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /// Bytes that had to be fetched for `file`.
    private long file(HubClient client, HubName name, String commit, String file, HubProgress progress)
            throws IOException {
        Path folder = settings.cache().resolve(name.folder());
        Path pointer = folder.resolve("snapshots").resolve(commit).resolve(file);
        if (Files.exists(pointer)) {
            return 0;
        }
        var facts = client.facts(name, commit, file);
        Path blob = folder.resolve("blobs").resolve(facts.etag());
        Path locks = settings.cache().resolve(".locks").resolve(name.folder());
        Files.createDirectories(locks);
        Files.createDirectories(pointer.getParent());
        try (var _ = FileLock.take(locks.resolve(facts.etag() + ".lock"), () -> {})) {
            long fetched = 0;
            if (!Files.exists(blob) || facts.size() >= 0 && Files.size(blob) != facts.size()) {
                new BlobDownload(client, name, file, progress, piece).fetch(facts, blob);
                fetched = Files.size(blob);
            }
            if (!Files.exists(pointer)) {
                link(pointer, blob);
            }
            return fetched;
        }
    }

    /// A relative link, so that the cache may move; a copy where the file system has no links.
    private static void link(Path pointer, Path blob) throws IOException {
        try {
            Files.deleteIfExists(pointer);
            Files.createSymbolicLink(pointer, pointer.getParent().relativize(blob));
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(pointer)) {
                return;
            }
            Path copy = pointer.resolveSibling(pointer.getFileName() + ".copy");
            Files.copy(blob, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, pointer, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void reference(Path folder, HubName name, String commit) throws IOException {
        if (name.revision().equals(commit)) {
            return;
        }
        Path file = folder.resolve("refs").resolve(name.revision());
        Files.createDirectories(file.getParent());
        // Several threads of this process may pull the same model.
        Path next = file.resolveSibling("%s.%d-%d.new"
                .formatted(
                        file.getFileName(),
                        ProcessHandle.current().pid(),
                        Thread.currentThread().threadId()));
        Files.writeString(next, commit);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
