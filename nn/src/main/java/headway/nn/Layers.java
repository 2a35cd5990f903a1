package headway.nn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /// Number of trained values below `layer`.
    public static long count(Layer layer) {
        return parameters(layer).values().stream()
                .mapToLong(p -> p.tensor().count())
                .sum();
    }

    private static void collect(Object node, Map<String, Parameter> found) {
        switch (node) {
            case null -> {}
            case Parameter p -> {
                Parameter same = found.putIfAbsent(p.path(), p);
                if (same != null && same.tensor() != p.tensor()) {
                    throw new IllegalStateException(
                            "[layers] two parameters are called %s; expected one, or one that is shared"
                                    .formatted(p.path()));
                }
            }
            case List<?> list -> list.forEach(item -> collect(item, found));
            case Layer layer -> {
                if (!layer.getClass().isRecord()) {
                    throw new IllegalStateException("[layers] %s is not a record, so its parameters cannot be found"
                            .formatted(layer.getClass().getName()));
                }
                for (RecordComponent component : layer.getClass().getRecordComponents()) {
                    collect(value(component, layer), found);
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
