package headway.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Reads and writes run files: one YAML mapping each, as a tree.
///
/// Anchors and aliases are refused: a run file needs none, and they let a small file grow without
/// bound.
public final class Yaml {
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private Yaml() {}

    /// The mapping in `file`.
    ///
    /// @throws ConfigException when the file is missing, not YAML, or no mapping
    public static ObjectNode read(Path file) {
        byte[] bytes = Json.readBounded(file, Json.FILE_LIMIT);
        return parse(new String(bytes, StandardCharsets.UTF_8), file.toString());
    }

    /// The mapping `text`; `source` names it in errors.
    public static ObjectNode parse(String text, String source) {
        if (value(text, source) instanceof ObjectNode mapping) {
            return mapping;
        }
        throw new ConfigException("[yaml] %s: holds no mapping; expected lines like 'steps: 100'".formatted(source));
    }

    /// `base` with each of `assignments` (`a.b=value`, the value read as YAML) set, in order.
    ///
    /// Mappings on the way are made where they are missing.
    ///
    /// @throws ConfigException when an assignment has no `=`, or leads through something that is no
    /// mapping
    public static ObjectNode with(ObjectNode base, List<String> assignments) {
        ObjectNode result = base.deepCopy();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String path = equals < 0 ? "" : assignment.substring(0, equals).strip();
            String[] keys = path.split("\\.", -1);
            for (String key : keys) {
                if (key.isBlank()) {
                    throw new ConfigException("[set] '%s': expected KEY=VALUE, such as optimizer.learningRate=3e-4"
                            .formatted(assignment));
                }
            }
            ObjectNode at = result;
            for (int i = 0; i < keys.length - 1; i++) {
                JsonNode next = at.get(keys[i]);
                if (next == null || next.isNull()) {
                    at = at.putObject(keys[i]);
                } else if (next instanceof ObjectNode mapping) {
                    at = mapping;
                } else {
                    throw new ConfigException("[set] '%s': %s is %s, not a mapping that could hold %s"
                            .formatted(
                                    assignment, String.join(".", List.of(keys).subList(0, i + 1)), next, keys[i + 1]));
                }
            }
            JsonNode value = value(assignment.substring(equals + 1), "--set " + assignment);
            at.set(keys[keys.length - 1], value.isMissingNode() ? at.nullNode() : value);
        }
        return result;
    }

    /// `tree` as YAML text.
    public static String write(JsonNode tree) {
        var out = new java.io.StringWriter();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(tree, generator);
        }
        return out.toString();
    }

    private static void write(JsonNode tree, tools.jackson.core.JsonGenerator out) {
        switch (tree) {
            case ObjectNode object -> {
                out.writeStartObject();
                object.properties().forEach(property -> {
                    out.writeName(property.getKey());
                    write(property.getValue(), out);
                });
                out.writeEndObject();
            }
            case tools.jackson.databind.node.ArrayNode array -> {
                out.writeStartArray();
                array.values().forEach(element -> write(element, out));
                out.writeEndArray();
            }
            default -> {
                if (tree.isString()) {
                    out.writeString(tree.stringValue());
                } else if (tree.isBoolean()) {
                    out.writeBoolean(tree.booleanValue());
                } else if (tree.isIntegralNumber()) {
                    out.writeNumber(tree.bigIntegerValue());
                } else if (tree.isNumber()) {
                    out.writeNumber(tree.doubleValue());
                } else {
                    out.writeNull();
                }
            }
        }
    }

    private static JsonNode value(String text, String source) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonNode tree = Json.tree(new NoAliases(parser, source), source);
            if (parser.nextToken() != null) {
                throw new ConfigException("[yaml] %s: holds more than one document".formatted(source));
            }
            return tree;
        } catch (JacksonException e) {
            throw Json.malformed("yaml", source, e);
        }
    }

    /// Passes tokens on, but refuses aliases, which the parser would give out as plain strings.
    private static final class NoAliases extends tools.jackson.core.util.JsonParserDelegate {
        private final String source;

        NoAliases(tools.jackson.core.JsonParser parser, String source) {
            super(parser);
            this.source = source;
        }

        @Override
        public tools.jackson.core.JsonToken nextToken() {
            var token = super.nextToken();
            if (delegate instanceof tools.jackson.dataformat.yaml.YAMLParser yaml && yaml.isCurrentAlias()) {
                throw new ConfigException("[yaml] %s: line %d uses an alias (*name); write the value out"
                        .formatted(source, currentTokenLocation().getLineNr()));
            }
            return token;
        }
    }
}
