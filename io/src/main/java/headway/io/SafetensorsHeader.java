package headway.io;

import headway.kernels.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The header of a safetensors file, parsed and checked: tensors cover the data exactly, without hole
/// or overlap.
///
/// @param entries tensors in the header's order
/// @param metadata the pairs under `__metadata__`
/// @param dataStart offset in the file of the first tensor's first byte
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataStart) {
    static final String METADATA = "__metadata__";
    static final String ADVICE = "the file is damaged or cut short: download or write it again";

    /// The types of the format that no [DType] holds.
    private static final Set<String> UNSUPPORTED = Set.of(
            "U16", "U32", "U64", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F4", "F6_E2M3", "F6_E3M2", "C64");

    /// Read as a stream of tokens, so that nothing is built that the checks have not passed.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(20)
                    .maxNameLength(65_536)
                    .maxStringLength((int) SafetensorsFile.HEADER_LIMIT)
                    .build())
            .build();

    /// One tensor: bytes `begin … end - 1` of the data.
    record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    /// Parses and checks `json`, the header of `file`, which is followed by `dataBytes` bytes.
    static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
        if (json.length == 0 || json[0] != '{') {
            throw new SafetensorsException(
                    "[safetensors] %s: header at offset 8 starts with %s, expected '{'; this is not a safetensors file"
                            .formatted(file, json.length == 0 ? "nothing" : "byte 0x%02X".formatted(json[0])));
        }
        var entries = new ArrayList<Entry>();
        var metadata = new LinkedHashMap<String, String>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(METADATA)) {
                    readMetadata(file, parser, metadata);
                } else {
                    entries.add(readEntry(file, name, parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new SafetensorsException(
                        "[safetensors] %s: header has text after its JSON object, at offset %d; %s"
                                .formatted(
                                        file, 8 + parser.currentTokenLocation().getByteOffset(), ADVICE));
            }
        } catch (JacksonException e) {
            long offset =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new SafetensorsException(
                    "[safetensors] %s: header is not valid JSON near offset %d: %s; %s"
                            .formatted(file, 8 + offset, e.getOriginalMessage(), ADVICE),
                    e);
        }
        checkCover(file, entries, dataBytes);
        return new SafetensorsHeader(entries, metadata, 8L + json.length);
    }

    private static void readMetadata(Path file, JsonParser parser, Map<String, String> metadata) {
        expect(file, METADATA, "value", parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            expect(file, METADATA, key, parser, JsonToken.VALUE_STRING);
            metadata.put(key, parser.getString());
        }
    }

    private static Entry readEntry(Path file, String name, JsonParser parser) {
        expect(file, name, "value", parser, JsonToken.START_OBJECT);
        DType dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(file, name, field, parser, JsonToken.VALUE_STRING);
                    dtype = dtype(file, name, parser.getString());
                }
                case "shape" -> shape = readSizes(file, name, field, parser);
                case "data_offsets" -> offsets = readSizes(file, name, field, parser);
                default ->
                    throw error(file, name, field, "is unknown; expected dtype, shape and data_offsets; " + ADVICE);
            }
        }
        requireField(file, name, "dtype", dtype);
        requireField(file, name, "shape", shape);
        requireField(file, name, "data_offsets", offsets);
        if (offsets.length != 2) {
            throw error(file, name, "data_offsets", "has %d numbers, expected 2; %s".formatted(offsets.length, ADVICE));
        }
        if (offsets[0] > offsets[1]) {
            throw error(
                    file,
                    name,
                    "data_offsets",
                    "begins at %d and ends before, at %d; %s".formatted(offsets[0], offsets[1], ADVICE));
        }
        checkBytes(file, name, dtype, shape, offsets);
        return new Entry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static void checkBytes(Path file, String name, DType dtype, long[] shape, long[] offsets) {
        long needed;
        try {
            needed = StoredTensor.bytes(dtype, shape);
        } catch (ArithmeticException e) {
            throw error(
                    file,
                    name,
                    "shape",
                    "%s of %s takes more than 2^63 bytes; %s".formatted(Arrays.toString(shape), dtype, ADVICE));
        }
        if (needed != offsets[1] - offsets[0]) {
            throw error(
                    file,
                    name,
                    "data_offsets",
                    "[%d, %d] spans %d bytes, shape %s of %s takes %d; %s"
                            .formatted(
                                    offsets[0],
                                    offsets[1],
                                    offsets[1] - offsets[0],
                                    Arrays.toString(shape),
                                    dtype,
                                    needed,
                                    ADVICE));
        }
    }

    private static DType dtype(Path file, String name, String text) {
        for (var dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        if (UNSUPPORTED.contains(text)) {
            throw error(
                    file,
                    name,
                    "dtype",
                    "is %s, which Headway does not read; convert the tensor to one of %s"
                            .formatted(text, Arrays.toString(DType.values())));
        }
        throw error(
                file,
                name,
                "dtype",
                "is '%s', expected one of %s; %s".formatted(shorten(text), Arrays.toString(DType.values()), ADVICE));
    }

    private static long[] readSizes(Path file, String name, String field, JsonParser parser) {
        expect(file, name, field, parser, JsonToken.START_ARRAY);
        long[] sizes = new long[4];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(file, name, field, parser, JsonToken.VALUE_NUMBER_INT);
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
                throw error(
                        file,
                        name,
                        field,
                        "holds %s, expected 0 to 2^63 - 1; %s".formatted(parser.getString(), ADVICE));
            }
            if (count == sizes.length) {
                sizes = Arrays.copyOf(sizes, count * 2);
            }
            sizes[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(sizes, count);
    }

    /// The tensors, sorted by place, must follow each other from 0 to the end of the file.
    private static void checkCover(Path file, List<Entry> entries, long dataBytes) {
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        String before = null;
        for (var entry : sorted) {
            if (entry.begin() < covered) {
                throw error(
                        file,
                        entry.name(),
                        "data_offsets",
                        "begins at %d, inside tensor '%s', which ends at %d; tensors must not overlap: write the file again"
                                .formatted(entry.begin(), shorten(before), covered));
            }
            if (entry.begin() > covered) {
                throw error(
                        file,
                        entry.name(),
                        "data_offsets",
                        "begins at %d, but the tensors before it end at %d; holes are not allowed: write the file again"
                                .formatted(entry.begin(), covered));
            }
            if (entry.end() > dataBytes) {
                throw error(
                        file,
                        entry.name(),
                        "data_offsets",
                        "ends at %d, the file holds %d bytes of data; %s".formatted(entry.end(), dataBytes, ADVICE));
            }
            covered = entry.end();
            before = entry.name();
        }
        if (covered != dataBytes) {
            throw new SafetensorsException(
                    "[safetensors] %s: tensors end at %d, the file holds %d bytes of data: %d bytes belong to no tensor; %s"
                            .formatted(file, covered, dataBytes, dataBytes - covered, ADVICE));
        }
    }

    private static void requireField(Path file, String name, String field, Object value) {
        if (value == null) {
            throw error(file, name, field, "is missing; " + ADVICE);
        }
    }

    private static void expect(Path file, String name, String field, JsonParser parser, JsonToken expected) {
        if (parser.currentToken() != expected) {
            throw error(
                    file, name, field, "holds %s, expected %s; %s".formatted(parser.currentToken(), expected, ADVICE));
        }
    }

    private static SafetensorsException error(Path file, String name, String field, String text) {
        return new SafetensorsException(
                "[safetensors] %s: tensor '%s', field %s %s".formatted(file, shorten(name), shorten(field), text));
    }

    /// A hostile name may have a hundred megabytes; the error shows its start.
    private static String shorten(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
