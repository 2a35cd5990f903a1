package headway.io.chat;

import java.util.List;
import java.util.Map;

/// The tree of a template.
sealed interface Syntax {
    /// Names that a value is assigned to: a name, a namespace's field, or several.
    sealed interface Target {
        /// A variable.
        record Name(String name) implements Target {}

        /// A field of a namespace.
        record Field(String name, String field) implements Target {}

        /// As many as the value has elements.
        record Several(List<Target> targets) implements Target {}
    }

    /// Something that has a value.
    sealed interface Expression extends Syntax {
        record Literal(Object value) implements Expression {}

        record Name(String name, int line) implements Expression {}

        record Items(List<Expression> items, boolean tuple) implements Expression {}

        record Pairs(List<Expression> keys, List<Expression> values) implements Expression {}

        record Attribute(Expression of, String name, int line) implements Expression {}

        record Item(Expression of, Expression key, int line) implements Expression {}

        /// `of[from:to:step]`, each null where left out.
        record Slice(Expression of, Expression from, Expression to, Expression step, int line) implements Expression {}

        record Call(Expression of, Arguments arguments, int line) implements Expression {}

        record Filter(Expression of, String name, Arguments arguments, int line) implements Expression {}

        record Test(Expression of, String name, Arguments arguments, boolean negated, int line) implements Expression {}

        record Unary(String operator, Expression of, int line) implements Expression {}

        record Binary(String operator, Expression left, Expression right, int line) implements Expression {}

        /// `a < b <= c`: each pair of neighbours.
        record Comparison(Expression first, List<String> operators, List<Expression> others, int line)
                implements Expression {}

        /// `otherwise` is null where left out.
        record Conditional(Expression then, Expression condition, Expression otherwise) implements Expression {}
    }

    /// Arguments of a call.
    record Arguments(List<Expression> positional, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }

    /// Something that is carried out.
    sealed interface Statement extends Syntax {
        record Text(String text) implements Statement {}

        record Output(Expression value, int line) implements Statement {}

        /// One branch for each condition, and perhaps one more.
        record If(List<Expression> conditions, List<List<Statement>> branches) implements Statement {}

        /// `condition` is null where there is none.
        record For(
                Target target,
                Expression over,
                Expression condition,
                List<Statement> body,
                List<Statement> otherwise,
                boolean recursive,
                int line)
                implements Statement {}

        record Set(Target target, Expression value, int line) implements Statement {}

        /// The body's text, sent through filters around a placeholder.
        record SetBlock(Target target, Expression filtered, List<Statement> body, int line) implements Statement {}

        record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body)
                implements Statement {}

        /// `call(parameters) call`: `caller()` in the macro gives the body.
        record CallBlock(Macro caller, Expression.Call call, int line) implements Statement {}

        record FilterBlock(Expression filtered, List<Statement> body) implements Statement {}

        record With(List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {}

        record Break(int line) implements Statement {}

        record Continue(int line) implements Statement {}
    }
}
