package headway.generate.transform;

import java.util.Arrays;

/// After the start token alone, forces the token `id`: the language of a translation.
public record ForcedBos(int id) implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        if (tokens.length() == 1) {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            scores[id] = 0;
        }
    }
}
