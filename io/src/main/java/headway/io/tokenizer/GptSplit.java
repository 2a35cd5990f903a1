package headway.io.tokenizer;

/// GPT-2's cut of a text into words, inside which byte pairs merge.
///
/// The same as the regular expression
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, written out, because the cut takes
/// most of the time of tokenizing. Every character is in exactly one word.
final class GptSplit {
    private static final int LETTER = 0;
    private static final int NUMBER = 1;
    private static final int SPACE = 2;
    private static final int OTHER = 3;

    private static final byte[] ASCII = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            ASCII[c] = (byte) classify(c);
        }
    }

    private GptSplit() {}

    /// End of the word that begins at `start`; at most `end`, the end of the text to cut.
    static int next(String text, int start, int end) {
        char first = text.charAt(start);
        if (first == '\'') {
            int contraction = contraction(text, start + 1, end);
            if (contraction > 0) {
                return start + 1 + contraction;
            }
        }
        if (first == ' ' && start + 1 < end) {
            int kind = kind(text.codePointAt(start + 1));
            if (kind != SPACE) {
                return run(text, start + 1, end, kind);
            }
        }
        int kind = kind(text.codePointAt(start));
        int stop = run(text, start, end, kind);
        // The last space of a run belongs to the word behind it; all spaces are single chars.
        return kind == SPACE && stop < end && stop - start > 1 ? stop - 1 : stop;
    }

    private static int run(String text, int from, int end, int kind) {
        int i = from;
        while (i < end) {
            int c = text.codePointAt(i);
            if (kind(c) != kind) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    /// Length of `s`, `t`, `re`, `ve`, `m`, `ll` or `d` at `at`; 0 where none of them stands there.
    private static int contraction(String text, int at, int end) {
        if (at >= end) {
            return 0;
        }
        return switch (text.charAt(at)) {
            case 's', 't', 'm', 'd' -> 1;
            case 'r', 'v' -> at + 1 < end && text.charAt(at + 1) == 'e' ? 2 : 0;
            case 'l' -> at + 1 < end && text.charAt(at + 1) == 'l' ? 2 : 0;
            default -> 0;
        };
    }

    private static int kind(int c) {
        return c < 128 ? ASCII[c] : classify(c);
    }

    private static int classify(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> c >= '\t' && c <= '\r' || c == 0x85 ? SPACE : OTHER;
        };
    }
}
