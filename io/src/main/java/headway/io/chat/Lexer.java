package headway.io.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into text and the tokens of its tags, with the whitespace rules of `trim_blocks` and
/// `lstrip_blocks`: a newline behind a block tag goes, and so do blanks before one that begins a line.
final class Lexer {
    /// What a token is.
    enum Kind {
        TEXT,
        BLOCK_BEGIN,
        BLOCK_END,
        VARIABLE_BEGIN,
        VARIABLE_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    /// A token; `value` is a string without its quotes, its escapes resolved.
    record Token(Kind kind, String value, int line) {
        boolean is(Kind otherKind, String otherValue) {
            return kind == otherKind && value.equals(otherValue);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("""
            \\s+|(?<float>\\d+(?:_\\d+)*(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+))|(?<int>\\d+(?:_\\d+)*)\
            |(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<string>'(?:[^'\\\\]|\\\\.)*+'|"(?:[^"\\\\]|\\\\.)*+")\
            |(?<operator>//|\\*\\*|==|!=|<=|>=|[-+*/%~<>=.:|,;()\\[\\]{}])""", Pattern.DOTALL);

    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%}");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");

    private final String source;
    private final String name;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    /// Whether what was read last ended a line.
    private boolean lineBegins = true;

    Lexer(String source, String name) {
        String lines = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
        this.name = name;
    }

    List<Token> tokens() {
        while (at < source.length()) {
            int tag = nextTag();
            String text = source.substring(at, tag);
            if (tag == source.length()) {
                text(text);
                break;
            }
            char kind = source.charAt(tag + 1);
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            text(before(text, kind, sign));
            line += count(text) - count(before(text, kind, sign));
            at = tag;
            if (kind == '#') {
                comment();
            } else {
                Matcher raw = RAW_BEGIN.matcher(source).region(tag, source.length());
                if (kind == '%' && raw.lookingAt()) {
                    raw(raw);
                } else {
                    tag(kind, sign);
                }
            }
        }
        tokens.add(new Token(Kind.END, "", line));
        return tokens;
    }

    private int nextTag() {
        for (int i = at; i + 1 < source.length(); i++) {
            char next = source.charAt(i + 1);
            if (source.charAt(i) == '{' && (next == '{' || next == '%' || next == '#')) {
                return i;
            }
        }
        return source.length();
    }

    /// Text in front of a tag without the blanks that go.
    private String before(String text, char kind, char sign) {
        if (sign == '-') {
            return text.stripTrailing();
        }
        if (sign == '+' || kind == '{') {
            return text;
        }
        int start = text.lastIndexOf('\n') + 1;
        boolean fromLineStart = start > 0 || lineBegins;
        return fromLineStart && text.substring(start).isBlank() ? text.substring(0, start) : text;
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, line));
            line += count(text);
        }
    }

    private static int count(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /// Goes behind a tag's end, which may take whitespace with it.
    private void end(int behind, boolean stripped, boolean trimmed) {
        int stop = behind;
        if (stripped) {
            while (stop < source.length() && Character.isWhitespace(source.charAt(stop))) {
                stop++;
            }
        } else if (trimmed && stop < source.length() && source.charAt(stop) == '\n') {
            stop++;
        }
        line += count(source.substring(at, stop));
        at = stop;
        lineBegins = source.charAt(stop - 1) == '\n';
    }

    private void comment() {
        int close = source.indexOf("#}", at + 2);
        if (close < 0) {
            throw error("a comment is not closed");
        }
        char sign = close > at + 2 ? source.charAt(close - 1) : ' ';
        end(close + 2, sign == '-', sign != '+');
    }

    private void raw(Matcher begin) {
        Matcher end = RAW_END.matcher(source);
        if (!end.find(begin.end())) {
            throw error("{% raw %} is not closed by {% endraw %}");
        }
        end(begin.end(), begin.group(2).equals("-"), true);
        String text = source.substring(Math.min(at, end.start()), end.start());
        String kept =
                before(text, '%', end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0));
        text(kept);
        line += count(text) - count(kept);
        at = end.start();
        end(end.end(), end.group(2).equals("-"), !end.group(2).equals("+"));
    }

    private void tag(char kind, char sign) {
        boolean block = kind == '%';
        tokens.add(new Token(block ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, "", line));
        at += sign == '-' || sign == '+' ? 3 : 2;
        String close = block ? "%}" : "}}";
        int depth = 0;
        while (true) {
            char c = at < source.length() ? source.charAt(at) : 0;
            boolean signed = (c == '-' || c == '+' && block) && source.startsWith(close, at + 1);
            if (depth == 0 && (signed || source.startsWith(close, at))) {
                tokens.add(new Token(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "", line));
                end(at + (signed ? 3 : 2), signed && c == '-', block && !signed);
                return;
            }
            Matcher m = TOKEN.matcher(source).region(at, source.length());
            if (!m.lookingAt()) {
                throw error(at >= source.length() ? "a tag is not closed" : "unexpected character '%s'".formatted(c));
            }
            add(m);
            String operator = m.group("operator");
            if (operator != null) {
                depth += "([{".contains(operator) ? 1 : ")]}".contains(operator) ? -1 : 0;
                if (depth < 0) {
                    throw error("unexpected '%s'".formatted(operator));
                }
            }
            line += count(m.group());
            at = m.end();
        }
    }

    private void add(Matcher m) {
        if (m.group("float") != null) {
            tokens.add(new Token(Kind.FLOAT, m.group().replace("_", ""), line));
        } else if (m.group("int") != null) {
            tokens.add(new Token(Kind.INTEGER, m.group().replace("_", ""), line));
        } else if (m.group("name") != null) {
            tokens.add(new Token(Kind.NAME, m.group(), line));
        } else if (m.group("string") != null) {
            tokens.add(new Token(
                    Kind.STRING, unescaped(m.group().substring(1, m.group().length() - 1)), line));
        } else if (m.group("operator") != null) {
            tokens.add(new Token(Kind.OPERATOR, m.group(), line));
        }
    }

    /// Python's escapes; an unknown one stays as it is.
    private String unescaped(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int digits = switch (next) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> 0;
            };
            if (digits > 0) {
                try {
                    out.appendCodePoint(Integer.parseInt(text, i + 1, i + 1 + digits, 16));
                } catch (RuntimeException e) {
                    throw error("malformed escape '\\%s'".formatted(next));
                }
                i += digits;
                continue;
            }
            switch (next) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'a' -> out.append('\u0007');
                case 'v' -> out.append('\u000B');
                case '0' -> out.append('\0');
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(next);
                default -> out.append(c).append(next);
            }
        }
        return out.toString();
    }

    private TemplateException error(String what) {
        return new TemplateException("[chat template] %s, line %d: %s".formatted(name, line, what));
    }
}
