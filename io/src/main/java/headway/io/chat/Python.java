package headway.io.chat;

import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Python's values and what Jinja2 does with them.
///
/// | Python | Java |
/// |--------|------|
/// | `None` | null |
/// | `bool`, `int`, `float`, `str` | [Boolean], [Long], [Double], [String] |
/// | `list`, `tuple` | [List], [Tuple] |
/// | `dict` | [Map] |
/// | function | [Function] |
/// | nothing at all | [Undefined] |
final class Python {
    /// A text or list beyond this would be the only thing that a template makes.
    static final int SIZE_LIMIT = 1 << 24;

    private Python() {}

    /// What has no value; `what` says why.
    record Undefined(String what) {}

    /// Something that can be called.
    @FunctionalInterface
    interface Function {
        Object call(List<Object> arguments, Map<String, Object> named);
    }

    /// Values that `{% set ns.x = … %}` may change.
    record Namespace(Map<String, Object> values) {
        void put(String field, Object value) {
            if (field.startsWith("_")) {
                throw error("a namespace may have no field '%s': it begins with an underscore", field);
            }
            values.put(field, value);
        }
    }

    /// A list that is shown in parentheses.
    static final class Tuple extends AbstractList<Object> {
        private final List<Object> items;

        Tuple(List<Object> items) {
            this.items = items;
        }

        static Tuple of(Object... items) {
            return new Tuple(java.util.Arrays.asList(items));
        }

        @Override
        public Object get(int index) {
            return items.get(index);
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    static TemplateException error(String text, Object... values) {
        return new TemplateException(values.length == 0 ? text : text.formatted(values));
    }

    static String typeOf(Object value) {
        return switch (value) {
            case null -> "NoneType";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Double _ -> "float";
            case String _ -> "str";
            case Tuple _ -> "tuple";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            case Undefined _ -> "Undefined";
            case Namespace _ -> "Namespace";
            default -> "function";
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double d -> d != 0;
            case String s -> !s.isEmpty();
            case Collection<?> c -> !c.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Undefined _ -> false;
            default -> true;
        };
    }

    /// What `{{ value }}` writes.
    static String str(Object value) {
        return switch (value) {
            case String s -> s;
            case Undefined _ -> "";
            case null, default -> repr(value);
        };
    }

    static String repr(Object value) {
        var out = new StringBuilder();
        repr(value, out, 0);
        return out.toString();
    }

    private static void repr(Object value, StringBuilder out, int depth) {
        if (depth > 100 || out.length() > SIZE_LIMIT) {
            throw error("a value is too large or too deep to be written");
        }
        switch (value) {
            case null -> out.append("None");
            case Boolean b -> out.append(b ? "True" : "False");
            case Double d -> out.append(number(d));
            case String s -> quoted(s, out);
            case Tuple t -> {
                items(t, "(", t.size() == 1 ? ",)" : ")", out, depth);
            }
            case List<?> l -> items(l, "[", "]", out, depth);
            case Map<?, ?> m -> {
                String separator = "{";
                for (var entry : m.entrySet()) {
                    out.append(separator);
                    repr(entry.getKey(), out, depth + 1);
                    out.append(": ");
                    repr(entry.getValue(), out, depth + 1);
                    separator = ", ";
                }
                out.append(m.isEmpty() ? "{}" : "}");
            }
            case Long n -> out.append(n);
            case Undefined _ -> out.append("Undefined");
            default -> out.append('<').append(typeOf(value)).append('>');
        }
    }

    private static void items(List<?> list, String open, String close, StringBuilder out, int depth) {
        out.append(open);
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            repr(list.get(i), out, depth + 1);
        }
        out.append(close);
    }

    private static void quoted(String text, StringBuilder out) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    int type = Character.getType(c);
                    boolean shown = c == ' '
                            || !(type == Character.CONTROL
                                    || type == Character.FORMAT
                                    || type == Character.SURROGATE
                                    || type == Character.PRIVATE_USE
                                    || type == Character.UNASSIGNED
                                    || type == Character.LINE_SEPARATOR
                                    || type == Character.PARAGRAPH_SEPARATOR
                                    || type == Character.SPACE_SEPARATOR);
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (shown) {
                        out.appendCodePoint(c);
                    } else {
                        out.append((c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
                    }
                }
            }
        });
        out.append(quote);
    }

    /// A float as Python writes it: the shortest digits, an exponent from 1e16 and below 1e-4.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        } else if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String all = digits.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + all.charAt(0)
                + (all.length() > 1 ? "." + all.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    static boolean equal(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double ? real(a) == real(b) : whole(a) == whole(b);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size() || a instanceof Tuple != b instanceof Tuple) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!equal(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(e -> y.containsKey(e.getKey()) && equal(e.getValue(), y.get(e.getKey())));
        }
        return a instanceof Undefined ? b instanceof Undefined : Objects.equals(a, b);
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double real(Object value) {
        return value instanceof Double d ? d : whole(value);
    }

    /// A whole number, true being 1.
    static long whole(Object value) {
        return switch (value) {
            case Long n -> n;
            case Boolean b -> b ? 1 : 0;
            case null, default -> throw error("expected a whole number, found %s", typeOf(value));
        };
    }

    static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double
                    ? Double.compare(real(a), real(b))
                    : Long.compare(whole(a), whole(b));
        } else if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                if (!equal(x.get(i), y.get(i))) {
                    return compare(x.get(i), y.get(i));
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        throw error("%s and %s cannot be compared", typeOf(a), typeOf(b));
    }

    static boolean contains(Object container, Object value) {
        return switch (container) {
            case String text -> {
                if (!(value instanceof String part)) {
                    throw error("'in' a text needs a text, found %s", typeOf(value));
                }
                yield text.contains(part);
            }
            case Map<?, ?> map -> map.containsKey(value);
            case Undefined _ -> false;
            case null, default -> list(container).stream().anyMatch(item -> equal(item, value));
        };
    }

    /// What a loop runs over.
    static List<Object> list(Object value) {
        return switch (value) {
            case List<?> items -> new ArrayList<>(items);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text ->
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
            case Undefined _ -> new ArrayList<>();
            case null, default -> throw error("%s is no list", typeOf(value));
        };
    }

    static long length(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> items -> items.size();
            case Map<?, ?> map -> map.size();
            case Undefined _ -> 0;
            case null, default -> throw error("%s has no length", typeOf(value));
        };
    }

    static Object binary(String operator, Object a, Object b) {
        try {
            return switch (operator) {
                case "+" -> plus(a, b);
                case "*" -> times(a, b);
                case "%" -> a instanceof String format ? Strings.format(format, b) : arithmetic("%", a, b);
                default -> arithmetic(operator, a, b);
            };
        } catch (ArithmeticException e) {
            throw error("%s %s %s: %s", repr(a), operator, repr(b), e.getMessage());
        }
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return bounded(x.length() + (long) y.length()) ? x + y : null;
        } else if (a instanceof List<?> x && b instanceof List<?> y && a instanceof Tuple == b instanceof Tuple) {
            bounded(x.size() + (long) y.size());
            var sum = new ArrayList<Object>(x);
            sum.addAll(y);
            return a instanceof Tuple ? new Tuple(sum) : sum;
        }
        return arithmetic("+", a, b);
    }

    private static Object times(Object a, Object b) {
        if (a instanceof String text && b instanceof Long n) {
            bounded(Math.max(0, n) * (double) text.length());
            return text.repeat((int) Math.max(0, n));
        } else if (a instanceof List<?> items && b instanceof Long n) {
            bounded(Math.max(0, n) * (double) items.size());
            var product = new ArrayList<Object>();
            for (long i = 0; i < n; i++) {
                product.addAll(items);
            }
            return product;
        } else if (a instanceof Long && (b instanceof String || b instanceof List)) {
            return times(b, a);
        }
        return arithmetic("*", a, b);
    }

    static boolean bounded(double size) {
        if (size > SIZE_LIMIT) {
            throw error("a value of %.0f elements is too large; the limit is %d", size, SIZE_LIMIT);
        }
        return true;
    }

    private static Object arithmetic(String operator, Object a, Object b) {
        if (!isNumber(a) || !isNumber(b)) {
            Object undefined = a instanceof Undefined ? a : b;
            if (undefined instanceof Undefined u) {
                throw error(u.what());
            }
            throw error("%s %s %s is not possible", typeOf(a), operator, typeOf(b));
        }
        if (operator.equals("/")) {
            return divided(real(a), real(b));
        }
        if (a instanceof Double || b instanceof Double) {
            double x = real(a);
            double y = real(b);
            return switch (operator) {
                case "+" -> x + y;
                case "-" -> x - y;
                case "*" -> x * y;
                case "//" -> Math.floor(divided(x, y));
                case "%" -> x - y * Math.floor(divided(x, y));
                default -> Math.pow(x, y);
            };
        }
        long x = whole(a);
        long y = whole(b);
        if (y == 0 && (operator.equals("//") || operator.equals("%"))) {
            throw new ArithmeticException("division by zero");
        }
        return switch (operator) {
            case "+" -> Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            case "*" -> Math.multiplyExact(x, y);
            case "//" -> Math.floorDiv(x, y);
            case "%" -> Math.floorMod(x, y);
            default -> y < 0 ? (Object) Math.pow(x, y) : power(x, y);
        };
    }

    private static double divided(double x, double y) {
        if (y == 0) {
            throw new ArithmeticException("division by zero");
        }
        return x / y;
    }

    private static Object power(long x, long y) {
        long product = 1;
        for (long i = 0; i < y; i++) {
            if (x == 0 || x == 1) {
                return x;
            }
            product = Math.multiplyExact(product, x);
            if (i > 64 && x == -1) {
                return y % 2 == 0 ? 1L : -1L;
            }
        }
        return product;
    }

    /// `value[from:to:step]` with Python's rules for what is left out, negative or too large.
    static Object slice(Object value, Object from, Object to, Object step) {
        long by = step == null ? 1 : whole(step);
        if (by == 0) {
            throw error("a slice's step is 0");
        }
        int[] codePoints = value instanceof String text ? text.codePoints().toArray() : null;
        List<?> items = value instanceof List<?> l ? l : List.of();
        if (codePoints == null && !(value instanceof List)) {
            throw value instanceof Undefined u ? error(u.what()) : error("%s cannot be sliced", typeOf(value));
        }
        long size = codePoints != null ? codePoints.length : items.size();
        long first = bound(from, by > 0 ? 0 : size - 1, size, by);
        long last = bound(to, by > 0 ? size : -1, size, by);
        var indices = new ArrayList<Integer>();
        for (long i = first; by > 0 ? i < last : i > last; i += by) {
            indices.add((int) i);
        }
        if (codePoints != null) {
            var text = new StringBuilder();
            indices.forEach(i -> text.appendCodePoint(codePoints[i]));
            return text.toString();
        }
        var part = new ArrayList<Object>();
        indices.forEach(i -> part.add(items.get(i)));
        return value instanceof Tuple ? new Tuple(part) : part;
    }

    private static long bound(Object said, long otherwise, long size, long step) {
        if (said == null) {
            return otherwise;
        }
        long index = whole(said);
        index = index < 0 ? index + size : index;
        return step > 0 ? Math.clamp(index, 0, size) : Math.clamp(index, -1, size - 1);
    }
}
