package headway.io;

import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a Parquet file, one after the other, as the JSON objects that a `.jsonl` file would hold.
///
/// A missing value is a null, a list an array, a struct or a map an object; days and times are texts (ISO 8601), bytes
/// a binary node. Memory does not grow with the file. Not compressed, or with snappy, gzip or zstd.
public final class ParquetRows implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<CompressionCodec> CODECS = EnumSet.of(
            CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD);

    /// The library's remarks would stand between the lines of a command; its failures come as exceptions.
    private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final Path path;
    private final ParquetFileReader file;
    private final List<SchemaNode> columns;
    private final Deque<RowGroupPredicate> runs;
    private RowReader rows;
    private long done;

    private ParquetRows(Path path, ParquetFileReader file, List<SchemaNode> columns) {
        this.path = path;
        this.file = file;
        this.columns = columns;
        this.runs = runs(file.getFileMetaData().rowGroups());
    }

    /// All columns of `file`.
    public static ParquetRows open(Path file) {
        return open(file, List.of());
    }

    /// Some columns of `file`; all where `names` is empty.
    ///
    /// @throws ConfigException when the file is missing, no Parquet file, cut off, encrypted, compressed in
    /// another way, or lacks one of `names`
    public static ParquetRows open(Path file, List<String> names) {
        ParquetInput input = ParquetInput.of(file);
        ParquetFileReader opened = null;
        try {
            opened = ParquetFileReader.open(input);
            var rows = new ParquetRows(file, opened, columns(file, opened, names));
            rows.requireCodecs();
            return rows;
        } catch (IOException | RuntimeException e) {
            close(opened);
            close(input);
            throw e instanceof ConfigException said ? said : unreadable(file.toString(), e);
        }
    }

    private static List<SchemaNode> columns(Path path, ParquetFileReader file, List<String> names) {
        List<SchemaNode> all = file.getFileSchema().getRootNode().children();
        List<String> known = all.stream().map(SchemaNode::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ConfigException("[parquet] %s has no column '%s'; it has %s".formatted(path, name, known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(c -> names.contains(c.name())).toList();
    }

    private void requireCodecs() {
        for (RowGroup group : file.getFileMetaData().rowGroups()) {
            for (var column : group.columns()) {
                CompressionCodec codec = column.metaData().codec();
                if (codec != null && !CODECS.contains(codec)) {
                    throw new ConfigException(
                            "[parquet] %s: column '%s' is compressed with %s; write it with snappy, gzip, zstd or none"
                                    .formatted(path, column.metaData().pathInSchema(), codec));
                }
            }
        }
    }

    /// Row groups without rows, which some programs write, are more than the library reads: it reads what lies between
    /// them. A group is told by the middle of its bytes.
    private static Deque<RowGroupPredicate> runs(List<RowGroup> groups) {
        var runs = new ArrayDeque<RowGroupPredicate>();
        if (groups.stream().allMatch(g -> g.numRows() > 0)) {
            runs.add(RowGroupPredicate.byteRange(0, Long.MAX_VALUE));
            return runs;
        }
        for (int from = 0; from < groups.size(); from++) {
            int to = from;
            while (to < groups.size() && groups.get(to).numRows() > 0) {
                to++;
            }
            if (to > from) {
                runs.add(RowGroupPredicate.byteRange(middle(groups.get(from)), middle(groups.get(to - 1)) + 1));
                from = to;
            }
        }
        return runs;
    }

    private static long middle(RowGroup group) {
        long bytes = group.columns().stream()
                .mapToLong(c -> c.metaData().totalCompressedSize())
                .sum();
        return group.columns().getFirst().chunkStartOffset() + bytes / 2;
    }

    /// Number of rows.
    public long count() {
        return file.getFileMetaData().numRows();
    }

    /// Number of rows that were given out.
    public long done() {
        return done;
    }

    /// The next row; null after the last.
    ///
    /// @throws ConfigException when the file is damaged here
    public ObjectNode next() {
        try {
            while (rows == null || !rows.hasNext()) {
                if (runs.isEmpty()) {
                    requireAll();
                    return null;
                }
                close(rows);
                rows = reader(runs.remove());
            }
            rows.next();
            ObjectNode row = object(rows, columns);
            done++;
            return row;
        } catch (RuntimeException e) {
            throw unreadable("%s row %d".formatted(path, done + 1), e);
        }
    }

    private void requireAll() {
        if (done != count()) {
            throw new IllegalStateException("its end says %d rows: the file is damaged".formatted(count()));
        }
    }

    private RowReader reader(RowGroupPredicate run) {
        String[] names = columns.stream().map(SchemaNode::name).toArray(String[]::new);
        return file.buildRowReader()
                .projection(ColumnProjection.columns(names))
                .filter(run)
                .build();
    }

    private static ObjectNode object(StructAccessor values, List<SchemaNode> fields) {
        ObjectNode object = JSON.objectNode();
        for (SchemaNode field : fields) {
            object.set(field.name(), json(values.getValue(field.name()), field));
        }
        return object;
    }

    /// @param type the column's, which says how to read what Java has no type for
    private static JsonNode json(Object value, SchemaNode type) {
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.stringNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Byte number -> JSON.numberNode(number);
            case Short number -> JSON.numberNode(number);
            case Integer number when number < 0 && isUnsigned(type) -> JSON.numberNode(Integer.toUnsignedLong(number));
            case Integer number -> JSON.numberNode(number);
            case Long number
            when number < 0 && isUnsigned(type) -> JSON.numberNode(new BigInteger(Long.toUnsignedString(number)));
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case BigDecimal number -> JSON.numberNode(number);
            case byte[] bytes -> JSON.binaryNode(bytes);
            case LocalTime time -> JSON.stringNode(DateTimeFormatter.ISO_LOCAL_TIME.format(time));
            case LocalDateTime time -> JSON.stringNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
            case PqList list -> array(list, ((SchemaNode.GroupNode) type).getListElement());
            case PqMap map -> entries(map, (SchemaNode.GroupNode) type);
            case PqStruct struct -> object(struct, ((SchemaNode.GroupNode) type).children());
            default -> JSON.stringNode(value.toString());
        };
    }

    private static ArrayNode array(PqList list, SchemaNode element) {
        ArrayNode array = JSON.arrayNode(list.size());
        list.values().forEach(value -> array.add(json(value, element)));
        return array;
    }

    private static ObjectNode entries(PqMap map, SchemaNode.GroupNode type) {
        ObjectNode object = JSON.objectNode();
        for (PqMap.Entry entry : map.getEntries()) {
            object.set(json(entry.getKey(), type.getMapKey()).asString(), json(entry.getValue(), type.getMapValue()));
        }
        return object;
    }

    private static boolean isUnsigned(SchemaNode type) {
        return type instanceof SchemaNode.PrimitiveNode primitive
                && primitive.logicalType() instanceof LogicalType.IntType integer
                && !integer.isSigned();
    }

    /// The library's reason is that of the innermost failure, without the file's name in front.
    private static ConfigException unreadable(String place, Exception failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String reason = inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        return new ConfigException(
                "[parquet] %s cannot be read: %s".formatted(place, reason.replaceFirst("^\\[[^]]*] ", "")), failure);
    }

    @Override
    public void close() {
        close(rows);
        close(file);
    }

    private static void close(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("[parquet] cannot close the file", e);
        }
    }
}
