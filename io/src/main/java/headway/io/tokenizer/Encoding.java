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
/// @param wordIds which word of its text a token is part of, as the tokenizer cuts words; -1 where there
///     is none, or where it cuts none
public record Encoding(
        int[] ids,
        List<String> tokens,
        int[][] offsets,
        int[] typeIds,
        int[] specialTokensMask,
        int[] sequenceIds,
        int[] wordIds) {

    /// Tokens of a single text with nothing around it.
    static Encoding ofText(int[] ids, List<String> tokens, int[][] offsets) {
        int[] none = new int[ids.length];
        Arrays.fill(none, -1);
        return ofText(ids, tokens, offsets, none);
    }

    /// The same with the words that tokens are part of.
    static Encoding ofText(int[] ids, List<String> tokens, int[][] offsets, int[] wordIds) {
        int n = ids.length;
        return new Encoding(ids, tokens, offsets, new int[n], new int[n], new int[n], wordIds);
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
                Arrays.copyOfRange(sequenceIds, start, end),
                Arrays.copyOfRange(wordIds, start, end));
    }
}
