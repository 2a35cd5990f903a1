package headway.io.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Jinja2's filters, as far as a chat template may want them.
final class Filters {
    Object apply(String name, Object value, List<Object> a, Map<String, Object> n) {
        return switch (name) {
            case "default", "d" -> {
                boolean empty = Python.truth(Strings.argument(a, n, 1, "boolean", false)) && !Python.truth(value);
                yield value instanceof Python.Undefined || empty
                        ? Strings.argument(a, n, 0, "default_value", "")
                        : value;
            }
            case "tojson" -> json(value, a, n);
            case "length", "count" -> Python.length(value);
            case "string" -> Python.str(value);
            case "list" -> Python.list(value);
            case "safe" -> value;
            case "items" -> value instanceof Python.Undefined ? List.of() : Lookup.items(value);
            case "int" -> integer(value, Strings.argument(a, n, 0, "default", 0L));
            case "float" -> real(value, Strings.argument(a, n, 0, "default", 0.0));
            case "abs" -> value instanceof Double d ? (Object) Math.abs(d) : (Object) Math.abs(Python.whole(value));
            case "round" ->
                round(
                        value,
                        Python.whole(Strings.argument(a, n, 0, "precision", 0L)),
                        Strings.argument(a, n, 1, "method", "common"));
            case "format" -> Strings.format(Python.str(value), new Python.Tuple(a));
            case "attr" -> Lookup.attribute(value, Python.str(Strings.argument(a, n, 0, "name", "")));
            default -> {
                Object text = text(name, value, a, n);
                yield text != null ? text : list(name, value, a, n);
            }
        };
    }

    /// Filters on texts; null where `name` is none of them.
    private static Object text(String name, Object value, List<Object> a, Map<String, Object> n) {
        String text = Python.str(value);
        return switch (name) {
            case "trim" -> Strings.strip(text, a.isEmpty() ? List.of() : a, true, true);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> Strings.capitalize(text);
            case "title" -> Strings.title(text);
            case "replace" ->
                Strings.replace(
                        text,
                        Python.str(Strings.argument(a, n, 0, "old", "")),
                        Python.str(Strings.argument(a, n, 1, "new", "")),
                        Strings.argument(a, n, 2, "count", -1L) == null
                                ? -1L
                                : Strings.argument(a, n, 2, "count", -1L));
            case "escape", "e" ->
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;");
            case "wordcount" -> (long) text.strip().split("\\s+").length;
            case "indent" -> indent(text, a, n);
            case "center" -> {
                long width = Python.whole(Strings.argument(a, n, 0, "width", 80L));
                Python.bounded(width);
                int gap = (int) Math.max(0, width - text.length());
                int left = gap / 2 + (gap & (int) width & 1);
                yield " ".repeat(left) + text + " ".repeat(gap - left);
            }
            case "truncate" -> {
                int length = (int) Python.whole(Strings.argument(a, n, 0, "length", 255L));
                String end = Python.str(Strings.argument(a, n, 2, "end", "..."));
                if (text.length() <= length + 5) {
                    yield text;
                }
                String cut = text.substring(0, Math.max(0, length - end.length()));
                boolean words = !Python.truth(Strings.argument(a, n, 1, "killwords", false)) && cut.contains(" ");
                yield (words ? cut.substring(0, cut.lastIndexOf(' ')) : cut) + end;
            }
            default -> null;
        };
    }

    private static String indent(String text, List<Object> a, Map<String, Object> n) {
        Object width = Strings.argument(a, n, 0, "width", 4L);
        String by = width instanceof String s ? s : " ".repeat((int) Math.min(1000, Math.max(0, Python.whole(width))));
        boolean first = Python.truth(Strings.argument(a, n, 1, "first", false));
        boolean blank = Python.truth(Strings.argument(a, n, 2, "blank", false));
        String[] lines = (text + "\n").split("\n", -1);
        var out = new StringBuilder();
        for (int i = 0; i < lines.length - 1; i++) {
            boolean indented = i == 0 ? first : blank || !lines[i].isEmpty();
            out.append(i == 0 ? "" : "\n").append(indented ? by : "").append(lines[i]);
        }
        return out.toString();
    }

    private Object list(String name, Object value, List<Object> a, Map<String, Object> n) {
        return switch (name) {
            case "first" -> edge(Python.list(value), true);
            case "last" -> edge(Python.list(value), false);
            case "join" -> join(value, a, n);
            case "map" -> map(value, a, n);
            case "select" -> kept(value, item -> tested(item, a, 0, n));
            case "reject" -> kept(value, item -> !tested(item, a, 0, n));
            case "selectattr" -> kept(value, item -> tested(attribute(item, a.getFirst()), a, 1, n));
            case "rejectattr" -> kept(value, item -> !tested(attribute(item, a.getFirst()), a, 1, n));
            case "sort" ->
                sorted(
                        value,
                        Strings.argument(a, n, 2, "attribute", null),
                        Strings.argument(a, n, 0, "reverse", false),
                        Strings.argument(a, n, 1, "case_sensitive", false));
            case "dictsort" -> {
                boolean byValue = "value".equals(Strings.argument(a, n, 1, "by", "key"));
                yield sorted(
                        Lookup.items(value),
                        byValue ? 1L : 0L,
                        Strings.argument(a, n, 2, "reverse", false),
                        Strings.argument(a, n, 0, "case_sensitive", false));
            }
            case "reverse" ->
                value instanceof String s
                        ? new StringBuilder(s).reverse().toString()
                        : Python.list(value).reversed();
            case "unique" -> unique(Python.list(value));
            case "max" -> extreme(value, 1, n.get("attribute"));
            case "min" -> extreme(value, -1, n.get("attribute"));
            case "sum" -> {
                Object sum = Strings.argument(a, n, 1, "start", 0L);
                Object attribute = Strings.argument(a, n, 0, "attribute", null);
                for (Object item : Python.list(value)) {
                    sum = Python.binary("+", sum, attribute == null ? item : attribute(item, attribute));
                }
                yield sum;
            }
            case "batch" ->
                batches(
                        Python.list(value),
                        Python.whole(Strings.argument(a, n, 0, "linecount", 1L)),
                        Strings.argument(a, n, 1, "fill_with", null));
            case "groupby" -> groups(value, Strings.argument(a, n, 0, "attribute", null));
            default -> throw Python.error("there is no filter '%s'", name);
        };
    }

    private static Object edge(List<Object> items, boolean first) {
        if (items.isEmpty()) {
            return new Python.Undefined("No %s item, sequence was empty.".formatted(first ? "first" : "last"));
        }
        return first ? items.getFirst() : items.getLast();
    }

    private Object join(Object value, List<Object> a, Map<String, Object> n) {
        Object attribute = Strings.argument(a, n, 1, "attribute", null);
        List<Object> texts = new ArrayList<>();
        for (Object item : Python.list(value)) {
            texts.add(Python.str(attribute == null ? item : attribute(item, attribute)));
        }
        return Strings.join(Python.str(Strings.argument(a, n, 0, "d", "")), texts);
    }

    private Object map(Object value, List<Object> a, Map<String, Object> n) {
        var mapped = new ArrayList<Object>();
        for (Object item : Python.list(value)) {
            if (n.containsKey("attribute")) {
                Object found = attribute(item, n.get("attribute"));
                mapped.add(found instanceof Python.Undefined && n.containsKey("default") ? n.get("default") : found);
            } else if (a.isEmpty()) {
                throw Python.error("map needs a filter's name or an attribute");
            } else {
                mapped.add(apply(Python.str(a.getFirst()), item, a.subList(1, a.size()), n));
            }
        }
        return mapped;
    }

    /// `a.b` reaches through; a number is an index.
    private Object attribute(Object item, Object path) {
        if (path instanceof Long) {
            return Lookup.item(item, path);
        }
        Object value = item;
        for (String part : Python.str(path).split("\\.")) {
            value = Lookup.item(value, part.chars().allMatch(Character::isDigit) ? (Object) Long.valueOf(part) : part);
        }
        return value;
    }

    private static List<Object> kept(Object value, Predicate<Object> test) {
        var kept = new ArrayList<Object>();
        for (Object item : Python.list(value)) {
            if (test.test(item)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private boolean tested(Object item, List<Object> a, int from, Map<String, Object> n) {
        return a.size() <= from
                ? Python.truth(item)
                : Lookup.test(Python.str(a.get(from)), item, a.subList(from + 1, a.size()));
    }

    private Comparator<Object> by(Object attribute, boolean caseSensitive) {
        return (x, y) -> Python.compare(key(x, attribute, caseSensitive), key(y, attribute, caseSensitive));
    }

    private Object key(Object item, Object attribute, boolean caseSensitive) {
        Object key = attribute == null ? item : attribute(item, attribute);
        return key instanceof String s && !caseSensitive ? s.toLowerCase(Locale.ROOT) : key;
    }

    private List<Object> sorted(Object value, Object attribute, Object reverse, Object caseSensitive) {
        List<Object> items = Python.list(value);
        Comparator<Object> order = by(attribute, Python.truth(caseSensitive));
        items.sort(Python.truth(reverse) ? order.reversed() : order);
        return items;
    }

    private Object extreme(Object value, int sign, Object attribute) {
        List<Object> items = Python.list(value);
        if (items.isEmpty()) {
            return new Python.Undefined("No aggregated item, sequence was empty.");
        }
        Object best = items.getFirst();
        for (Object item : items) {
            best = by(attribute, false).compare(item, best) * sign > 0 ? item : best;
        }
        return best;
    }

    private List<Object> unique(List<Object> items) {
        var unique = new ArrayList<Object>();
        for (Object item : items) {
            if (unique.stream().noneMatch(u -> Python.equal(key(u, null, false), key(item, null, false)))) {
                unique.add(item);
            }
        }
        return unique;
    }

    private static List<Object> batches(List<Object> items, long size, Object fill) {
        if (size < 1) {
            throw Python.error("batch: the size is %d, expected 1 or more", size);
        }
        var batches = new ArrayList<Object>();
        for (int at = 0; at < items.size(); at += (int) Math.min(size, items.size())) {
            var batch = new ArrayList<>(items.subList(at, (int) Math.min(items.size(), at + size)));
            while (fill != null && batch.size() < size) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches;
    }

    private List<Object> groups(Object value, Object attribute) {
        var groups = new LinkedHashMap<Object, List<Object>>();
        for (Object item : sorted(value, attribute, false, false)) {
            groups.computeIfAbsent(attribute(item, attribute), k -> new ArrayList<>())
                    .add(item);
        }
        var list = new ArrayList<Object>();
        groups.forEach((key, items) -> list.add(Python.Tuple.of(key, items)));
        return list;
    }

    private static Object integer(Object value, Object otherwise) {
        try {
            return switch (value) {
                case String s -> Long.parseLong(s.strip().replace("_", ""));
                case Double d -> (long) (double) d;
                case null, default -> Python.isNumber(value) ? Python.whole(value) : otherwise;
            };
        } catch (NumberFormatException e) {
            Object real = real(value, null);
            return real == null ? otherwise : (Object) (long) (double) (Double) real;
        }
    }

    private static Object real(Object value, Object otherwise) {
        try {
            return value instanceof String s
                    ? (Object) Double.parseDouble(s.strip())
                    : Python.isNumber(value) ? (Object) Python.real(value) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static double round(Object value, long precision, Object method) {
        double factor = Math.pow(10, precision);
        double scaled = Python.real(value) * factor;
        return switch (Python.str(method)) {
            case "ceil" -> Math.ceil(scaled) / factor;
            case "floor" -> Math.floor(scaled) / factor;
            default ->
                new java.math.BigDecimal(Python.real(value))
                        .setScale(Math.clamp(precision, -300, 300), java.math.RoundingMode.HALF_EVEN)
                        .doubleValue();
        };
    }

    /// Hugging Face's own: `ensure_ascii`, `indent`, `separators`, `sort_keys`, nothing made safe for HTML.
    private static String json(Object value, List<Object> a, Map<String, Object> n) {
        Object indent = Strings.argument(a, n, 1, "indent", null);
        Object separators = Strings.argument(a, n, 2, "separators", null);
        String item = indent == null ? ", " : ",";
        String key = ": ";
        if (separators instanceof List<?> pair && pair.size() == 2) {
            item = Python.str(pair.getFirst());
            key = Python.str(pair.getLast());
        }
        String by = switch (indent) {
            case null -> null;
            case String s -> s;
            default -> " ".repeat(Math.clamp(Python.whole(indent), 0, 100));
        };
        var style = new JsonText.Style(
                Python.truth(Strings.argument(a, n, 0, "ensure_ascii", false)),
                Python.truth(Strings.argument(a, n, 3, "sort_keys", false)));
        return new JsonText(item, key, by, style).of(value);
    }
}
