package headway.io.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Methods of Python's `str`, and `%` on it.
final class Strings {
    private static final Pattern FORMAT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-0 +#]*)(\\d{0,4})(?:\\.(\\d{1,3}))?([sdifrx%])");

    private Strings() {}

    /// Method `name` of `text`, or null where there is none.
    static Python.Function method(String text, String name) {
        return switch (name) {
            case "strip" -> (a, n) -> strip(text, a, true, true);
            case "lstrip" -> (a, n) -> strip(text, a, true, false);
            case "rstrip" -> (a, n) -> strip(text, a, false, true);
            case "split" -> (a, n) -> split(text, argument(a, n, 0, "sep", null), argument(a, n, 1, "maxsplit", -1L));
            case "rsplit" -> (a, n) -> rsplit(text, argument(a, n, 0, "sep", null), argument(a, n, 1, "maxsplit", -1L));
            case "splitlines" -> (a, n) -> lines(text, Python.truth(argument(a, n, 0, "keepends", false)));
            case "partition" -> (a, n) -> partition(text, text.indexOf(string(a, 0)), string(a, 0), true);
            case "rpartition" -> (a, n) -> partition(text, text.lastIndexOf(string(a, 0)), string(a, 0), false);
            case "startswith" -> (a, n) -> any(a, text::startsWith);
            case "endswith" -> (a, n) -> any(a, text::endsWith);
            case "replace" -> (a, n) -> replace(text, string(a, 0), string(a, 1), argument(a, n, 2, "count", -1L));
            case "upper" -> (a, n) -> text.toUpperCase(Locale.ROOT);
            case "lower", "casefold" -> (a, n) -> text.toLowerCase(Locale.ROOT);
            case "title" -> (a, n) -> title(text);
            case "capitalize" -> (a, n) -> capitalize(text);
            case "swapcase" -> (a, n) -> swapcase(text);
            case "join" -> (a, n) -> join(text, Python.list(argument(a, n, 0, "iterable", null)));
            case "find" -> (a, n) -> index(text, text.indexOf(string(a, 0)));
            case "rfind" -> (a, n) -> index(text, text.lastIndexOf(string(a, 0)));
            case "index" -> (a, n) -> found(text, text.indexOf(string(a, 0)), string(a, 0));
            case "rindex" -> (a, n) -> found(text, text.lastIndexOf(string(a, 0)), string(a, 0));
            case "count" -> (a, n) -> count(text, string(a, 0));
            case "removeprefix" ->
                (a, n) -> text.startsWith(string(a, 0))
                        ? text.substring(string(a, 0).length())
                        : text;
            case "removesuffix" ->
                (a, n) -> text.endsWith(string(a, 0))
                        ? text.substring(0, text.length() - string(a, 0).length())
                        : text;
            case "zfill" -> (a, n) -> padded(text, "0", a, true);
            case "ljust" -> (a, n) -> padded(text, a.size() > 1 ? string(a, 1) : " ", a, false);
            case "rjust" -> (a, n) -> padded(text, a.size() > 1 ? string(a, 1) : " ", a, true);
            case "isdigit", "isdecimal", "isnumeric" -> (a, n) -> all(text, Character::isDigit);
            case "isalpha" -> (a, n) -> all(text, Character::isLetter);
            case "isalnum" -> (a, n) -> all(text, Character::isLetterOrDigit);
            case "isspace" -> (a, n) -> all(text, c -> isSpace(c));
            case "isupper" -> (a, n) -> cased(text, Character::isUpperCase, Character::isLowerCase);
            case "islower" -> (a, n) -> cased(text, Character::isLowerCase, Character::isUpperCase);
            case "format" -> (a, n) -> braces(text, a, n);
            default -> null;
        };
    }

    static Object argument(
            List<Object> arguments, Map<String, Object> named, int index, String name, Object otherwise) {
        return index < arguments.size() ? arguments.get(index) : named.getOrDefault(name, otherwise);
    }

    private static String string(List<Object> arguments, int index) {
        if (index < arguments.size() && arguments.get(index) instanceof String text) {
            return text;
        }
        throw Python.error(
                "argument %d is %s, expected a text",
                index + 1, index < arguments.size() ? Python.typeOf(arguments.get(index)) : "missing");
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static String strip(String text, List<Object> arguments, boolean left, boolean right) {
        Object set = arguments.isEmpty() ? null : arguments.getFirst();
        IntPredicate goes =
                set == null ? Strings::isSpace : c -> string(arguments, 0).indexOf(c) >= 0;
        int start = 0;
        int end = text.length();
        while (left && start < end && goes.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && goes.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static List<Object> split(String text, Object separator, Object most) {
        long limit = Python.whole(most) < 0 ? Long.MAX_VALUE : Python.whole(most);
        var parts = new ArrayList<Object>();
        int at = 0;
        if (separator == null) {
            String rest = strip(text, List.of(), true, false);
            while (!rest.isEmpty() && parts.size() < limit) {
                int end = 0;
                while (end < rest.length() && !isSpace(rest.charAt(end))) {
                    end++;
                }
                parts.add(rest.substring(0, end));
                rest = strip(rest.substring(end), List.of(), true, false);
            }
            if (!rest.isEmpty()) {
                parts.add(strip(rest, List.of(), false, false));
            }
            return parts;
        }
        String by = separator(separator);
        for (int next = text.indexOf(by); next >= 0 && parts.size() < limit; next = text.indexOf(by, at)) {
            parts.add(text.substring(at, next));
            at = next + by.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    private static List<Object> rsplit(String text, Object separator, Object most) {
        if (Python.whole(most) < 0) {
            return split(text, separator, most);
        }
        var parts = new ArrayList<Object>();
        String rest = separator == null ? strip(text, List.of(), false, true) : text;
        while (parts.size() < Python.whole(most)) {
            int start;
            int end;
            if (separator == null) {
                start = rest.length();
                while (start > 0 && !isSpace(rest.charAt(start - 1))) {
                    start--;
                }
                end = start == 0 ? -1 : start;
            } else {
                end = rest.lastIndexOf(separator(separator));
                start = end + separator(separator).length();
            }
            if (end < 0) {
                break;
            }
            parts.addFirst(rest.substring(start));
            rest = separator == null ? strip(rest.substring(0, end), List.of(), false, true) : rest.substring(0, end);
        }
        if (separator != null || !rest.isEmpty()) {
            parts.addFirst(rest);
        }
        return parts;
    }

    private static String separator(Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw Python.error("a separator is empty or no text");
    }

    private static List<Object> lines(String text, boolean keepEnds) {
        var lines = new ArrayList<Object>();
        Matcher m = Pattern.compile(
                        "([^\\n\\r\\u000B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]*)(\\r\\n|[\\n\\r\\u000B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]|$)")
                .matcher(text);
        while (m.find() && m.start() < text.length()) {
            lines.add(keepEnds ? m.group() : m.group(1));
        }
        return lines;
    }

    private static Python.Tuple partition(String text, int at, String by, boolean first) {
        if (at < 0) {
            return first ? Python.Tuple.of(text, "", "") : Python.Tuple.of("", "", text);
        }
        return Python.Tuple.of(text.substring(0, at), by, text.substring(at + by.length()));
    }

    private static boolean any(List<Object> arguments, java.util.function.Predicate<String> test) {
        if (!arguments.isEmpty() && arguments.getFirst() instanceof List<?> choices) {
            return choices.stream().anyMatch(c -> c instanceof String s && test.test(s));
        }
        return test.test(string(arguments, 0));
    }

    static String replace(String text, String what, String by, Object most) {
        long limit = Python.whole(most) < 0 ? Long.MAX_VALUE : Python.whole(most);
        Python.bounded(text.length() + (text.length() + 1.0) / Math.max(1, what.length()) * by.length());
        if (limit == Long.MAX_VALUE) {
            return text.replace(what, by);
        }
        var out = new StringBuilder();
        int at = 0;
        for (long i = 0; i < limit; i++) {
            int next = text.indexOf(what, at);
            if (next < 0 || what.isEmpty()) {
                break;
            }
            out.append(text, at, next).append(by);
            at = next + what.length();
        }
        return out.append(text.substring(at)).toString();
    }

    static String title(String text) {
        var out = new StringBuilder(text.length());
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(begins ? Character.toTitleCase(c) : Character.toLowerCase(c));
            begins = !Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String swapcase(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> out.appendCodePoint(
                        Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
        return out.toString();
    }

    static String join(String by, List<Object> items) {
        var out = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof String text)) {
                throw Python.error("join: element %d is %s, expected a text", i, Python.typeOf(items.get(i)));
            }
            out.append(i == 0 ? "" : by).append(text);
            Python.bounded(out.length());
        }
        return out.toString();
    }

    private static Object index(String text, int at) {
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static Object found(String text, int at, String part) {
        if (at < 0) {
            throw Python.error("'%s' is not in the text", part);
        }
        return index(text, at);
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static String padded(String text, String fill, List<Object> arguments, boolean front) {
        long width = arguments.isEmpty() ? 0 : Python.whole(arguments.getFirst());
        Python.bounded(width);
        String filling = fill.repeat((int) Math.max(0, width - text.codePointCount(0, text.length())));
        return front ? filling + text : text + filling;
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    private static boolean cased(String text, IntPredicate one, IntPredicate none) {
        return text.codePoints().anyMatch(one) && text.codePoints().noneMatch(none);
    }

    /// `{}`, `{0}` and `{name}`; no attributes, items or formats.
    private static String braces(String text, List<Object> arguments, Map<String, Object> named) {
        Matcher m = Pattern.compile("\\{\\{|}}|\\{(\\w*)}").matcher(text);
        int[] next = {0};
        return m.replaceAll(found -> {
            String key = found.group(1);
            if (key == null) {
                return found.group().substring(0, 1);
            }
            boolean digits = !key.isEmpty() && key.chars().allMatch(Character::isDigit);
            int index = key.isEmpty() ? next[0]++ : digits ? Integer.parseInt(key) : -1;
            if (index >= arguments.size() || index < 0 && !named.containsKey(key)) {
                throw Python.error("format: no argument for '{%s}'", key);
            }
            return Matcher.quoteReplacement(Python.str(index < 0 ? named.get(key) : arguments.get(index)));
        });
    }

    /// Python's old formatting, `'%s of %d' % (a, b)`.
    static String format(String format, Object values) {
        Matcher m = FORMAT.matcher(format);
        List<?> list = values instanceof Python.Tuple t ? t : java.util.Arrays.asList(values);
        var out = new StringBuilder();
        int next = 0;
        int at = 0;
        while (m.find()) {
            out.append(format, at, m.start());
            at = m.end();
            if (m.group(5).equals("%")) {
                out.append('%');
                continue;
            }
            Object value;
            if (m.group(1) != null) {
                value = values instanceof Map<?, ?> map ? map.get(m.group(1)) : null;
            } else if (next < list.size()) {
                value = list.get(next++);
            } else {
                throw Python.error("not enough values for format '%s'", format);
            }
            out.append(converted(m, value));
        }
        return out.append(format.substring(at)).toString();
    }

    private static String converted(Matcher m, Object value) {
        String flags = m.group(2);
        String text = switch (m.group(5)) {
            case "s" -> Python.str(value);
            case "r" -> Python.repr(value);
            case "x" -> Long.toHexString(Python.whole(value));
            case "f" ->
                String.format(Locale.ROOT, "%." + (m.group(4) == null ? "6" : m.group(4)) + "f", Python.real(value));
            default -> Long.toString(value instanceof Double d ? (long) (double) d : Python.whole(value));
        };
        int width = m.group(3).isEmpty() ? 0 : Integer.parseInt(m.group(3));
        String filling = (flags.contains("0") ? "0" : " ").repeat(Math.max(0, width - text.length()));
        return flags.contains("-") ? text + " ".repeat(filling.length()) : filling + text;
    }
}
