package headway.generate.transform;

import java.util.Set;

/// Forbids the end tokens until prompt and text together have `length` tokens.
public record MinLength(int length, Set<Integer> eosTokenIds) implements LogitsTransform {
    public MinLength {
        eosTokenIds = Set.copyOf(eosTokenIds);
        if (length < 0) {
            throw new IllegalArgumentException("[generate] minLength=%d; expected at least 0".formatted(length));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        if (tokens.length() < length) {
            for (int id : eosTokenIds) {
                if (id < scores.length) {
                    scores[id] = Float.NEGATIVE_INFINITY;
                }
            }
        }
    }
}
