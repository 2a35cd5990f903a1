package headway.io.chat;

import java.util.List;
import java.util.Map;

/// JSON as Python's `json.dumps` writes it.
///
/// @param itemSeparator between elements
/// @param keySeparator between key and value
/// @param indent put before each level of a line of its own; null: all on one line
record JsonText(String itemSeparator, String keySeparator, String indent, Style style) {
    /// What else differs.
    record Style(boolean ascii, boolean sorted) {}

    String of(Object value) {
        var out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private void write(Object value, StringBuilder out, int depth) {
        if (depth > 100 || out.length() > Python.SIZE_LIMIT) {
            throw Python.error("a value is too large or too deep for tojson");
        }
        switch (value) {
            case null -> out.append("null");
            case Boolean b -> out.append(b.toString());
            case Long n -> out.append(n);
            case Double d -> out.append(number(d));
            case String s -> string(s, out);
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i == 0 ? "" : itemSeparator);
                    line(out, depth + 1);
                    write(list.get(i), out, depth + 1);
                }
                if (!list.isEmpty()) {
                    line(out, depth);
                }
                out.append(']');
            }
            case Map<?, ?> map -> object(map, out, depth);
            case Python.Undefined u ->
                throw Python.error("Object of type Undefined is not JSON serializable: %s", u.what());
            default -> throw Python.error("Object of type %s is not JSON serializable", Python.typeOf(value));
        }
    }

    private void object(Map<?, ?> map, StringBuilder out, int depth) {
        out.append('{');
        List<? extends Map.Entry<?, ?>> entries = style.sorted
                ? map.entrySet().stream()
                        .sorted((a, b) -> Python.compare(a.getKey(), b.getKey()))
                        .toList()
                : List.copyOf(map.entrySet());
        boolean first = true;
        for (var entry : entries) {
            out.append(first ? "" : itemSeparator);
            first = false;
            line(out, depth + 1);
            Object key = entry.getKey();
            string(
                    key instanceof String s
                            ? s
                            : key == null ? "null" : Python.str(key).toLowerCase(java.util.Locale.ROOT),
                    out);
            out.append(keySeparator);
            write(entry.getValue(), out, depth + 1);
        }
        if (!map.isEmpty()) {
            line(out, depth);
        }
        out.append('}');
    }

    private void line(StringBuilder out, int depth) {
        if (indent != null) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "NaN"
                : Double.isInfinite(value) ? value > 0 ? "Infinity" : "-Infinity" : Python.number(value);
    }

    private void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || style.ascii && c > 0x7E) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
