package headway.nn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Walks over trees of layers.
public final class Layers {
    private Layers() {}

    /// All parameters below `layer` by checkpoint name, in the order of the records' components; one that is shared
    /// (a tied embedding) comes once.
    public static Map<String, Parameter> parameters(Layer layer) {
        var found = new LinkedHashMap<String, Parameter>();
        collect(layer, found);
        return found;
    }

    /// All quantized matrices below `layer` by checkpoint name; one that is shared comes once.
    public static Map<String, QuantizedParameter> quantized(Layer layer) {
        var found = new LinkedHashMap<String, QuantizedParameter>();
        walk(layer, node -> {
            if (node instanceof QuantizedParameter q) {
                found.put(q.path(), q);
            }
        });
        return found;
    }

    /// Number of values below `layer`, quantized ones too.
    public static long count(Layer layer) {
        long dense = parameters(layer).values().stream()
                .mapToLong(p -> p.tensor().count())
                .sum();
        return dense
                + quantized(layer).values().stream()
                        .mapToLong(q -> q.matrix().shape().count())
                        .sum();
    }

    private static void collect(Object layer, Map<String, Parameter> found) {
        walk(layer, node -> {
            if (!(node instanceof Parameter p)) {
                return;
            }
            Parameter same = found.putIfAbsent(p.path(), p);
            if (same != null && same.tensor() != p.tensor()) {
                throw new IllegalStateException(
                        "[layers] two parameters are called %s; expected one, or one that is shared"
                                .formatted(p.path()));
            }
        });
    }

    private static void walk(Object node, Consumer<Object> visit) {
        switch (node) {
            case null -> {}
            case Parameter p -> visit.accept(p);
            case QuantizedParameter q -> visit.accept(q);
            case List<?> list -> list.forEach(item -> walk(item, visit));
            case Layer layer -> {
                if (!layer.getClass().isRecord()) {
                    throw new IllegalStateException("[layers] %s is not a record, so its parameters cannot be found"
                            .formatted(layer.getClass().getName()));
                }
                for (RecordComponent component : layer.getClass().getRecordComponents()) {
                    walk(value(component, layer), visit);
                }
            }
            default -> {}
        }
    }

    private static Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "[layers] %s is not public, so its parameters cannot be found: make the record public"
                            .formatted(of.getClass().getName()),
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("[layers] accessor of " + component + " failed", e.getCause());
        }
    }
}
