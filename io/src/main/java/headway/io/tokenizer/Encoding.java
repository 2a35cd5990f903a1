package headway.io.tokenizer;

import java.util.List;

/// A tokenized text.
///
/// @param ids token ids
/// @param tokens the same tokens as the vocabulary spells them
/// @param offsets for each token `{start, end}` in the text, counted in code points as Hugging Face does; a token that
///     holds part of a character has the whole character's; `{0, 0}` for special tokens that are not in the text
public record Encoding(int[] ids, List<String> tokens, int[][] offsets) {
    /// Number of tokens.
    public int length() {
        return ids.length;
    }
}
