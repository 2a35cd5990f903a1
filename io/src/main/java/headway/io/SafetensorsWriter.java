package headway.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes tensors as a safetensors file, whole or not at all (see [AtomicFiles]).
///
/// Tensors are laid widest element first, otherwise in the order given, and the header is padded with
/// spaces to 8 bytes: so every tensor is aligned to its element. Native memory goes to the file without
/// a copy in between.
public final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /// What Hugging Face writes, and checks when it loads.
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /// One write call; large enough to stream, small enough for the `int` of a [ByteBuffer].
    private static final long CHUNK = 64L << 20;

    private SafetensorsWriter() {}

    /// Writes `tensors` to `file` with the metadata `{"format":"pt"}`.
    ///
    /// @throws SafetensorsException when two tensors share a name
    /// @throws FileWriteException when the disk is full or the folder cannot be written; the old file
    /// stays
    public static void write(Path file, Collection<StoredTensor> tensors) {
        write(file, tensors, METADATA);
    }

    /// Writes `tensors` to `file` with `metadata`; where it has no `format`, `pt` is added.
    public static void write(Path file, Collection<StoredTensor> tensors, Map<String, String> metadata) {
        checkNames(file, tensors);
        var sorted = new ArrayList<>(tensors);
        sorted.sort(
                Comparator.comparingInt((StoredTensor tensor) -> tensor.dtype().bytes())
                        .reversed());
        byte[] header = header(sorted, metadata);
        if (header.length > SafetensorsFile.HEADER_LIMIT) {
            throw new SafetensorsException(
                    "[safetensors] %s: the header would have %d bytes, the format's limit is %d; split the tensors into shards"
                            .formatted(file, header.length, SafetensorsFile.HEADER_LIMIT));
        }
        long needed = 8L + header.length;
        for (var tensor : sorted) {
            needed += tensor.data().byteSize();
        }
        AtomicFiles.writeChannel(file, needed, channel -> {
            var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            drain(channel, length.putLong(0, header.length));
            drain(channel, ByteBuffer.wrap(header));
            for (var tensor : sorted) {
                copy(channel, tensor.data());
            }
        });
    }

    private static void checkNames(Path file, Collection<StoredTensor> tensors) {
        var seen = new HashSet<String>();
        for (var tensor : tensors) {
            if (!seen.add(tensor.name()) || tensor.name().equals(SafetensorsHeader.METADATA)) {
                throw new SafetensorsException("[safetensors] %s: tensor name '%s' %s; rename one"
                        .formatted(
                                file,
                                tensor.name(),
                                tensor.name().equals(SafetensorsHeader.METADATA)
                                        ? "is reserved for metadata"
                                        : "is given twice"));
            }
        }
    }

    private static byte[] header(List<StoredTensor> tensors, Map<String, String> metadata) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
            json.writeStringProperty("format", metadata.getOrDefault("format", "pt"));
            // Sorted: the same tensors give the same bytes.
            for (String key : new java.util.TreeSet<>(metadata.keySet())) {
                if (!key.equals("format")) {
                    json.writeStringProperty(key, metadata.get(key));
                }
            }
            json.writeEndObject();
            long offset = 0;
            for (var tensor : tensors) {
                json.writeObjectPropertyStart(tensor.name());
                json.writeStringProperty("dtype", tensor.dtype().name());
                json.writeName("shape");
                long[] shape = tensor.shape();
                json.writeArray(shape, 0, shape.length);
                long end = offset + tensor.data().byteSize();
                json.writeName("data_offsets");
                json.writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        out.writeBytes(" ".repeat((8 - out.size() % 8) % 8).getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void copy(FileChannel channel, MemorySegment data) throws IOException {
        boolean direct = data.isNative() || data.heapBase().orElse(null) instanceof byte[];
        long chunk = direct ? CHUNK : 1 << 20;
        for (long done = 0; done < data.byteSize(); done += chunk) {
            var part = data.asSlice(done, Math.min(chunk, data.byteSize() - done));
            // A float[] has no view as bytes: it goes through a copy.
            drain(channel, direct ? part.asByteBuffer() : ByteBuffer.wrap(part.toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
