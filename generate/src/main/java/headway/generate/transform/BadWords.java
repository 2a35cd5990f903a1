package headway.generate.transform;

import java.util.List;
import java.util.Set;

/// Forbids sequences of tokens: the last token of each, where the sequence so far ends with the others.
///
/// As with Hugging Face, a bad word that is nothing but an end token is let through, the prompt counts as a beginning,
/// and an id outside the vocabulary is an error.
public record BadWords(List<List<Integer>> words) implements LogitsTransform {
    public BadWords {
        words = words.stream().map(List::copyOf).toList();
        for (List<Integer> word : words) {
            if (word.isEmpty() || word.stream().anyMatch(id -> id < 0)) {
                throw new IllegalArgumentException(
                        "[generate] badWordsIds holds %s; expected lists of token ids, none of them empty"
                                .formatted(word));
            }
        }
    }

    /// The words but those that are a single end token.
    public static BadWords butEndTokens(List<List<Integer>> words, Set<Integer> eosTokenIds) {
        return new BadWords(words.stream()
                .filter(word -> word.size() != 1 || !eosTokenIds.contains(word.getFirst()))
                .toList());
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        for (List<Integer> word : words) {
            int last = word.getLast();
            if (last >= scores.length) {
                throw new IllegalArgumentException("[generate] badWordsIds holds %s; the vocabulary ends at %d"
                        .formatted(word, scores.length - 1));
            }
            if (tokens.endsWithBeginningOf(word)) {
                scores[last] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
