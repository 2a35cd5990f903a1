package headway.io.tokenizer;

import java.util.Arrays;
import java.util.List;

/// A tokenized text, or pair of texts.
///
/// @param ids token ids
/// @param tokens the same tokens as the vocabulary spells them
/// @param offsets for each token `{start, end}` in its own text, counted in code points as Hugging Face does; a token
///     that holds part of a character has the whole character's; `{0, 0}` for special tokens that are not in the text
/// @param typeIds what the model gets as `token_type_ids`: 0 and, where the tokenizer tells them apart, 1 for the
///     second text
/// @param specialTokensMask 1 for tokens that were put around the texts, 0 for those of the texts
/// @param sequenceIds which text a token is from, 0 or 1; -1 for tokens put around them
public record Encoding(
        int[] ids, List<String> tokens, int[][] offsets, int[] typeIds, int[] specialTokensMask, int[] sequenceIds) {

    /// Tokens of a single text with nothing around it.
    static Encoding ofText(int[] ids, List<String> tokens, int[][] offsets) {
        return new Encoding(ids, tokens, offsets, new int[ids.length], new int[ids.length], new int[ids.length]);
    }

    /// Number of tokens.
    public int length() {
        return ids.length;
    }

    /// Tokens `start` to `end`, the latter not included.
    Encoding slice(int start, int end) {
        return new Encoding(
                Arrays.copyOfRange(ids, start, end),
                tokens.subList(start, end),
                Arrays.copyOfRange(offsets, start, end),
                Arrays.copyOfRange(typeIds, start, end),
                Arrays.copyOfRange(specialTokensMask, start, end),
                Arrays.copyOfRange(sequenceIds, start, end));
    }
}
