package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Truncation;
import java.util.List;

/// Turns texts into tokens that a model can read: none longer than its context, unless cut.
///
/// @param task for errors
/// @param length of the model's context
record TextReader(String task, LoadedModel model, ContextLength length) {
    static TextReader of(Task task, LoadedModel model) {
        return new TextReader(task.command(), model, ContextLength.of(model));
    }

    Tokenizer tokenizer() {
        return model.tokenizer();
    }

    /// Tokens of each text or pair, in their order.
    ///
    /// @throws TaskException when one is empty of tokens, or too long and `tooLong` refuses it
    List<Encoding> read(List<TextPair> texts, TooLong tooLong) {
        boolean pairs = texts.stream().anyMatch(t -> t.second() != null);
        boolean cut = tooLong == TooLong.TRUNCATE && length.window() < Integer.MAX_VALUE;
        List<Encoding> all = pairs ? pairs(texts, cut) : singles(texts, cut);
        for (int i = 0; i < all.size(); i++) {
            require(all.get(i), i, texts.get(i).first());
        }
        return all;
    }

    private List<Encoding> singles(List<TextPair> texts, boolean cut) {
        List<String> plain = texts.stream().map(TextPair::first).toList();
        return cut
                ? tokenizer().encodeAll(plain, true, truncation())
                : tokenizer().encodeAll(plain, true);
    }

    /// Spread over the cores, as the tokenizer does it for single texts.
    private List<Encoding> pairs(List<TextPair> texts, boolean cut) {
        return texts.parallelStream().map(t -> pair(t, cut)).toList();
    }

    private Encoding pair(TextPair text, boolean cut) {
        if (text.second() == null) {
            return singles(List.of(text), cut).getFirst();
        }
        return cut
                ? tokenizer()
                        .encodePairWindows(text.first(), text.second(), true, truncation())
                        .getFirst()
                : tokenizer().encodePair(text.first(), text.second(), true);
    }

    private Truncation truncation() {
        return new Truncation(
                length.window(),
                Truncation.Strategy.LONGEST_FIRST,
                tokenizer().config().truncationSide(),
                0);
    }

    private void require(Encoding text, int number, String said) {
        if (text.length() == 0) {
            throw new TaskException(
                    "[%s] text %d has no tokens: %s; give at least a word".formatted(task, number + 1, quoted(said)));
        }
        if (text.length() > length.positions()) {
            String remedy = task.equals(Task.MATCH.command())
                    ? "shorten it, or the sentence around it (--template '{}' is none)"
                    : "shorten it, or let it be cut (--truncate, TooLong.TRUNCATE)";
            throw new TaskException("[%s] text %d has %d tokens, but the model reads at most %d: %s; %s"
                    .formatted(task, number + 1, text.length(), length.positions(), quoted(said), remedy));
        }
    }

    static String quoted(String text) {
        String line = text.strip().replace('\n', ' ');
        return line.length() <= 40 ? "“" + line + "”" : "“" + line.substring(0, 40) + "…”";
    }

    /// The id that fills up a batch; the model does not look at it.
    int padId() {
        return tokenizer().padId().orElse(0);
    }
}
