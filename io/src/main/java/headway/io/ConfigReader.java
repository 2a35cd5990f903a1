package headway.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads a JSON object into a record whose components have the keys' names in camelCase: `hidden_size`
/// is read into `hiddenSize`. Keys that no component asks for are ignored; [UnknownKeys] reports them
/// where that is wanted.
///
/// Components may be `int`, `long`, `double`, `float`, `boolean`, their boxed forms (null where the key
/// is missing or null), `String`, enums (any case, `-` and `_` alike), records, lists of all these, and
/// [JsonNode] as it is (a missing node where the key is missing). A component without key takes its
/// default. Ranges are the business of the record's compact constructor: its [IllegalArgumentException]
/// comes out with the file's name.
///
/// A record that is not public in an exported package must be in a package opened to `headway.io`.
public final class ConfigReader {
    private final String file;

    private ConfigReader(String file) {
        this.file = file;
    }

    /// Reads `json` as a `type`; every component needs a key, boxed ones and trees excepted.
    public static <T extends Record> T read(JsonNode json, Class<T> type, String file) {
        return read(json, type, file, Map.of());
    }

    /// Reads `json` as a `type`; a missing key takes its value from `defaults`, by component name
    /// (`hiddenSize`; `rope.theta` inside a nested record).
    ///
    /// @throws ConfigException when a key is missing, has the wrong type, or the record refuses its
    /// values
    public static <T extends Record> T read(JsonNode json, Class<T> type, String file, Map<String, ?> defaults) {
        return type.cast(new ConfigReader(file).record(json, type, "", defaults));
    }

    private Object record(JsonNode json, Class<?> type, String path, Map<String, ?> defaults) {
        if (!json.isObject()) {
            throw new ConfigException("[config] %s: %s is %s, expected an object for %s"
                    .formatted(
                            file,
                            path.isEmpty() ? "the document" : "key " + path.substring(0, path.length() - 1),
                            shown(json),
                            type.getSimpleName()));
        }
        Map<String, String> keys = keysByComponent(json, path);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            String key = keys.get(name);
            JsonNode value = key == null ? MissingNode.getInstance() : json.get(key);
            String keyPath = path + (key == null ? RecordNames.snake(name) : key);
            values[i] = component(value, components[i], type, keyPath, path, defaults);
        }
        return construct(type, components, values, path);
    }

    private Object component(
            JsonNode value,
            RecordComponent component,
            Class<?> owner,
            String keyPath,
            String path,
            Map<String, ?> defaults) {
        Class<?> type = component.getType();
        String defaultName = component.getName();
        boolean absent = value.isMissingNode() || value.isNull();
        if (type == JsonNode.class && (!absent || !defaults.containsKey(defaultName))) {
            return value;
        }
        if (absent && defaults.containsKey(defaultName)) {
            return convertDefault(defaults.get(defaultName), type);
        }
        if (absent && RecordNames.isBoxed(type)) {
            return null;
        }
        if (absent) {
            throw new ConfigException("[config] %s: key %s %s; %s.%s needs it"
                    .formatted(
                            file,
                            keyPath,
                            value.isNull() ? "is null" : "is missing",
                            owner.getSimpleName(),
                            component.getName()));
        }
        return value(value, component.getGenericType(), keyPath, nested(defaults, defaultName));
    }

    private Object value(JsonNode value, Type generic, String path, Map<String, ?> defaults) {
        Class<?> type = RecordNames.rawClass(generic);
        if (type == int.class || type == Integer.class) {
            return (int) integer(value, path, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        } else if (type == long.class || type == Long.class) {
            return integer(value, path, Long.MIN_VALUE, Long.MAX_VALUE, "long");
        } else if (type == double.class || type == Double.class) {
            return number(value, path);
        } else if (type == float.class || type == Float.class) {
            return (float) number(value, path);
        } else if (type == boolean.class || type == Boolean.class) {
            require(value.isBoolean(), value, path, "true or false");
            return value.booleanValue();
        } else if (type == String.class) {
            require(value.isString(), value, path, "a string");
            return value.stringValue();
        } else if (type == JsonNode.class) {
            return value;
        } else if (type.isEnum()) {
            return constant(value, type, path);
        } else if (type.isRecord()) {
            return record(value, type, path + ".", defaults);
        } else if (type == List.class && generic instanceof ParameterizedType list) {
            require(value.isArray(), value, path, "a list");
            var elements = new ArrayList<Object>();
            for (JsonNode element : value.values()) {
                elements.add(
                        value(element, list.getActualTypeArguments()[0], path + "[" + elements.size() + "]", Map.of()));
            }
            return List.copyOf(elements);
        }
        throw new IllegalArgumentException(
                "[config] %s: no rule reads a %s for key %s".formatted(file, generic.getTypeName(), path));
    }

    private long integer(JsonNode value, String path, long least, long most, String type) {
        boolean fits = value.isIntegralNumber()
                && !value.isBigInteger()
                && value.longValue() >= least
                && value.longValue() <= most;
        require(fits, value, path, "a whole number (%s)".formatted(type));
        return value.longValue();
    }

    private double number(JsonNode value, String path) {
        require(value.isNumber(), value, path, "a number");
        return value.doubleValue();
    }

    private Object constant(JsonNode value, Class<?> type, String path) {
        require(value.isString(), value, path, "one of " + RecordNames.constants(type));
        String wanted = value.stringValue().replace('-', '_');
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(wanted)) {
                return constant;
            }
        }
        throw wrong(
                value,
                path,
                "one of " + RecordNames.constants(type)
                        + NearestName.hint(value.stringValue(), RecordNames.constants(type)));
    }

    private void require(boolean condition, JsonNode value, String path, String expected) {
        if (!condition) {
            throw wrong(value, path, expected);
        }
    }

    private ConfigException wrong(JsonNode value, String path, String expected) {
        return new ConfigException(
                "[config] %s: key %s is %s, expected %s".formatted(file, path, shown(value), expected));
    }

    private Object construct(Class<?> type, RecordComponent[] components, Object[] values, String path) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                String at = path.isEmpty() ? "" : " at key " + path.substring(0, path.length() - 1);
                throw new ConfigException("[config] %s%s: %s".formatted(file, at, refusal.getMessage()), refusal);
            }
            throw new IllegalStateException(
                    "[config] %s: constructor of %s failed: %s".formatted(file, type.getName(), e.getCause()), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "[config] %s cannot be constructed; open its package to headway.io".formatted(type.getName()), e);
        }
    }

    /// The object's keys by the component that reads them; two keys for one component are an error.
    private Map<String, String> keysByComponent(JsonNode json, String path) {
        var keys = new HashMap<String, String>();
        for (String key : json.propertyNames()) {
            String before = keys.putIfAbsent(RecordNames.camel(key), key);
            if (before != null) {
                throw new ConfigException("[config] %s: keys %s%s and %s%s mean the same; remove one"
                        .formatted(file, path, before, path, key));
            }
        }
        return keys;
    }

    private static Map<String, Object> nested(Map<String, ?> defaults, String name) {
        var inner = new HashMap<String, Object>();
        defaults.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                inner.put(key.substring(name.length() + 1), value);
            }
        });
        return inner;
    }

    /// Lets `Map.of("eps", 1)` serve a `double`.
    private static Object convertDefault(Object value, Class<?> type) {
        if (!(value instanceof Number number)) {
            return value;
        } else if (type == double.class || type == Double.class) {
            return number.doubleValue();
        } else if (type == float.class || type == Float.class) {
            return number.floatValue();
        } else if (type == long.class || type == Long.class) {
            return number.longValue();
        }
        return value;
    }

    private static String shown(JsonNode value) {
        if (value.isContainer()) {
            return value.isArray() ? "a list" : "an object";
        }
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
