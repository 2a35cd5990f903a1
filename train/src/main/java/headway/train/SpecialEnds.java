package headway.train;

import headway.io.tokenizer.Tokenizer;
import java.util.Arrays;

/// The special tokens that a tokenizer puts around a text.
///
/// @param before ids in front of it
/// @param behind ids after it
record SpecialEnds(int[] before, int[] behind) {
    static SpecialEnds of(Tokenizer tokenizer) {
        var around = tokenizer.encode("a", true);
        int[] special = around.specialTokensMask();
        int first = 0;
        while (special[first] == 1) {
            first++;
        }
        int last = special.length;
        while (special[last - 1] == 1) {
            last--;
        }
        return new SpecialEnds(
                Arrays.copyOf(around.ids(), first), Arrays.copyOfRange(around.ids(), last, special.length));
    }

    /// Number of tokens around a text.
    int length() {
        return before.length + behind.length;
    }
}
