package headway.generate.transform;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One sequence of a batch: its prompt, as the caller gave it, and what was generated so far.
///
/// Padding that the caller put before the prompt is part of the sequence, as it is of Hugging Face's `input_ids`;
/// padding that the engine adds, to make a batch of prompts of different lengths, is not.
public final class TokenSequence {
    private final int promptLength;
    private final int start;
    private final int[] source;
    private final BitSet seen = new BitSet();
    private int[] ids;
    private int length;

    /// @param start tokens of left padding at the front of `prompt`
    public TokenSequence(int[] prompt, int start) {
        this(prompt, start, null);
    }

    /// @param source the input that the text is about, padding included; null where it is the prompt itself
    public TokenSequence(int[] prompt, int start, int[] source) {
        this.source = source == null ? prompt : source;
        this.ids = Arrays.copyOf(prompt, prompt.length + 32);
        this.promptLength = prompt.length;
        this.start = start;
        this.length = prompt.length;
        for (int i = start; i < length; i++) {
            seen.set(prompt[i]);
        }
    }

    /// A sequence without padding.
    public static TokenSequence of(int... prompt) {
        return new TokenSequence(prompt, 0);
    }

    /// A copy that goes on by itself.
    public TokenSequence copy() {
        var copy = new TokenSequence(Arrays.copyOf(ids, promptLength), start, source);
        for (int i = promptLength; i < length; i++) {
            copy.add(ids[i]);
        }
        return copy;
    }

    /// Adds a generated token.
    public void add(int id) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = id;
        seen.set(id);
    }

    /// Token number `i`.
    public int get(int i) {
        return ids[i];
    }

    /// Tokens in all: padding, prompt and generated.
    public int length() {
        return length;
    }

    /// Tokens of the prompt, its padding included.
    public int promptLength() {
        return promptLength;
    }

    /// Tokens of left padding.
    public int start() {
        return start;
    }

    /// Tokens generated so far.
    public int generated() {
        return length - promptLength;
    }

    /// The input that the text is about: the prompt, or what an encoder has read.
    int[] source() {
        return source;
    }

    /// Whether the tokens end with `word` but its last.
    boolean endsWithBeginningOf(List<Integer> word) {
        int n = word.size() - 1;
        if (n > length) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (ids[length - n + i] != word.get(i)) {
                return false;
            }
        }
        return true;
    }

    /// The generated tokens.
    public int[] generatedIds() {
        return Arrays.copyOfRange(ids, promptLength, length);
    }

    /// The ids that occur, left padding not counted, ascending: `for (id = nextSeen(0); id >= 0; id = nextSeen(id +
    /// 1))`.
    public int nextSeen(int from) {
        return seen.nextSetBit(from);
    }
}
