package headway.io;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a record as the JSON object that [ConfigReader] reads back as an equal record.
public final class ConfigWriter {
    /// How component names are spelt as keys.
    public enum Keys {
        /// `hidden_size`, as in `config.json`.
        SNAKE,
        /// `hiddenSize`, as in run files.
        CAMEL
    }

    private ConfigWriter() {}

    /// `record` as a JSON object, in the components' order; null components and missing nodes are left
    /// out.
    public static ObjectNode write(Record record, Keys keys) {
        var object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            JsonNode value = node(value(record, component), keys);
            if (!value.isMissingNode()) {
                String name = component.getName();
                object.set(keys == Keys.SNAKE ? RecordNames.snake(name) : name, value);
            }
        }
        return object;
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "[config] %s.%s cannot be read; open its package to headway.io"
                            .formatted(record.getClass().getName(), component.getName()),
                    e);
        }
    }

    private static JsonNode node(Object value, Keys keys) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.missingNode();
            case JsonNode tree -> tree;
            case Integer number -> nodes.numberNode(number.intValue());
            case Long number -> nodes.numberNode(number.longValue());
            case Double number -> nodes.numberNode(number.doubleValue());
            // Through text: 1e-5f must come out as 1.0E-5, not as 9.999999747378752E-6.
            case Float number -> nodes.numberNode(Double.parseDouble(number.toString()));
            case Boolean flag -> nodes.booleanNode(flag);
            case String text -> nodes.stringNode(text);
            case Enum<?> constant -> {
                String name = constant.name().toLowerCase(Locale.ROOT);
                yield nodes.stringNode(keys == Keys.SNAKE ? name : name.replace('_', '-'));
            }
            case Record inner -> write(inner, keys);
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(element -> array.add(node(element, keys)));
                yield array;
            }
            default ->
                throw new IllegalArgumentException(
                        "[config] no rule writes a " + value.getClass().getName());
        };
    }
}
