package headway.io.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes the header of a GGUF file apart. Every length and count is compared with the bytes that are left before
/// anything is made of it, so that a hostile file costs no more than its own size.
final class GgufReader {
    /// Deepest nesting of arrays in metadata.
    static final int DEPTH_LIMIT = 16;

    /// Most elements of all arrays in metadata together: a value takes more memory here than in the file, and the
    /// largest vocabularies have some hundred thousand entries.
    static final long ELEMENT_LIMIT = 1 << 24;

    /// Axes of a tensor; the format's own library has four.
    private static final int MOST_AXES = 4;

    private static final long DEFAULT_ALIGNMENT = 32;
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final MemorySegment file;
    private final long size;
    private long at;
    private long elements;
    private String field = "magic";

    /// What a header says.
    record Header(Map<String, Object> metadata, List<GgufTensor> tensors) {}

    private record Info(String name, GgufType type, long[] shape, long bytes, long offset, long place) {}

    GgufReader(Path path, MemorySegment file) {
        this.path = path;
        this.file = file;
        this.size = file.byteSize();
    }

    Header read() {
        int magic = i32();
        if (magic != 0x46554747) {
            throw wrong(0, "bytes are %08x, not 'GGUF' (46554747); this is no GGUF file".formatted(magic));
        }
        int version = i32("version");
        if (version != 2 && version != 3) {
            boolean turned = version != 0 && (version & 0xFFFF) == 0;
            throw wrong(
                    4,
                    turned
                            ? "is %08x: the file is big-endian, which is not read; convert it".formatted(version)
                            : "is %d; known: 2, 3".formatted(version));
        }
        // An info has a name's length, a number of axes, a type and an offset; a pair a key's length, a type, a byte.
        long tensors = count("tensor_count", 8 + 4 + 4 + 8);
        long pairs = count("metadata_kv_count", 8 + 4 + 1);
        var metadata = new LinkedHashMap<String, Object>();
        for (long i = 0; i < pairs; i++) {
            field = "key of metadata pair " + i;
            long start = at;
            String key = string();
            field = "metadata '" + key + "'";
            int type = i32();
            if (metadata.put(key, value(type, 0)) != null) {
                throw wrong(start, "is there twice");
            }
        }
        var infos = new ArrayList<Info>();
        for (long i = 0; i < tensors; i++) {
            infos.add(info(i));
        }
        return new Header(metadata, tensors(infos, alignment(metadata)));
    }

    private long alignment(Map<String, Object> metadata) {
        field = "metadata 'general.alignment'";
        return switch (metadata.get("general.alignment")) {
            case null -> DEFAULT_ALIGNMENT;
            case Long a when a > 0 && Long.bitCount(a) == 1 && a <= Integer.MAX_VALUE -> a;
            case Object other -> throw wrong(at, "is %s; expected a power of two".formatted(other));
        };
    }

    private Info info(long i) {
        field = "name of tensor " + i;
        String name = string();
        long place = at;
        int axes = i32("axes of tensor '%s'".formatted(name));
        if (axes < 0 || axes > MOST_AXES) {
            throw wrong(place, "are %s; expected at most %d".formatted(Integer.toUnsignedString(axes), MOST_AXES));
        }
        long[] shape = new long[axes];
        long count = 1;
        field = "shape of tensor '%s'".formatted(name);
        for (int a = axes - 1; a >= 0; a--) {
            long start = at;
            shape[a] = i64();
            if (shape[a] < 0 || shape[a] > 0 && count > Long.MAX_VALUE / shape[a]) {
                throw wrong(start, "has the axis %s, which overflows".formatted(Long.toUnsignedString(shape[a])));
            }
            count *= shape[a];
        }
        place = at;
        int id = i32("type of tensor '%s'".formatted(name));
        GgufType type = GgufType.of(id);
        if (type == null) {
            throw wrong(place, "is number %d, which is not known here".formatted(id));
        }
        long width = axes == 0 ? 1 : shape[axes - 1];
        if (width % type.blockSize() != 0) {
            throw wrong(
                    place,
                    "is %s with blocks of %d values, rows have %d".formatted(type.name(), type.blockSize(), width));
        }
        long blocks = count / type.blockSize();
        if (blocks > size / type.blockBytes()) {
            throw wrong(
                    place,
                    "is %s, %d values of which take more than the file's %d bytes".formatted(type.name(), count, size));
        }
        place = at;
        long offset = i64("offset of tensor '%s'".formatted(name));
        return new Info(name, type, shape, blocks * type.blockBytes(), offset, place);
    }

    private List<GgufTensor> tensors(List<Info> infos, long alignment) {
        long data = (at + alignment - 1) / alignment * alignment;
        var tensors = new ArrayList<GgufTensor>(infos.size());
        for (Info info : infos) {
            field = "offset of tensor '%s'".formatted(info.name);
            if (info.offset % alignment != 0) {
                throw wrong(
                        info.place,
                        "is %s; expected a multiple of the alignment %d"
                                .formatted(Long.toUnsignedString(info.offset), alignment));
            }
            if (info.offset < 0 || info.offset > size - data || info.bytes > size - data - info.offset) {
                throw wrong(
                        info.place,
                        "is %s and its data takes %d bytes; the file has %d after its header"
                                .formatted(Long.toUnsignedString(info.offset), info.bytes, Math.max(0, size - data)));
            }
            MemorySegment at = file.asSlice(data + info.offset, info.bytes);
            tensors.add(new GgufTensor(info.name, info.type, info.shape, at));
        }
        return tensors;
    }

    /// A metadata value: numbers as `Long` or `Double`, `Boolean`, `String`, arrays as `List`. An unsigned 64-bit
    /// number beyond the range of `long` is refused.
    private Object value(int type, int depth) {
        long start = at;
        return switch (type) {
            case 0 -> (long) (i8() & 0xFF);
            case 1 -> (long) i8();
            case 2 -> (long) (i16() & 0xFFFF);
            case 3 -> (long) i16();
            case 4 -> i32() & 0xFFFF_FFFFL;
            case 5 -> (long) i32();
            case 6 -> (double) Float.intBitsToFloat(i32());
            case 7 -> {
                byte b = i8();
                if (b != 0 && b != 1) {
                    throw wrong(start, "is a truth value of %d; expected 0 or 1".formatted(b));
                }
                yield b == 1;
            }
            case 8 -> string();
            case 9 -> array(depth);
            case 10 -> {
                long value = i64();
                if (value < 0) {
                    throw wrong(start, "is %s, too large a number".formatted(Long.toUnsignedString(value)));
                }
                yield value;
            }
            case 11 -> i64();
            case 12 -> Double.longBitsToDouble(i64());
            default ->
                throw wrong(start - 4, "has the type %s; known: 0 … 12".formatted(Integer.toUnsignedString(type)));
        };
    }

    private List<Object> array(int depth) {
        if (depth >= DEPTH_LIMIT) {
            throw wrong(at, "nests arrays deeper than %d".formatted(DEPTH_LIMIT));
        }
        int type = i32();
        long start = at;
        long length = i64();
        int least = switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 8, 10, 11, 12 -> 8;
            case 9 -> 12;
            default ->
                throw wrong(
                        start - 4,
                        "has elements of the type %s; known: 0 … 12".formatted(Integer.toUnsignedString(type)));
        };
        if (length < 0 || length > (size - at) / least) {
            throw wrong(
                    start,
                    "is an array of %s elements of at least %d bytes; the file has %d bytes left"
                            .formatted(Long.toUnsignedString(length), least, size - at));
        }
        elements += length;
        if (elements > ELEMENT_LIMIT) {
            throw wrong(start, "makes %d elements of arrays; the limit is %d".formatted(elements, ELEMENT_LIMIT));
        }
        return switch (type) {
            case 8 -> strings((int) length);
            // Truth values, large numbers and arrays can be wrong: those are looked at now.
            case 7, 9, 10 -> {
                var values = new ArrayList<Object>();
                for (long i = 0; i < length; i++) {
                    values.add(value(type, depth + 1));
                }
                yield values;
            }
            default -> numbers(type, least, (int) length);
        };
    }

    private List<Object> numbers(int type, int width, int length) {
        long first = at;
        at += (long) length * width;
        return new GgufArray(length, i -> {
            var reader = new GgufReader(path, file);
            reader.at = first + (long) i * width;
            return reader.value(type, 0);
        });
    }

    private List<Object> strings(int length) {
        long[] starts = new long[length];
        for (int i = 0; i < length; i++) {
            starts[i] = at;
            long bytes = stringLength();
            at += bytes;
        }
        String name = field;
        return new GgufArray(length, i -> {
            var reader = new GgufReader(path, file);
            reader.field = name;
            reader.at = starts[i];
            return reader.string();
        });
    }

    private String string() {
        long start = at;
        long length = stringLength();
        byte[] bytes = file.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        at += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(start, "is a string that is not UTF-8");
        }
    }

    /// Length of the string that follows, which the file has.
    private long stringLength() {
        long start = at;
        long length = i64();
        if (length < 0 || length > size - at) {
            throw wrong(
                    start,
                    "is a string of %s bytes; the file has %d left"
                            .formatted(Long.toUnsignedString(length), size - at));
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw wrong(start, "is a string of %d bytes, longer than a text can be".formatted(length));
        }
        return length;
    }

    /// A count of things that take at least `least` bytes each.
    private long count(String name, int least) {
        long start = at;
        long count = i64(name);
        if (count < 0 || count > (size - at) / least) {
            throw wrong(
                    start,
                    "is %s, each of at least %d bytes; the file has %d bytes left"
                            .formatted(Long.toUnsignedString(count), least, size - at));
        }
        return count;
    }

    private byte i8() {
        need(1);
        return file.get(ValueLayout.JAVA_BYTE, at++);
    }

    private short i16() {
        need(2);
        at += 2;
        return file.get(I16, at - 2);
    }

    private int i32() {
        need(4);
        at += 4;
        return file.get(I32, at - 4);
    }

    private int i32(String name) {
        field = name;
        return i32();
    }

    private long i64() {
        need(8);
        at += 8;
        return file.get(I64, at - 8);
    }

    private long i64(String name) {
        field = name;
        return i64();
    }

    private void need(int bytes) {
        if (bytes > size - at) {
            throw wrong(at, "takes %d bytes; the file has %d left".formatted(bytes, size - at));
        }
    }

    private GgufException wrong(long offset, String what) {
        return new GgufException("[gguf] %s: at offset %d, %s %s".formatted(path, offset, shortened(field), what));
    }

    private static String shortened(String name) {
        return name.length() <= 120 ? name : name.substring(0, 120) + "…";
    }
}
