package headway.tasks;

import tools.jackson.databind.JsonNode;

/// Names of a head's classes: `id2label`, else Hugging Face's `LABEL_0`, `LABEL_1` …
record ClassNames(JsonNode config) {
    /// Name of class `i`.
    String of(int i) {
        return config.path("id2label").path(Integer.toString(i)).asString("LABEL_" + i);
    }
}
