package headway.generate.transform;

import java.util.Arrays;
import java.util.List;

/// As the last token before the limit, forces an end token.
///
/// @param limit most tokens to generate
public record ForcedEos(List<Integer> ids, int limit) implements LogitsTransform {
    public ForcedEos {
        ids = List.copyOf(ids);
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        if (tokens.generated() == limit - 1) {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            for (int id : ids) {
                scores[id] = 0;
            }
        }
    }
}
