package headway.generate.transform;

import java.util.Set;

/// Makes end tokens more likely the longer a text is beyond `start` new tokens: each adds `|score| (factor^n - 1)`.
///
/// @param eosTokenIds tokens that end a text
public record ExponentialDecay(int start, double factor, Set<Integer> eosTokenIds) implements LogitsTransform {
    public ExponentialDecay {
        eosTokenIds = Set.copyOf(eosTokenIds);
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int beyond = tokens.generated() - start;
        if (beyond <= 0) {
            return;
        }
        float by = (float) (Math.pow(factor, beyond) - 1);
        for (int id : eosTokenIds) {
            if (id < scores.length && Float.isFinite(scores[id])) {
                scores[id] += Math.abs(scores[id]) * by;
            }
        }
    }
}
