package headway.tasks;

import tools.jackson.databind.JsonNode;

/// What becomes of the logits of classes.
public enum Scoring {
    /// What the checkpoint's `problem_type` and its number of classes ask for.
    AUTOMATIC,
    /// Probabilities that add up to 1: one class is right.
    SOFTMAX,
    /// A probability for each class by itself.
    SIGMOID,
    /// The logits.
    NONE;

    /// Scores of `logits`.
    double[] apply(float[] logits, JsonNode config) {
        return switch (this == AUTOMATIC ? of(config, logits.length) : this) {
            case SOFTMAX -> Probabilities.softmax(logits);
            case SIGMOID -> map(logits, true);
            default -> map(logits, false);
        };
    }

    private static double[] map(float[] logits, boolean sigmoid) {
        double[] scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = sigmoid ? Probabilities.sigmoid(logits[i]) : logits[i];
        }
        return scores;
    }

    private static Scoring of(JsonNode config, int classes) {
        return switch (config.path("problem_type").asString("")) {
            case "regression" -> NONE;
            case "multi_label_classification" -> SIGMOID;
            default -> classes == 1 ? SIGMOID : SOFTMAX;
        };
    }
}
