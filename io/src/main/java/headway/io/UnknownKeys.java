package headway.io;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds keys that a record does not know: a misspelt `learnigRate` must not silently train with the
/// default.
///
/// Known are the components of the record and of the records and lists of records in it; below a
/// [JsonNode] component anything goes.
public final class UnknownKeys {
    private UnknownKeys() {}

    /// Checks all keys of `json` against `type`.
    ///
    /// @throws ConfigException that names every unknown key, each with the nearest known one
    public static void check(JsonNode json, Class<? extends Record> type, String file) {
        var faults = new ArrayList<String>();
        collect(json, type, "", faults);
        if (!faults.isEmpty()) {
            throw new ConfigException("[config] %s: %s".formatted(file, String.join("; ", faults)));
        }
    }

    private static void collect(JsonNode json, Class<?> type, String path, List<String> faults) {
        if (!json.isObject()) {
            return;
        }
        var known = new LinkedHashMap<String, Type>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.put(component.getName(), component.getGenericType());
        }
        for (var property : json.properties()) {
            Type inner = known.get(RecordNames.camel(property.getKey()));
            if (inner == null) {
                faults.add(fault(path, property.getKey(), known.sequencedKeySet()));
            } else {
                descend(property.getValue(), inner, path + property.getKey(), faults);
            }
        }
    }

    private static void descend(JsonNode json, Type type, String path, List<String> faults) {
        Class<?> raw = RecordNames.rawClass(type);
        if (raw.isRecord()) {
            collect(json, raw, path + ".", faults);
        } else if (type instanceof ParameterizedType list && raw == List.class) {
            int index = 0;
            for (JsonNode element : json.values()) {
                descend(element, list.getActualTypeArguments()[0], path + "[" + index++ + "]", faults);
            }
        }
    }

    private static String fault(String path, String key, java.util.SequencedCollection<String> known) {
        String nearest = NearestName.nearest(RecordNames.camel(key), known);
        return nearest == null
                ? "unknown key %s%s; known: %s".formatted(path, key, String.join(", ", known))
                : "unknown key %s%s; did you mean '%s%s'?".formatted(path, key, path, nearest);
    }
}
