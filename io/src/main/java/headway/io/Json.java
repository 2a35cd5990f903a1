package headway.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON files as trees, bounded in bytes and depth, duplicate keys refused.
///
/// Trees are built here from the token stream: an `ObjectMapper` costs a tenth of a second in a fresh
/// JVM, which would be felt before the first generated token.
public final class Json {
    /// Largest JSON file that is read as a tree; configurations have kilobytes.
    static final long FILE_LIMIT = 64L << 20;

    /// Deepest nesting of objects and arrays.
    static final int DEPTH_LIMIT = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Python writes a bound that is not there as Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /// The JSON document in `file`.
    ///
    /// @throws ConfigException when the file is missing, too large or not JSON
    public static JsonNode read(Path file) {
        byte[] bytes = readBounded(file, FILE_LIMIT);
        return parse(bytes, file.toString());
    }

    /// The JSON document `text`; `source` names it in errors.
    public static JsonNode parse(String text, String source) {
        return parse(text.getBytes(StandardCharsets.UTF_8), source);
    }

    private static JsonNode parse(byte[] bytes, String source) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            JsonNode tree = tree(parser, source);
            if (parser.nextToken() != null) {
                throw new ConfigException("[json] %s: text after the document, at line %d"
                        .formatted(source, parser.currentTokenLocation().getLineNr()));
            }
            return tree;
        } catch (JacksonException e) {
            throw malformed("json", source, e);
        }
    }

    static ConfigException malformed(String format, String source, JacksonException e) {
        var place = e.getLocation();
        return new ConfigException(
                "[%s] %s: not valid %s at line %d, column %d: %s"
                        .formatted(
                                format,
                                source,
                                format.toUpperCase(java.util.Locale.ROOT),
                                place == null ? 0 : place.getLineNr(),
                                place == null ? 0 : place.getColumnNr(),
                                e.getOriginalMessage().lines().findFirst().orElse("")),
                e);
    }

    /// All bytes of `file`, refused beyond `limit`.
    ///
    /// @throws ConfigException when the file is missing, unreadable or longer
    public static byte[] readBounded(Path file, long limit) {
        try {
            long size = Files.size(file);
            if (size > limit) {
                throw new ConfigException("[json] %s: file has %d bytes, the limit is %d".formatted(file, size, limit));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException("[json] %s: no such file; check the path".formatted(file), e);
        } catch (IOException e) {
            String what = Files.isDirectory(file)
                    ? "is a folder; expected a file"
                    : "cannot be read: " + AtomicFiles.reason(e);
            throw new ConfigException("[json] %s: %s".formatted(file, what), e);
        }
    }

    /// The next value of `parser` as a tree; an empty document is a missing node.
    static JsonNode tree(JsonParser parser, String source) {
        var token = parser.nextToken();
        return token == null ? JsonNodeFactory.instance.missingNode() : value(parser, source, 0);
    }

    /// The value at which `parser` stands, as a tree; for readers that take the rest of a large file apart themselves.
    public static JsonNode subtree(JsonParser parser, String source) {
        return value(parser, source, 0);
    }

    private static JsonNode value(JsonParser parser, String source, int depth) {
        if (depth > DEPTH_LIMIT) {
            throw new ConfigException("[json] %s: nested deeper than %d, at line %d"
                    .formatted(
                            source, DEPTH_LIMIT, parser.currentTokenLocation().getLineNr()));
        }
        var nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = nodes.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser, source, depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, source, depth + 1));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.stringNode(parser.getString());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> nodes.numberNode(parser.getIntValue());
                    case LONG -> nodes.numberNode(parser.getLongValue());
                    default -> nodes.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default ->
                throw new ConfigException("[json] %s: unexpected %s at line %d"
                        .formatted(
                                source,
                                parser.currentToken(),
                                parser.currentTokenLocation().getLineNr()));
        };
    }

    /// `text` between quotation marks, escaped; also a quoted scalar of YAML.
    public static String quoted(String text) {
        return tools.jackson.databind.node.StringNode.valueOf(text).toString();
    }
}
