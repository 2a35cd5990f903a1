package headway.generate.transform;

import java.util.List;

/// Forbids tokens as the first one that is generated, or as the second where the first is forced.
///
/// @param afterForced whether a first token is forced after a start token
public record BeginSuppressTokens(List<Integer> ids, boolean afterForced) implements LogitsTransform {
    public BeginSuppressTokens {
        ids = List.copyOf(ids);
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int first = afterForced && tokens.promptLength() == 1 ? 1 : 0;
        if (tokens.generated() == first) {
            new SuppressTokens(ids).apply(scores, tokens);
        }
    }
}
