package headway.tasks;

import headway.generate.Generation;
import headway.generate.GenerationConfig;
import headway.io.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// How a checkpoint wants to write: its `generation_config.json`, and over it what a task and a user ask
/// for. Keys are Hugging Face's: `max_new_tokens`, `num_beams`, `temperature` …
///
/// @param file the checkpoint's own
/// @param given what is put over it
record Settings(JsonNode file, ObjectNode given) {
    static Settings of(LoadedModel model) {
        JsonNode file = model.pretrained().checkpoint() == null
                ? JsonNodeFactory.instance.objectNode()
                : GenerationConfig.of(model.pretrained().checkpoint());
        return new Settings(file, JsonNodeFactory.instance.objectNode());
    }

    /// The same with `value` where neither the file nor anybody has said something.
    Settings orElse(String key, Object value) {
        return said(key) ? this : with(Map.of(key, value));
    }

    /// The same with `more` over it.
    Settings with(Map<String, ?> more) {
        ObjectNode over = given.deepCopy();
        more.forEach((key, value) -> over.set(key, node(key, value)));
        return new Settings(file, over);
    }

    /// The same with the fields of `more` over it.
    Settings with(JsonNode more) {
        ObjectNode over = given.deepCopy();
        more.properties().forEach(p -> over.set(p.getKey(), p.getValue()));
        return new Settings(file, over);
    }

    /// What was given, else what the file says, else a missing node.
    JsonNode value(String key) {
        return said(given, key) ? given.path(key) : said(file, key) ? file.path(key) : MissingNode.getInstance();
    }

    boolean said(String key) {
        return said(file, key) || said(given, key);
    }

    private static boolean said(JsonNode in, String key) {
        return !in.path(key).isMissingNode() && !in.path(key).isNull();
    }

    private static JsonNode node(String key, Object value) {
        return switch (value) {
            case JsonNode n -> n;
            case null -> JsonNodeFactory.instance.nullNode();
            case String s -> JsonNodeFactory.instance.stringNode(s);
            case Number n -> Json.parse(n.toString(), key);
            case Boolean b -> JsonNodeFactory.instance.booleanNode(b);
            case List<?> all -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                all.forEach(one -> array.add(node(key, one)));
                yield array;
            }
            case int[] ids -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                Arrays.stream(ids).forEach(array::add);
                yield array;
            }
            default ->
                throw new TaskException("[generate] %s=%s; expected a number, a text, true or false, or a list of them"
                        .formatted(key, value));
        };
    }

    Generation read(LoadedModel model) {
        return GenerationConfig.read(file, given, model.folder().toString());
    }
}
