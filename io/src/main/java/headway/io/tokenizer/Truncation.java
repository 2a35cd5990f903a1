package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.List;

/// How a text that is longer than a model reads is cut into windows.
///
/// The first window is what the Hugging Face library keeps, the others what it returns as overflowing tokens:
/// successive windows share `stride` tokens.
///
/// @param maxLength most tokens of a window, the special ones counted
/// @param strategy which text of a pair gives way
/// @param side where tokens are taken off
/// @param stride tokens that a window shares with the one before it
public record Truncation(int maxLength, Strategy strategy, Side side, int stride) {
    /// Which text of a pair gives way.
    public enum Strategy {
        /// The longer one, until both are equally long, then both.
        LONGEST_FIRST,
        /// The first.
        ONLY_FIRST,
        /// The second: a document behind a question.
        ONLY_SECOND
    }

    /// An end of a text.
    public enum Side {
        /// The beginning.
        LEFT,
        /// The end.
        RIGHT
    }

    /// Refuses negative numbers.
    public Truncation {
        if (maxLength < 1) {
            throw new IllegalArgumentException(
                    "[truncation] maxLength is %d; expected at least 1".formatted(maxLength));
        }
        if (stride < 0) {
            throw new IllegalArgumentException("[truncation] stride is %d; expected 0 or more".formatted(stride));
        }
    }

    /// Windows of at most `maxLength` tokens, cut on the right, the longer text first.
    public static Truncation to(int maxLength) {
        return new Truncation(maxLength, Strategy.LONGEST_FIRST, Side.RIGHT, 0);
    }

    /// Windows over the second text of a pair, as question answering wants them.
    public static Truncation secondOnly(int maxLength, int stride) {
        return new Truncation(maxLength, Strategy.ONLY_SECOND, Side.RIGHT, stride);
    }

    /// Lengths to which texts of `first` and `second` tokens are cut, with `special` tokens put around them.
    ///
    /// @throws TokenizerException when the special tokens alone fill the window, or the text that gives way is too
    ///     short
    int[] lengths(int first, int second, int special) {
        if (special > maxLength) {
            throw new TokenizerException(
                    "[truncation] maxLength is %d, but the tokenizer puts %d special tokens around a text; allow more tokens"
                            .formatted(maxLength, special));
        }
        int room = maxLength - special;
        int excess = first + second - room;
        if (excess <= 0) {
            return new int[] {first, second};
        }
        if (room == 0) {
            return new int[] {0, 0};
        }
        return switch (strategy) {
            case LONGEST_FIRST -> longestFirst(first, second, room);
            case ONLY_FIRST -> new int[] {shortened("first", first, excess), second};
            case ONLY_SECOND -> new int[] {first, shortened("second", second, excess)};
        };
    }

    private int[] longestFirst(int first, int second, int room) {
        int shorter = Math.min(first, second);
        int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = room - shorter;
        }
        return first > second ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }

    private int shortened(String which, int length, int excess) {
        if (length <= excess) {
            throw new TokenizerException(
                    "[truncation] to reach %d tokens the %s text would have to lose %d, but has %d; cut the other text, or allow more tokens"
                            .formatted(maxLength, which, excess, length));
        }
        return length - excess;
    }

    /// `text` cut into windows of at most `length` tokens, the one that is kept first.
    ///
    /// @throws TokenizerException when the stride leaves no room for new tokens
    List<Encoding> windows(Encoding text, int length) {
        int all = text.length();
        if (length >= all) {
            return List.of(text);
        }
        if (length == 0) {
            return List.of(text.slice(0, 0), text);
        }
        if (stride >= length) {
            throw new TokenizerException(
                    "[truncation] stride is %d, but a window has only %d tokens of the text; take a smaller stride"
                            .formatted(stride, length));
        }
        var windows = new ArrayList<Encoding>();
        boolean right = side == Side.RIGHT;
        for (int done = 0; ; done += length - stride) {
            int start = right ? done : Math.max(0, all - done - length);
            int end = right ? Math.min(all, done + length) : all - done;
            windows.add(text.slice(start, end));
            if (right ? end == all : start == 0) {
                return windows;
            }
        }
    }
}
