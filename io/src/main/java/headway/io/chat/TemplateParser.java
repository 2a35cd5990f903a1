package headway.io.chat;

import headway.io.chat.Lexer.Kind;
import headway.io.chat.Lexer.Token;
import headway.io.chat.Syntax.Expression;
import headway.io.chat.Syntax.Statement;
import headway.io.chat.Syntax.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Statements of Jinja2, as far as chat templates have them: all that stays within one template.
final class TemplateParser extends ExpressionParser {
    /// Stands for the text of a block in the expression of its filters.
    static final String BLOCK_TEXT = "the block's text";

    private TemplateParser(List<Token> tokens, String name) {
        super(tokens, name);
    }

    /// The statements of template `source`; `name` is used in errors.
    static List<Statement> parse(String source, String name) {
        var parser = new TemplateParser(new Lexer(source, name).tokens(), name);
        List<Statement> statements = parser.body();
        if (parser.peek().kind() != Kind.END) {
            throw parser.error(
                    "unknown or misplaced tag '%s'".formatted(parser.peek().value()));
        }
        return statements;
    }

    /// Statements up to a tag that this body cannot hold; its name is next.
    private List<Statement> body(String... ends) {
        enter();
        var statements = new ArrayList<Statement>();
        while (true) {
            Token token = peek();
            switch (token.kind()) {
                case END -> {
                    if (ends.length > 0) {
                        throw error(
                                "expected {%% %s %%}, found the end of the template".formatted(ends[ends.length - 1]));
                    }
                    leave();
                    return statements;
                }
                case TEXT -> statements.add(new Statement.Text(take().value()));
                case VARIABLE_BEGIN -> {
                    take();
                    statements.add(new Statement.Output(tuple(true), token.line()));
                    expect(Kind.VARIABLE_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    take();
                    Token tag = expect(Kind.NAME, "a tag's name");
                    if (List.of(ends).contains(tag.value())) {
                        ended = tag.value();
                        leave();
                        return statements;
                    }
                    statements.add(statement(tag));
                }
                default -> throw unexpected("text or a tag");
            }
        }
    }

    /// The tag that ended the last body.
    private String ended = "";

    private Statement statement(Token tag) {
        return switch (tag.value()) {
            case "if" -> ifs();
            case "for" -> loop(tag.line());
            case "set" -> set(tag.line());
            case "macro" -> macro();
            case "call" -> call(tag.line());
            case "filter" -> {
                Expression filtered = filterChain();
                close();
                List<Statement> body = closedBody("endfilter");
                yield new Statement.FilterBlock(filtered, body);
            }
            case "with" -> with();
            // Marks what the assistant says; here only its text matters. Its names are its own.
            case "generation" -> {
                close();
                yield new Statement.With(List.of(), List.of(), closedBody("endgeneration"));
            }
            case "break" -> {
                close();
                yield new Statement.Break(tag.line());
            }
            case "continue" -> {
                close();
                yield new Statement.Continue(tag.line());
            }
            case "include", "import", "from", "extends", "block" ->
                throw error("{%% %s %%} reaches beyond the template, which is not allowed".formatted(tag.value()));
            default -> throw error("unknown or misplaced tag '%s'".formatted(tag.value()));
        };
    }

    private void close() {
        expect(Kind.BLOCK_END, "'%}'");
    }

    private List<Statement> closedBody(String end) {
        List<Statement> body = body(end);
        if (end.equals("endmacro") || end.equals("endset")) {
            skip(Kind.NAME, peek().value());
        }
        close();
        return body;
    }

    private Statement ifs() {
        var conditions = new ArrayList<Expression>();
        var branches = new ArrayList<List<Statement>>();
        String tag = "if";
        while (!tag.equals("endif")) {
            if (!tag.equals("else")) {
                conditions.add(tuple(false));
            }
            close();
            branches.add(tag.equals("else") ? body("endif") : body("elif", "else", "endif"));
            tag = ended;
        }
        close();
        return new Statement.If(conditions, branches);
    }

    private Statement loop(int line) {
        Target target = target(false);
        if (!skipWord("in")) {
            throw unexpected("'in'");
        }
        Expression over = tuple(false);
        Expression condition = skipWord("if") ? expression() : null;
        boolean recursive = skipWord("recursive");
        close();
        List<Statement> body = body("else", "endfor");
        List<Statement> otherwise = List.of();
        if (ended.equals("else")) {
            close();
            otherwise = body("endfor");
        }
        close();
        return new Statement.For(target, over, condition, body, otherwise, recursive, line);
    }

    private Statement set(int line) {
        Target target = target(true);
        if (skipOperator("=")) {
            Expression value = tuple(true);
            close();
            return new Statement.Set(target, value, line);
        }
        Expression filtered = filters(new Expression.Name(BLOCK_TEXT, line));
        close();
        return new Statement.SetBlock(target, filtered, closedBody("endset"), line);
    }

    private Expression filterChain() {
        int line = peek().line();
        return filters(filter(new Expression.Name(BLOCK_TEXT, line), line));
    }

    private Statement.Macro macro() {
        return macro(expect(Kind.NAME, "a macro's name").value(), "endmacro");
    }

    private Statement.Macro macro(String macro, String end) {
        var parameters = new ArrayList<String>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        parameters(parameters, defaults);
        close();
        return new Statement.Macro(macro, parameters, defaults, closedBody(end));
    }

    private void parameters(List<String> parameters, Map<String, Expression> defaults) {
        expectOperator("(");
        while (!skipOperator(")")) {
            String parameter = expect(Kind.NAME, "a parameter's name").value();
            parameters.add(parameter);
            if (skipOperator("=")) {
                defaults.put(parameter, expression());
            }
            if (!peek().is(Kind.OPERATOR, ")")) {
                expectOperator(",");
            }
        }
    }

    private Statement call(int line) {
        var parameters = new ArrayList<String>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        if (peek().is(Kind.OPERATOR, "(")) {
            parameters(parameters, defaults);
        }
        if (!(expression() instanceof Expression.Call call)) {
            throw error("{% call %} needs a call");
        }
        close();
        var caller = new Statement.Macro("caller", parameters, defaults, closedBody("endcall"));
        return new Statement.CallBlock(caller, call, line);
    }

    private Statement with() {
        var targets = new ArrayList<Target>();
        var values = new ArrayList<Expression>();
        while (peek().kind() != Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                expectOperator(",");
            }
            targets.add(new Target.Name(expect(Kind.NAME, "a name").value()));
            expectOperator("=");
            values.add(expression());
        }
        close();
        return new Statement.With(targets, values, closedBody("endwith"));
    }
}
