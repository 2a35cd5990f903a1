package headway.io.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What can be asked of a value: attributes, elements, tests. Nothing else of it can be reached.
final class Lookup {
    /// Methods that a Python dictionary has before any key of that name.
    private static final Set<String> MAP_METHODS = Set.of("items", "keys", "values", "get", "copy");

    private static final Set<String> CHANGING = Set.of(
            "append",
            "extend",
            "insert",
            "remove",
            "pop",
            "clear",
            "sort",
            "reverse",
            "update",
            "setdefault",
            "popitem");

    private Lookup() {}

    /// `value.attribute`: a method, then a key.
    static Object attribute(Object value, String attribute) {
        if (value instanceof Map<?, ?> map && MAP_METHODS.contains(attribute)) {
            return mapMethod(map, attribute);
        }
        if (value instanceof String text) {
            Python.Function method = Strings.method(text, attribute);
            if (method != null) {
                return method;
            }
        }
        if (value instanceof List<?> list) {
            switch (attribute) {
                case "index" -> {
                    return (Python.Function) (a, n) -> {
                        for (int i = 0; i < list.size(); i++) {
                            if (Python.equal(list.get(i), a.getFirst())) {
                                return (long) i;
                            }
                        }
                        throw Python.error("%s is not in the list", Python.repr(a.getFirst()));
                    };
                }
                case "count" -> {
                    return (Python.Function) (a, n) -> list.stream()
                            .filter(item -> Python.equal(item, a.getFirst()))
                            .count();
                }
                case "copy" -> {
                    return (Python.Function) (a, n) -> new ArrayList<Object>(list);
                }
                default -> {}
            }
        }
        if ((value instanceof List || value instanceof Map) && CHANGING.contains(attribute)) {
            if (!(value instanceof Map<?, ?> map && map.containsKey(attribute))) {
                throw Python.error("a template may not change a %s by %s()", Python.typeOf(value), attribute);
            }
        }
        return item(value, attribute);
    }

    private static Object mapMethod(Map<?, ?> map, String method) {
        return (Python.Function) (a, n) -> switch (method) {
            case "items" -> items(map);
            case "keys" -> new ArrayList<Object>(map.keySet());
            case "values" -> new ArrayList<Object>(map.values());
            case "copy" -> new LinkedHashMap<Object, Object>(map);
            default ->
                map.containsKey(a.getFirst()) ? map.get(a.getFirst()) : Strings.argument(a, n, 1, "default", null);
        };
    }

    static List<Object> items(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Python.error("items needs a dict, found %s", Python.typeOf(value));
        }
        var items = new ArrayList<Object>();
        map.forEach((key, item) -> items.add(Python.Tuple.of(key, item)));
        return items;
    }

    /// `value[key]`: an element, or else an attribute.
    static Object item(Object value, Object key) {
        switch (value) {
            case Python.Undefined u -> throw Python.error(u.what());
            case Map<?, ?> map
            when map.containsKey(key) -> {
                return map.get(key);
            }
            case Python.Namespace namespace
            when namespace.values().containsKey(key) -> {
                return namespace.values().get(key);
            }
            case List<?> list
            when key instanceof Long index -> {
                long at = index < 0 ? index + list.size() : index;
                if (at >= 0 && at < list.size()) {
                    return list.get((int) at);
                }
            }
            case String text
            when key instanceof Long index -> {
                int[] codePoints = text.codePoints().toArray();
                long at = index < 0 ? index + codePoints.length : index;
                if (at >= 0 && at < codePoints.length) {
                    return Character.toString(codePoints[(int) at]);
                }
            }
            case Map<?, ?> map
            when key instanceof String s && MAP_METHODS.contains(s) -> {
                return mapMethod(map, s);
            }
            case null, default -> {}
        }
        String shown = key instanceof String s ? "attribute '" + s + "'" : "element " + Python.repr(key);
        return new Python.Undefined("'%s object' has no %s".formatted(Python.typeOf(value), shown));
    }

    /// Jinja2's tests.
    static boolean test(String test, Object value, List<Object> a) {
        return switch (test) {
            case "defined" -> !(value instanceof Python.Undefined);
            case "undefined" -> value instanceof Python.Undefined;
            case "none" -> value == null;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Python.isNumber(value);
            case "callable" -> value instanceof Python.Function;
            case "sequence", "iterable" ->
                value instanceof String
                        || value instanceof List
                        || value instanceof Map
                        || value instanceof Python.Undefined;
            case "odd" -> Python.binary("%", value, 2L).equals(1L);
            case "even" -> Python.binary("%", value, 2L).equals(0L);
            case "divisibleby" -> Python.binary("%", value, a.getFirst()).equals(0L);
            case "lower" -> Python.str(value).equals(Python.str(value).toLowerCase(Locale.ROOT));
            case "upper" -> Python.str(value).equals(Python.str(value).toUpperCase(Locale.ROOT));
            case "eq", "equalto", "==" -> Python.equal(value, a.getFirst());
            case "ne", "!=" -> !Python.equal(value, a.getFirst());
            case "sameas" -> value == a.getFirst() || Python.isNumber(value) && value.equals(a.getFirst());
            case "in" -> Python.contains(a.getFirst(), value);
            case "lt", "lessthan", "<" -> Python.compare(value, a.getFirst()) < 0;
            case "le", "<=" -> Python.compare(value, a.getFirst()) <= 0;
            case "gt", "greaterthan", ">" -> Python.compare(value, a.getFirst()) > 0;
            case "ge", ">=" -> Python.compare(value, a.getFirst()) >= 0;
            default -> throw Python.error("there is no test '%s'", test);
        };
    }
}
