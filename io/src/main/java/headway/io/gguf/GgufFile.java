package headway.io.gguf;

import headway.io.AtomicFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A GGUF file of version 2 or 3, or the parts of one that was split, mapped into memory: opening reads headers only.
///
/// Layout: `GGUF`, version, counts, metadata pairs, infos of tensors, then their data, each at a multiple of
/// `general.alignment`; [described here](https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Everything is
/// checked before it is used. The mapping lives until [#close].
public final class GgufFile implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

    private final Path path;
    private final Arena arena;
    private final Map<String, Object> metadata;
    private final SequencedMap<String, GgufTensor> tensors;

    private GgufFile(Path path, Arena arena, Map<String, Object> metadata, SequencedMap<String, GgufTensor> tensors) {
        this.path = path;
        this.arena = arena;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    /// Whether `path` is named like a GGUF file.
    public static boolean isNamed(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".gguf");
    }

    /// Maps `path`; of a split file, whose first part it must be, all parts.
    ///
    /// @throws GgufException when a file is missing, unreadable, damaged or hostile
    public static GgufFile open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            var first = map(path, arena);
            var tensors = new LinkedHashMap<String, GgufTensor>();
            add(tensors, first, path);
            Matcher part = PART.matcher(path.getFileName().toString());
            long parts = first.metadata().get("split.count") instanceof Long n ? n : 1;
            if (parts > 1) {
                if (!part.matches() || !part.group(2).equals("00001") || Long.parseLong(part.group(3)) != parts) {
                    throw new GgufException(
                            "[gguf] %s: one of %d parts (split.count); give the first, named …-00001-of-%05d.gguf"
                                    .formatted(path, parts, parts));
                }
                for (long i = 2; i <= parts; i++) {
                    Path next = path.resolveSibling("%s-%05d-of-%05d.gguf".formatted(part.group(1), i, parts));
                    add(tensors, map(next, arena), next);
                }
            }
            return new GgufFile(
                    path,
                    arena,
                    Collections.unmodifiableMap(first.metadata()),
                    Collections.unmodifiableSequencedMap(tensors));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static GgufReader.Header map(Path path, Arena arena) {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new GgufReader(path, file).read();
        } catch (NoSuchFileException e) {
            throw new GgufException("[gguf] %s: no such file; check the path".formatted(path), e);
        } catch (IOException e) {
            throw new GgufException(
                    "[gguf] %s: cannot be read%s: %s; it must be a file that you may read"
                            .formatted(path, Files.isDirectory(path) ? ", it is a folder" : "", AtomicFiles.reason(e)),
                    e);
        }
    }

    private static void add(Map<String, GgufTensor> tensors, GgufReader.Header header, Path path) {
        for (GgufTensor tensor : header.tensors()) {
            if (tensors.put(tensor.name(), tensor) != null) {
                throw new GgufException("[gguf] %s: tensor '%s' is there twice".formatted(path, tensor.name()));
            }
        }
    }

    /// Where the file, or its first part, lies.
    public Path path() {
        return path;
    }

    /// Metadata by key: `Long`, `Double`, `Boolean`, `String`, or a `List` of these.
    public Map<String, Object> metadata() {
        return metadata;
    }

    /// All tensors by their names in the file.
    public SequencedMap<String, GgufTensor> tensors() {
        return tensors;
    }

    /// The whole number under `key`, or null where there is none.
    ///
    /// @throws GgufException where it is something else, or beyond the range of `int`
    Integer integer(String key) {
        return switch (metadata.get(key)) {
            case null -> null;
            case Long n when n == n.intValue() -> n.intValue();
            case Object other -> throw wrong(key, other, "a whole number");
        };
    }

    /// The number under `key`, or null where there is none.
    Double number(String key) {
        return switch (metadata.get(key)) {
            case null -> null;
            case Double d -> d;
            case Long n -> n.doubleValue();
            case Object other -> throw wrong(key, other, "a number");
        };
    }

    /// The text under `key`, or null where there is none.
    String text(String key) {
        return switch (metadata.get(key)) {
            case null -> null;
            case String s -> s;
            case Object other -> throw wrong(key, other, "a text");
        };
    }

    /// The list under `key`, or null where there is none.
    List<?> list(String key) {
        return switch (metadata.get(key)) {
            case null -> null;
            case List<?> list -> list;
            case Object other -> throw wrong(key, other, "an array");
        };
    }

    private GgufException wrong(String key, Object value, String expected) {
        String shown = String.valueOf(value);
        return new GgufException("[gguf] %s: metadata '%s' is %s; expected %s"
                .formatted(path, key, shown.length() > 80 ? shown.substring(0, 80) + "…" : shown, expected));
    }

    /// Unmaps the file. A second call does nothing.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
