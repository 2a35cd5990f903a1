package headway.generate.transform;

import java.util.List;

/// Forbids tokens altogether.
public record SuppressTokens(List<Integer> ids) implements LogitsTransform {
    public SuppressTokens {
        ids = List.copyOf(ids);
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        for (int id : ids) {
            if (id < scores.length) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
