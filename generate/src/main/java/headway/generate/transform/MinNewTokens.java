package headway.generate.transform;

import java.util.Set;

/// Forbids the end tokens until `count` tokens have been generated.
public record MinNewTokens(int count, Set<Integer> eosTokenIds) implements LogitsTransform {
    public MinNewTokens {
        eosTokenIds = Set.copyOf(eosTokenIds);
        if (count < 0) {
            throw new IllegalArgumentException("[generate] minNewTokens=%d; expected at least 0".formatted(count));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        if (tokens.generated() < count) {
            for (int id : eosTokenIds) {
                if (id < scores.length) {
                    scores[id] = Float.NEGATIVE_INFINITY;
                }
            }
        }
    }
}
