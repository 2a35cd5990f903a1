package headway.tasks;

import headway.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Tiny checkpoints and what Hugging Face's pipelines say about them: `testkit/goldens/tasks.py`.
final class TaskGoldens {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .getParent()
            .resolve("testkit/goldens/tasks");

    private TaskGoldens() {}

    static Path folder(String name) {
        return ROOT.resolve(name);
    }

    /// Cases of `task` in the folder `name`.
    static List<JsonNode> cases(String name, String task) {
        var found = new ArrayList<JsonNode>();
        for (JsonNode c : Json.read(folder(name).resolve("cases.json"))) {
            if (c.path("task").asString("").equals(task)) {
                found.add(c);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no case of %s in %s".formatted(task, name));
        }
        return found;
    }

    static int topK(JsonNode c, int otherwise) {
        JsonNode k = c.path("options").path("top_k");
        return k.isNull() ? 0 : k.asInt(otherwise);
    }

    static TextPair pair(JsonNode input) {
        return input.isString()
                ? TextPair.of(input.stringValue())
                : new TextPair(
                        input.path("text").stringValue(),
                        input.path("text_pair").stringValue());
    }
}
