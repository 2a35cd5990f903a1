package headway.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A safetensors file, mapped into memory: opening reads the header only, tensors come from the page
/// cache.
///
/// Layout: 8 bytes header length `n` (little-endian), `n` bytes of JSON, then the tensors' bytes
/// without holes, [described here](https://huggingface.co/docs/safetensors). Everything is checked
/// before anything is used, so a hostile file costs no more memory than its own header and never leads
/// outside itself.
///
/// The mapping lives until [#close]; tensors taken from the file must not be used afterwards. Use by
/// several threads is fine.
public final class SafetensorsFile implements AutoCloseable {
    /// Longest header that is accepted, as in the format's own library.
    static final long HEADER_LIMIT = 100_000_000;

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena;
    private final SequencedMap<String, StoredTensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path path, Arena arena, MemorySegment file, SafetensorsHeader header) {
        this.path = path;
        this.arena = arena;
        this.metadata = Collections.unmodifiableMap(header.metadata());
        var named = new LinkedHashMap<String, StoredTensor>();
        for (var entry : header.entries()) {
            var data = file.asSlice(header.dataStart() + entry.begin(), entry.end() - entry.begin());
            named.put(entry.name(), new StoredTensor(entry.name(), entry.dtype(), entry.shape(), data));
        }
        this.tensors = Collections.unmodifiableSequencedMap(named);
    }

    /// Maps `path` and checks its header.
    ///
    /// @throws SafetensorsException when the file is missing, unreadable, damaged or hostile
    public static SafetensorsFile open(Path path) {
        Arena arena = Arena.ofShared();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new SafetensorsException(
                        "[safetensors] %s: file has %d bytes, the header length at offset 0 alone takes 8; %s"
                                .formatted(path, size, SafetensorsHeader.ADVICE));
            }
            var file = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            long headerBytes = file.get(LENGTH, 0);
            checkHeaderLength(path, headerBytes, size);
            byte[] json = file.asSlice(Long.BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE);
            var header = SafetensorsHeader.parse(path, json, size - Long.BYTES - headerBytes);
            return new SafetensorsFile(path, arena, file, header);
        } catch (NoSuchFileException e) {
            arena.close();
            throw new SafetensorsException("[safetensors] %s: no such file; check the path".formatted(path), e);
        } catch (IOException e) {
            arena.close();
            throw new SafetensorsException(
                    "[safetensors] %s: cannot be read%s: %s; it must be a file that you may read"
                            .formatted(path, Files.isDirectory(path) ? ", it is a folder" : "", AtomicFiles.reason(e)),
                    e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static void checkHeaderLength(Path path, long headerBytes, long size) {
        if (headerBytes < 0 || headerBytes > HEADER_LIMIT) {
            throw new SafetensorsException(
                    "[safetensors] %s: header length at offset 0 is %s bytes, the limit is %d; this is not a"
                                    .formatted(path, Long.toUnsignedString(headerBytes), HEADER_LIMIT)
                            + " safetensors file, or it is damaged");
        }
        if (headerBytes > size - Long.BYTES) {
            throw new SafetensorsException(
                    "[safetensors] %s: header length at offset 0 is %d bytes, the file has %d after it; %s"
                            .formatted(path, headerBytes, size - Long.BYTES, SafetensorsHeader.ADVICE));
        }
    }

    /// Where the file lies.
    public Path path() {
        return path;
    }

    /// Names of all tensors, in the header's order.
    public SequencedSet<String> names() {
        return tensors.sequencedKeySet();
    }

    /// All tensors by name, in the header's order.
    public SequencedMap<String, StoredTensor> tensors() {
        return tensors;
    }

    /// The tensor called `name`.
    ///
    /// @throws SafetensorsException when there is none
    public StoredTensor tensor(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new SafetensorsException("[safetensors] %s: no tensor '%s'%s"
                    .formatted(path, name, NearestName.hint(name, tensors.keySet())));
        }
        return tensor;
    }

    /// The free text pairs under `__metadata__`; empty where the file has none.
    public Map<String, String> metadata() {
        return metadata;
    }

    /// Unmaps the file. A second call does nothing.
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
