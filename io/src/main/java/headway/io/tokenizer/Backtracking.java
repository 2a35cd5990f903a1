package headway.io.tokenizer;

/// Whether a regular expression of a tokenizer's file can be searched for in any text within bounds.
///
/// The Hugging Face library ends the process when its search tries too many ways. Expressions of known tokenizers have
/// few: no repetition inside a repetition, and no more than two in a row that may share characters. This reads an
/// expression by Oniguruma's syntax and looks for more.
final class Backtracking {
    /// Repetitions without end in one branch: that many nested loops over a text at worst.
    private static final int MOST = 2;

    /// Repetitions up to a number larger than this count as without end.
    private static final int FEW = 8;

    private final String text;
    private int at;
    private String reason;

    private Backtracking(String text) {
        this.text = text;
    }

    /// Why `expression` may run for ever; null where it does not.
    static String of(String expression) {
        var parser = new Backtracking(expression);
        parser.branches();
        return parser.reason;
    }

    /// @param loops most repetitions without end in a branch
    /// @param varies whether it matches a text in several ways: it has a repetition, or alternatives
    private record Part(int loops, boolean varies) {}

    private Part branches() {
        int loops = 0;
        int most = 0;
        boolean varies = false;
        while (at < text.length() && text.charAt(at) != ')') {
            if (text.charAt(at) == '|') {
                at++;
                varies = true;
                loops = 0;
                continue;
            }
            Part part = repeated(atom());
            loops += part.loops;
            varies |= part.varies;
            most = Math.max(most, loops);
            if (loops > MOST) {
                found("more than %d repetitions without end one behind the other".formatted(MOST));
            }
        }
        return new Part(most, varies);
    }

    private void found(String why) {
        reason = reason == null ? why : reason;
    }

    private Part atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                characters();
                yield new Part(0, false);
            }
            case '\\' -> {
                escape();
                yield new Part(0, false);
            }
            default -> new Part(0, false);
        };
    }

    /// Behind a `(`.
    private Part group() {
        boolean atomic = false;
        if (text.startsWith("?#", at)) {
            at = Math.max(at, text.indexOf(')', at));
        } else if (text.startsWith("?", at)) {
            atomic = text.startsWith("?>", at);
            // Up to the colon of options, the mark of a look to the side, or the end of a name.
            while (at < text.length() && ":=!>)'".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at < text.length() && text.charAt(at) != ')') {
                at++;
            }
        }
        Part inside = branches();
        at = Math.min(text.length(), at + 1);
        return atomic ? new Part(0, inside.varies) : inside;
    }

    /// Behind a `[`; classes may hold classes.
    private void characters() {
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                characters();
            }
            first = false;
        }
        at = Math.min(text.length(), at + 1);
    }

    /// Behind a `\`.
    private void escape() {
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at++);
        if (c == 'g') {
            found("a call of a group");
        }
        if (at < text.length() && text.charAt(at) == '{') {
            at = text.indexOf('}', at) + 1;
            at = at == 0 ? text.length() : at;
        }
    }

    private Part repeated(Part part) {
        Part whole = part;
        while (at < text.length()) {
            long[] bounds = bounds();
            if (bounds == null) {
                break;
            }
            boolean endless = bounds[1] > FEW && bounds[1] > bounds[0];
            boolean several = bounds[1] > 1;
            // `++` and its like try one way alone.
            boolean possessive = at < text.length() && text.charAt(at) == '+' && bounds[2] == 0;
            if (at < text.length() && (text.charAt(at) == '?' || possessive)) {
                at++;
            }
            if (several && whole.loops > 0 || endless && whole.varies) {
                found("a repetition inside a repetition");
            }
            whole = new Part(whole.loops + (endless && !possessive ? 1 : 0), whole.varies || bounds[0] != bounds[1]);
        }
        return whole;
    }

    /// Least and most times, and 1 where they are written in braces; null where no repetition follows.
    private long[] bounds() {
        switch (text.charAt(at)) {
            case '*', '+' -> {
                at++;
                return new long[] {0, Long.MAX_VALUE, 0};
            }
            case '?' -> {
                at++;
                return new long[] {0, 1, 0};
            }
            case '{' -> {
                int end = text.indexOf('}', at);
                String inside = end < 0 ? "" : text.substring(at + 1, end);
                if (!inside.matches("\\d{1,9}|\\d{0,9},\\d{0,9}") || inside.equals(",")) {
                    return null;
                }
                at = end + 1;
                int comma = inside.indexOf(',');
                String low = comma < 0 ? inside : inside.substring(0, comma);
                String high = comma < 0 ? inside : inside.substring(comma + 1);
                return new long[] {
                    low.isEmpty() ? 0 : Long.parseLong(low), high.isEmpty() ? Long.MAX_VALUE : Long.parseLong(high), 1
                };
            }
            default -> {
                return null;
            }
        }
    }
}
