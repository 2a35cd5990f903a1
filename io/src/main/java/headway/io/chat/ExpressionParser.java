package headway.io.chat;

import headway.io.chat.Lexer.Kind;
import headway.io.chat.Lexer.Token;
import headway.io.chat.Syntax.Arguments;
import headway.io.chat.Syntax.Expression;
import headway.io.chat.Syntax.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Expressions of Jinja2, from the loosest binding to the tightest.
class ExpressionParser {
    /// Nesting beyond this is no chat template.
    private static final int DEPTH_LIMIT = 100;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    final String name;
    private final List<Token> tokens;
    private int next;
    private int depth;

    ExpressionParser(List<Token> tokens, String name) {
        this.tokens = tokens;
        this.name = name;
    }

    Token peek() {
        return tokens.get(next);
    }

    private Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        return tokens.get(peek().kind() == Kind.END ? next : next++);
    }

    boolean skip(Kind kind, String value) {
        boolean found = peek().is(kind, value);
        if (found) {
            take();
        }
        return found;
    }

    boolean skipOperator(String value) {
        return skip(Kind.OPERATOR, value);
    }

    boolean skipWord(String word) {
        return skip(Kind.NAME, word);
    }

    Token expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        return take();
    }

    void expectOperator(String value) {
        if (!skipOperator(value)) {
            throw unexpected("'" + value + "'");
        }
    }

    void enter() {
        if (++depth > DEPTH_LIMIT) {
            throw error("is nested deeper than %d".formatted(DEPTH_LIMIT));
        }
    }

    void leave() {
        depth--;
    }

    Expression expression() {
        enter();
        Expression value = or();
        while (skipWord("if")) {
            Expression condition = or();
            Expression otherwise = skipWord("else") ? expression() : null;
            value = new Expression.Conditional(value, condition, otherwise);
        }
        leave();
        return value;
    }

    /// One expression, or several with commas between them, which are a tuple.
    Expression tuple(boolean conditional) {
        Expression first = conditional ? expression() : or();
        if (!peek().is(Kind.OPERATOR, ",")) {
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (skipOperator(",")) {
            if (peek().kind() == Kind.BLOCK_END
                    || peek().kind() == Kind.VARIABLE_END
                    || peek().is(Kind.OPERATOR, ")")) {
                break;
            }
            items.add(conditional ? expression() : or());
        }
        return new Expression.Items(items, true);
    }

    Expression or() {
        Expression left = and();
        while (peek().is(Kind.NAME, "or")) {
            int line = take().line();
            left = new Expression.Binary("or", left, and(), line);
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (peek().is(Kind.NAME, "and")) {
            int line = take().line();
            left = new Expression.Binary("and", left, not(), line);
        }
        return left;
    }

    private Expression not() {
        if (peek().is(Kind.NAME, "not")) {
            enter();
            int line = take().line();
            var negated = new Expression.Unary("not", not(), line);
            leave();
            return negated;
        }
        return comparison();
    }

    private Expression comparison() {
        int line = peek().line();
        Expression first = sum();
        var operators = new ArrayList<String>();
        var others = new ArrayList<Expression>();
        while (true) {
            if (peek().kind() == Kind.OPERATOR && COMPARISONS.contains(peek().value())) {
                operators.add(take().value());
            } else if (skipWord("in")) {
                operators.add("in");
            } else if (peek().is(Kind.NAME, "not") && peekSecond().is(Kind.NAME, "in")) {
                take();
                take();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expression.Comparison(first, operators, others, line);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (peek().is(Kind.OPERATOR, "+") || peek().is(Kind.OPERATOR, "-")) {
            Token operator = take();
            left = new Expression.Binary(operator.value(), left, concatenation(), operator.line());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (peek().is(Kind.OPERATOR, "~")) {
            int line = take().line();
            left = new Expression.Binary("~", left, product(), line);
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (peek().kind() == Kind.OPERATOR && Set.of("*", "/", "//", "%").contains(peek().value())) {
            Token operator = take();
            left = new Expression.Binary(operator.value(), left, power(), operator.line());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (peek().is(Kind.OPERATOR, "**")) {
            int line = take().line();
            left = new Expression.Binary("**", left, unary(true), line);
        }
        return left;
    }

    private Expression unary(boolean filtered) {
        enter();
        Expression value;
        if (peek().is(Kind.OPERATOR, "-") || peek().is(Kind.OPERATOR, "+")) {
            Token operator = take();
            value = new Expression.Unary(operator.value(), unary(false), operator.line());
        } else {
            value = primary();
        }
        value = postfix(value);
        value = filtered ? filters(value) : value;
        leave();
        return value;
    }

    private Expression primary() {
        Token token = take();
        return switch (token.kind()) {
            case NAME ->
                switch (token.value()) {
                    case "true", "True" -> new Expression.Literal(true);
                    case "false", "False" -> new Expression.Literal(false);
                    case "none", "None" -> new Expression.Literal(null);
                    default -> new Expression.Name(token.value(), token.line());
                };
            case STRING -> {
                var text = new StringBuilder(token.value());
                while (peek().kind() == Kind.STRING) {
                    text.append(take().value());
                }
                yield new Expression.Literal(text.toString());
            }
            case INTEGER -> {
                try {
                    yield new Expression.Literal(Long.parseLong(token.value()));
                } catch (NumberFormatException e) {
                    throw error("number %s is too large".formatted(token.value()));
                }
            }
            case FLOAT -> new Expression.Literal(Double.parseDouble(token.value()));
            case OPERATOR ->
                switch (token.value()) {
                    case "(" -> parenthesized();
                    case "[" -> new Expression.Items(list("]"), false);
                    case "{" -> pairs();
                    default -> throw error("unexpected '%s'".formatted(token.value()));
                };
            default -> {
                next--;
                throw unexpected("an expression");
            }
        };
    }

    private Expression parenthesized() {
        if (skipOperator(")")) {
            return new Expression.Items(List.of(), true);
        }
        Expression value = tuple(true);
        expectOperator(")");
        return value;
    }

    private List<Expression> list(String close) {
        var items = new ArrayList<Expression>();
        while (!skipOperator(close)) {
            items.add(expression());
            if (!peek().is(Kind.OPERATOR, close)) {
                expectOperator(",");
            }
        }
        return items;
    }

    private Expression pairs() {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!skipOperator("}")) {
            keys.add(expression());
            expectOperator(":");
            values.add(expression());
            if (!peek().is(Kind.OPERATOR, "}")) {
                expectOperator(",");
            }
        }
        return new Expression.Pairs(keys, values);
    }

    Expression postfix(Expression of) {
        Expression value = of;
        while (true) {
            int line = peek().line();
            if (skipOperator(".")) {
                Token key = take();
                if (key.kind() == Kind.NAME) {
                    value = new Expression.Attribute(value, key.value(), line);
                } else if (key.kind() == Kind.INTEGER) {
                    value = new Expression.Item(value, new Expression.Literal(Long.parseLong(key.value())), line);
                } else {
                    throw error("expected a name behind '.'");
                }
            } else if (skipOperator("[")) {
                value = subscript(value, line);
            } else if (peek().is(Kind.OPERATOR, "(")) {
                value = new Expression.Call(value, arguments(), line);
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression of, int line) {
        Expression from = peek().is(Kind.OPERATOR, ":") ? null : expression();
        if (skipOperator("]")) {
            return new Expression.Item(of, from, line);
        }
        expectOperator(":");
        Expression to = peek().is(Kind.OPERATOR, ":") || peek().is(Kind.OPERATOR, "]") ? null : expression();
        Expression step = null;
        if (skipOperator(":") && !peek().is(Kind.OPERATOR, "]")) {
            step = expression();
        }
        expectOperator("]");
        return new Expression.Slice(of, from, to, step, line);
    }

    Arguments arguments() {
        expectOperator("(");
        var positional = new ArrayList<Expression>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!skipOperator(")")) {
            if (peek().is(Kind.OPERATOR, "*") || peek().is(Kind.OPERATOR, "**")) {
                throw error("arguments spread by * are not supported");
            }
            if (peek().kind() == Kind.NAME && peekSecond().is(Kind.OPERATOR, "=")) {
                String key = take().value();
                take();
                named.put(key, expression());
            } else if (!named.isEmpty()) {
                throw error("a positional argument follows a named one");
            } else {
                positional.add(expression());
            }
            if (!peek().is(Kind.OPERATOR, ")")) {
                expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }

    Expression filters(Expression of) {
        Expression value = of;
        while (true) {
            int line = peek().line();
            if (skipOperator("|")) {
                value = filter(value, line);
            } else if (skipWord("is")) {
                value = test(value, line);
            } else if (peek().is(Kind.OPERATOR, "(")) {
                value = new Expression.Call(value, arguments(), line);
            } else {
                return value;
            }
        }
    }

    Expression filter(Expression of, int line) {
        String filter = expect(Kind.NAME, "a filter's name").value();
        Arguments arguments = peek().is(Kind.OPERATOR, "(") ? arguments() : Arguments.NONE;
        return new Expression.Filter(of, filter, arguments, line);
    }

    private Expression test(Expression of, int line) {
        boolean negated = skipWord("not");
        String test = expect(Kind.NAME, "a test's name").value();
        Arguments arguments = Arguments.NONE;
        Token token = peek();
        if (token.is(Kind.OPERATOR, "(")) {
            arguments = arguments();
        } else if (beginsArgument(token)) {
            arguments = new Arguments(List.of(postfix(primary())), Map.of());
        }
        return new Expression.Test(of, test, arguments, negated, line);
    }

    private static boolean beginsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !Set.of("else", "or", "and", "is", "in", "not", "if").contains(token.value());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.value().equals("[") || token.value().equals("{");
            default -> false;
        };
    }

    /// Names to assign to: `a`, `a, b`, `(a, b)`, and with `fields` also `ns.a`.
    Target target(boolean fields) {
        var targets = new ArrayList<Target>();
        boolean several = false;
        do {
            if (skipOperator("(")) {
                targets.add(target(false));
                expectOperator(")");
            } else {
                String variable = expect(Kind.NAME, "a name").value();
                if (fields && skipOperator(".")) {
                    targets.add(new Target.Field(
                            variable, expect(Kind.NAME, "a field's name").value()));
                } else {
                    targets.add(new Target.Name(variable));
                }
            }
            if (!skipOperator(",")) {
                break;
            }
            several = true;
        } while (peek().kind() == Kind.NAME && !peek().value().equals("in") || peek().is(Kind.OPERATOR, "("));
        return several ? new Target.Several(targets) : targets.getFirst();
    }

    TemplateException unexpected(String expected) {
        Token token = peek();
        String shown = switch (token.kind()) {
            case END -> "the end of the template";
            case BLOCK_END, VARIABLE_END -> "the end of the tag";
            default -> "'" + token.value() + "'";
        };
        return error("expected %s, found %s".formatted(expected, shown));
    }

    TemplateException error(String what) {
        return new TemplateException("[chat template] %s, line %d: %s".formatted(name, peek().line(), what));
    }
}
