package headway.tasks;

import headway.models.CausalModel;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// How many tokens a model reads.
///
/// @param positions tokens for which the model has learned positions; `Integer.MAX_VALUE` where it counts
///     on without
/// end
/// @param window tokens to which a text is cut: what the tokenizer's files say, at most `positions`
record ContextLength(int positions, int window) {
    /// Families whose positions are not a table: longer texts are read, if not well.
    private static final Set<String> ENDLESS = Set.of("modernbert", "t5", "mt5");

    private static final List<String> KEYS = List.of("max_position_embeddings", "n_positions");

    static ContextLength of(LoadedModel model) {
        int positions = positions(model);
        int said = model.tokenizer().modelMaxLength().orElse(Integer.MAX_VALUE);
        int trained = positions == Integer.MAX_VALUE ? trained(model.config()) : positions;
        return new ContextLength(positions, Math.min(Math.min(positions, said), trained));
    }

    private static int positions(LoadedModel model) {
        if (model.model() instanceof CausalModel causal) {
            return causal.positionLimit();
        }
        JsonNode config = model.config();
        String type = config.path("model_type").asString("");
        int positions = trained(config);
        if (ENDLESS.contains(type) || positions == Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        // RoBERTa counts from behind the padding id.
        boolean shifted = type.contains("roberta") || type.equals("camembert");
        return shifted ? positions - config.path("pad_token_id").asInt(1) - 1 : positions;
    }

    private static int trained(JsonNode config) {
        JsonNode text = config.path("text_config").isObject() ? config.path("text_config") : config;
        for (String key : KEYS) {
            if (text.path(key).isInt() && text.path(key).asInt() > 0) {
                return text.path(key).asInt();
            }
        }
        return Integer.MAX_VALUE;
    }
}
