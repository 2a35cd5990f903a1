package headway.io.chat;

import headway.io.chat.Syntax.Arguments;
import headway.io.chat.Syntax.Expression;
import headway.io.chat.Syntax.Statement;
import headway.io.chat.Syntax.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries out a template over Python's values; nothing of Java can be reached.
///
/// Steps, depth and output have limits, so that every template ends.
final class Interpreter {
    static final int STEP_LIMIT = 5_000_000;
    private static final int DEPTH_LIMIT = 150;
    private static final int RANGE_LIMIT = 100_000;

    private final String name;
    private final Filters filters = new Filters();
    private StringBuilder out = new StringBuilder();
    private int steps;
    private int depth;
    private int line;

    Interpreter(String name) {
        this.name = name;
    }

    /// Variables: those of this block, then those around it.
    private record Scope(Map<String, Object> own, Scope around) {
        Scope inner() {
            return new Scope(new HashMap<>(), this);
        }

        Object get(String variable) {
            for (Scope scope = this; scope != null; scope = scope.around) {
                if (scope.own.containsKey(variable)) {
                    return scope.own.get(variable);
                }
            }
            return new Python.Undefined("'%s' is undefined".formatted(variable));
        }
    }

    /// How a body ended.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    String run(List<Statement> statements, Map<String, Object> variables) {
        try {
            run(statements, new Scope(new HashMap<>(), new Scope(variables, new Scope(globals(), null))));
            return out.toString();
        } catch (TemplateException e) {
            throw e.getMessage().startsWith("[chat template]")
                    ? e
                    : new TemplateException("[chat template] %s, line %d: %s".formatted(name, line, e.getMessage()), e);
        } catch (ClassCastException | IndexOutOfBoundsException | java.util.NoSuchElementException e) {
            throw new TemplateException(
                    "[chat template] %s, line %d: arguments of the wrong kind: %s"
                            .formatted(name, line, e.getMessage()),
                    e);
        }
    }

    private Map<String, Object> globals() {
        var globals = new HashMap<String, Object>();
        globals.put("range", (Python.Function) (a, n) -> range(a));
        globals.put("dict", (Python.Function) (a, n) -> {
            var map = new LinkedHashMap<Object, Object>();
            if (!a.isEmpty() && a.getFirst() instanceof Map<?, ?> from) {
                map.putAll(from);
            }
            map.putAll(n);
            return map;
        });
        globals.put("namespace", (Python.Function) (a, n) -> {
            var namespace = new Python.Namespace(new HashMap<>());
            if (!a.isEmpty() && a.getFirst() instanceof Map<?, ?> from) {
                from.forEach((key, value) -> namespace.put(Python.str(key), value));
            }
            n.forEach(namespace::put);
            return namespace;
        });
        globals.put("joiner", (Python.Function) (a, n) -> {
            var used = new boolean[1];
            String by = a.isEmpty() ? ", " : Python.str(a.getFirst());
            return (Python.Function) (b, m) -> {
                boolean before = used[0];
                used[0] = true;
                return before ? by : "";
            };
        });
        return globals;
    }

    private static List<Object> range(List<Object> a) {
        long from = a.size() > 1 ? Python.whole(a.get(0)) : 0;
        long to = Python.whole(a.get(a.size() > 1 ? 1 : 0));
        long step = a.size() > 2 ? Python.whole(a.get(2)) : 1;
        if (step == 0 || Math.abs((double) to - from) / Math.abs(step) > RANGE_LIMIT) {
            throw Python.error("range is too long, the limit is %d, or its step is 0", RANGE_LIMIT);
        }
        var range = new ArrayList<Object>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            range.add(i);
        }
        return range;
    }

    private void step() {
        if (++steps > STEP_LIMIT) {
            throw Python.error("more than %d steps; the template does not come to an end", STEP_LIMIT);
        }
    }

    private void write(String text) {
        Python.bounded(out.length() + (double) text.length());
        out.append(text);
    }

    private Flow run(List<Statement> statements, Scope scope) {
        if (++depth > DEPTH_LIMIT) {
            throw Python.error("calls and blocks are nested deeper than %d", DEPTH_LIMIT);
        }
        for (var statement : statements) {
            step();
            Flow flow = run(statement, scope);
            if (flow != Flow.ON) {
                depth--;
                return flow;
            }
        }
        depth--;
        return Flow.ON;
    }

    private Flow run(Statement statement, Scope scope) {
        switch (statement) {
            case Statement.Text text -> write(text.text());
            case Statement.Output output -> {
                line = output.line();
                write(Python.str(value(output.value(), scope)));
            }
            case Statement.If ifs -> {
                for (int i = 0; i < ifs.branches().size(); i++) {
                    if (i >= ifs.conditions().size()
                            || Python.truth(value(ifs.conditions().get(i), scope))) {
                        return run(ifs.branches().get(i), scope);
                    }
                }
            }
            case Statement.For loop -> loop(loop, value(loop.over(), scope), scope, 0);
            case Statement.Set set -> {
                line = set.line();
                assign(set.target(), value(set.value(), scope), scope);
            }
            case Statement.SetBlock set -> {
                String text = captured(set.body(), scope.inner());
                assign(set.target(), filtered(set.filtered(), text, scope), scope);
            }
            case Statement.FilterBlock block ->
                write(Python.str(filtered(block.filtered(), captured(block.body(), scope.inner()), scope)));
            case Statement.Macro macro -> scope.own().put(macro.name(), macro(macro, scope));
            case Statement.CallBlock block -> {
                line = block.line();
                var inner = scope.inner();
                inner.own().put("caller", macro(block.caller(), scope));
                write(Python.str(call(block.call(), scope, inner.own().get("caller"))));
            }
            case Statement.With with -> {
                Scope inner = scope.inner();
                for (int i = 0; i < with.targets().size(); i++) {
                    assign(with.targets().get(i), value(with.values().get(i), scope), inner);
                }
                return run(with.body(), inner);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private Object filtered(Expression filters, String text, Scope scope) {
        Scope inner = scope.inner();
        inner.own().put(TemplateParser.BLOCK_TEXT, text);
        return value(filters, inner);
    }

    private String captured(List<Statement> body, Scope scope) {
        StringBuilder before = out;
        out = new StringBuilder();
        try {
            run(body, scope);
            return out.toString();
        } finally {
            out = before;
        }
    }

    private void assign(Target target, Object value, Scope scope) {
        switch (target) {
            case Target.Name variable -> scope.own().put(variable.name(), value);
            case Target.Field field -> {
                if (!(scope.get(field.name()) instanceof Python.Namespace namespace)) {
                    throw Python.error("'%s' is no namespace; only a namespace's fields can be set", field.name());
                }
                namespace.put(field.field(), value);
            }
            case Target.Several several -> {
                List<Object> items = Python.list(value);
                if (items.size() != several.targets().size()) {
                    throw Python.error(
                            "%d values for %d names",
                            items.size(), several.targets().size());
                }
                for (int i = 0; i < items.size(); i++) {
                    assign(several.targets().get(i), items.get(i), scope);
                }
            }
        }
    }

    private void loop(Statement.For loop, Object over, Scope scope, int level) {
        line = loop.line();
        List<Object> items = Python.list(over);
        if (loop.condition() != null) {
            items.removeIf(item -> {
                Scope inner = scope.inner();
                assign(loop.target(), item, inner);
                return !Python.truth(value(loop.condition(), inner));
            });
        }
        if (items.isEmpty()) {
            run(loop.otherwise(), scope.inner());
            return;
        }
        var before = new Object[1][];
        for (int i = 0; i < items.size(); i++) {
            step();
            Scope inner = scope.inner();
            inner.own().put("loop", facts(loop, items, i, scope, level, before));
            assign(loop.target(), items.get(i), inner);
            if (run(loop.body(), inner) == Flow.BREAK) {
                return;
            }
        }
    }

    /// What `loop` says; a namespace, so that its fields come before all else.
    private Object facts(Statement.For loop, List<Object> items, int i, Scope scope, int level, Object[][] before) {
        var facts = new HashMap<String, Object>();
        facts.put("index", i + 1L);
        facts.put("index0", (long) i);
        facts.put("revindex", (long) items.size() - i);
        facts.put("revindex0", (long) items.size() - i - 1);
        facts.put("first", i == 0);
        facts.put("last", i == items.size() - 1);
        facts.put("length", (long) items.size());
        facts.put("depth", level + 1L);
        facts.put("depth0", (long) level);
        facts.put("previtem", i > 0 ? items.get(i - 1) : new Python.Undefined("there is no previous item"));
        facts.put("nextitem", i + 1 < items.size() ? items.get(i + 1) : new Python.Undefined("there is no next item"));
        facts.put("cycle", (Python.Function) (a, n) -> a.get(i % a.size()));
        facts.put("changed", (Python.Function) (a, n) -> {
            boolean changed = before[0] == null || !Python.equal(List.of(before[0]), new ArrayList<>(a));
            before[0] = a.toArray();
            return changed;
        });
        if (loop.recursive()) {
            facts.put("()", (Python.Function) (a, n) -> {
                StringBuilder outer = out;
                out = new StringBuilder();
                try {
                    loop(loop, a.getFirst(), scope, level + 1);
                    return out.toString();
                } finally {
                    out = outer;
                }
            });
        }
        return new Python.Namespace(facts);
    }

    private Python.Function macro(Statement.Macro macro, Scope defined) {
        return (arguments, named) -> {
            Scope scope = defined.inner();
            var rest = new LinkedHashMap<Object, Object>(named);
            List<String> parameters = macro.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                String parameter = parameters.get(i);
                Object value;
                if (i < arguments.size()) {
                    value = arguments.get(i);
                } else if (named.containsKey(parameter)) {
                    value = named.get(parameter);
                } else if (macro.defaults().containsKey(parameter)) {
                    value = value(macro.defaults().get(parameter), scope);
                } else {
                    value = new Python.Undefined("parameter '%s' was not provided".formatted(parameter));
                }
                rest.remove(parameter);
                scope.own().put(parameter, value);
            }
            Object caller = rest.remove("caller");
            if (caller != null) {
                scope.own().put("caller", caller);
            }
            int taken = Math.min(arguments.size(), parameters.size());
            scope.own().put("varargs", new Python.Tuple(List.copyOf(arguments.subList(taken, arguments.size()))));
            scope.own().put("kwargs", rest);
            return captured(macro.body(), scope);
        };
    }

    // ---- expressions

    Object value(Expression expression, Scope scope) {
        step();
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name variable -> scope.get(variable.name());
            case Expression.Items items -> {
                var values = new ArrayList<Object>();
                items.items().forEach(item -> values.add(value(item, scope)));
                yield items.tuple() ? new Python.Tuple(values) : values;
            }
            case Expression.Pairs pairs -> {
                var map = new LinkedHashMap<Object, Object>();
                for (int i = 0; i < pairs.keys().size(); i++) {
                    map.put(
                            value(pairs.keys().get(i), scope),
                            value(pairs.values().get(i), scope));
                }
                yield map;
            }
            case Expression.Attribute attribute -> {
                line = attribute.line();
                yield Lookup.attribute(value(attribute.of(), scope), attribute.name());
            }
            case Expression.Item item -> {
                line = item.line();
                yield Lookup.item(value(item.of(), scope), value(item.key(), scope));
            }
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call call -> call(call, scope, null);
            case Expression.Filter filter -> {
                Object of = value(filter.of(), scope);
                List<Object> positional = positional(filter.arguments(), scope);
                Map<String, Object> named = named(filter.arguments(), scope);
                line = filter.line();
                yield filters.apply(filter.name(), of, positional, named);
            }
            case Expression.Test test -> {
                Object of = value(test.of(), scope);
                line = test.line();
                yield Lookup.test(test.name(), of, positional(test.arguments(), scope)) != test.negated();
            }
            case Expression.Unary unary -> unary(unary, value(unary.of(), scope));
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Comparison comparison -> comparison(comparison, scope);
            case Expression.Conditional conditional -> {
                if (Python.truth(value(conditional.condition(), scope))) {
                    yield value(conditional.then(), scope);
                }
                yield conditional.otherwise() == null
                        ? new Python.Undefined("the inline if-expression evaluated to false and no else was given")
                        : value(conditional.otherwise(), scope);
            }
        };
    }

    private Object slice(Expression.Slice slice, Scope scope) {
        line = slice.line();
        return Python.slice(
                value(slice.of(), scope),
                slice.from() == null ? null : value(slice.from(), scope),
                slice.to() == null ? null : value(slice.to(), scope),
                slice.step() == null ? null : value(slice.step(), scope));
    }

    private Object unary(Expression.Unary unary, Object value) {
        line = unary.line();
        return switch (unary.operator()) {
            case "not" -> !Python.truth(value);
            case "-" -> Python.binary("-", value instanceof Double ? (Object) (-0.0) : 0L, value);
            default -> Python.binary("+", 0L, value);
        };
    }

    private Object binary(Expression.Binary binary, Scope scope) {
        Object left = value(binary.left(), scope);
        switch (binary.operator()) {
            case "and" -> {
                return Python.truth(left) ? value(binary.right(), scope) : left;
            }
            case "or" -> {
                return Python.truth(left) ? left : value(binary.right(), scope);
            }
            default -> {
                Object right = value(binary.right(), scope);
                line = binary.line();
                return binary.operator().equals("~")
                        ? Python.binary("+", Python.str(left), Python.str(right))
                        : Python.binary(binary.operator(), left, right);
            }
        }
    }

    private Object comparison(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Object right = value(comparison.others().get(i), scope);
            line = comparison.line();
            boolean holds = switch (comparison.operators().get(i)) {
                case "==" -> Python.equal(left, right);
                case "!=" -> !Python.equal(left, right);
                case "in" -> Python.contains(right, left);
                case "not in" -> !Python.contains(right, left);
                case "<" -> Python.compare(left, right) < 0;
                case "<=" -> Python.compare(left, right) <= 0;
                case ">" -> Python.compare(left, right) > 0;
                default -> Python.compare(left, right) >= 0;
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private List<Object> positional(Arguments arguments, Scope scope) {
        var values = new ArrayList<Object>();
        arguments.positional().forEach(argument -> values.add(value(argument, scope)));
        return values;
    }

    private Map<String, Object> named(Arguments arguments, Scope scope) {
        var values = new LinkedHashMap<String, Object>();
        arguments.named().forEach((key, argument) -> values.put(key, value(argument, scope)));
        return values;
    }

    private Object call(Expression.Call call, Scope scope, Object caller) {
        Object function = value(call.of(), scope);
        List<Object> positional = positional(call.arguments(), scope);
        Map<String, Object> named = named(call.arguments(), scope);
        if (caller != null) {
            named.put("caller", caller);
        }
        line = call.line();
        if (function instanceof Python.Namespace n && n.values().get("()") instanceof Python.Function recursion) {
            return recursion.call(positional, named);
        }
        if (!(function instanceof Python.Function f)) {
            throw Python.error(
                    function instanceof Python.Undefined u
                            ? u.what()
                            : "%s cannot be called".formatted(Python.typeOf(function)));
        }
        return f.call(positional, named);
    }
}
