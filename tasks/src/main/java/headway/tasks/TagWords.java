package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.TokenSpelling;
import headway.io.tokenizer.Tokenizer;
import java.util.List;

/// Where words begin, and how their tokens are spelt as one.
///
/// A tokenizer with a mark for the parts of a word (`##`) says by a token's length whether it has one;
/// with others, a token that no space comes before is part of the word before it, as the reference
/// guesses.
record TagWords(Tokenizer tokenizer, TokenSpelling spelling) {
    /// A token with what the model says of it.
    ///
    /// @param scores of the classes
    /// @param word as the vocabulary spells it
    /// @param subword whether it goes on with the word before it
    record Token(double[] scores, String word, int start, int end, int index, boolean subword) {}

    static TagWords of(LoadedModel model) {
        return new TagWords(model.tokenizer(), TokenSpelling.of(model.folder()));
    }

    /// Token `t` of `window`.
    ///
    /// @param text its code points
    Token token(int[] text, Encoding window, int t, double[] scores) {
        String word = window.tokens().get(t);
        int start = window.offsets()[t][0];
        int end = window.offsets()[t][1];
        boolean subword = spelling.partMark().isEmpty()
                ? start > 0 && !space(text, start - 1) && !space(text, start)
                : word.codePointCount(0, word.length()) != end - start;
        if (tokenizer.unkId().isPresent()
                && window.ids()[t] == tokenizer.unkId().getAsInt()) {
            return new Token(scores, new String(text, start, end - start), start, end, t, false);
        }
        return new Token(scores, word, start, end, t, subword);
    }

    private static boolean space(int[] text, int at) {
        return at < text.length && text[at] == ' ';
    }

    /// Tokens as one text.
    String join(List<String> tokens) {
        return spelling.join(tokens);
    }
}
