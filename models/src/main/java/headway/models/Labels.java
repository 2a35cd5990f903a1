package headway.models;

import tools.jackson.databind.JsonNode;

/// Classes of a head, as `config.json` has them.
final class Labels {
    private Labels() {}

    /// `num_labels`, or the size of `id2label`, or 2: what Hugging Face leaves out of its files. BART's own number is
    /// 3.
    static int count(JsonNode config) {
        if (config.path("id2label").isObject()) {
            return config.path("id2label").size();
        }
        boolean bart = config.path("model_type").asString("").equals("bart");
        return config.path("num_labels").asInt(bart ? 3 : 2);
    }

    /// `problem_type`, or null where the labels tell.
    static String problemType(JsonNode config) {
        return config.path("problem_type").isString()
                ? config.path("problem_type").asString()
                : null;
    }
}
