package headway.io.tokenizer;

/// Turns ids into text one at a time, and never gives out half a character.
///
/// A token may end inside a character of several bytes, which decodes to U+FFFD until its other bytes are there. Such
/// an end is held back until it is whole, or until [#finish] says that nothing follows. What all calls give together
/// is what decoding all ids at once gives.
///
/// Not for use by several threads.
public final class StreamingDecoder {
    /// U+FFFDs at the end that may still become a character: the library gives one for each byte of an unfinished one.
    private static final int UNFINISHED = 3;

    /// Ids after which a run of broken bytes is cut, so that each call stays cheap.
    private static final int LONGEST_WINDOW = 64;

    private static final char REPLACEMENT = '\uFFFD';

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;

    /// The ids that are decoded together; those up to `context` were given out whole before and stay in for the
    /// spaces that some tokenizers put between tokens.
    private IntList window = new IntList();

    private int context;
    private int given;

    /// A decoder that leaves out special tokens, or writes them.
    public StreamingDecoder(Tokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    /// The text that `id` completes; often one word, sometimes nothing.
    public String next(int id) {
        window.add(id);
        String text = decode(window);
        int unfinished = unfinished(text);
        String out = give(text, text.length() - unfinished);
        if (unfinished == 0) {
            slide(context);
            context = window.size();
            given = decode(window).length();
        } else if (window.size() > LONGEST_WINDOW) {
            slide(window.size() - LONGEST_WINDOW / 2);
            context = 0;
            String rest = decode(window);
            given = rest.length() - unfinished(rest);
        }
        return out;
    }

    /// What is held back; broken bytes come out as U+FFFD. The decoder then begins anew.
    public String finish() {
        String text = decode(window);
        String out = give(text, text.length());
        window = new IntList();
        context = 0;
        given = 0;
        return out;
    }

    private String give(String text, int end) {
        String out = text.substring(Math.min(given, end), end);
        given = Math.max(given, end);
        return out;
    }

    private void slide(int first) {
        var rest = new IntList();
        for (int i = first; i < window.size(); i++) {
            rest.add(window.get(i));
        }
        window = rest;
    }

    private String decode(IntList ids) {
        return ids.size() == 0 ? "" : tokenizer.decode(ids.toArray(), skipSpecialTokens);
    }

    private static int unfinished(String text) {
        int count = 0;
        while (count < UNFINISHED && count < text.length() && text.charAt(text.length() - 1 - count) == REPLACEMENT) {
            count++;
        }
        return count;
    }
}
