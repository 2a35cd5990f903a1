package headway.tasks;

import headway.generate.TokenListener;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A text in fewer words, as Hugging Face's `summarization`: the prefix and settings of the checkpoint's
/// `task_specific_params`, else its `generation_config.json`.
public final class Summarize {
    private static final String KEY = "summarization";

    private final Rewriter rewriter;
    private final String prefix;

    /// @param settings under Hugging Face's names: `max_new_tokens`, `num_beams` …
    public record Options(Map<String, ?> settings, TooLong tooLong) {
        /// The checkpoint's own; a text that is too long is refused.
        public static final Options DEFAULTS = new Options(Map.of(), TooLong.REFUSE);

        public Options {
            settings = Map.copyOf(settings);
        }

        /// The same with these settings.
        public Options with(Map<String, ?> other) {
            return new Options(other, tooLong);
        }
    }

    /// @throws TaskException when the checkpoint writes no text about another
    public Summarize(LoadedModel model) {
        this.rewriter = new Rewriter(model, Task.SUMMARIZE);
        String said = rewriter.specific(KEY).path("prefix").asString("");
        // FLAN-T5 has no such file entry, and was trained with the same words.
        boolean t5 = model.config().path("model_type").asString("").equals("t5");
        this.prefix = said.isEmpty() && t5 ? "summarize: " : said;
    }

    /// A summary of `text`.
    public String summarize(String text) {
        return summarizeAll(List.of(text), Options.DEFAULTS).getFirst().text();
    }

    /// The same; `listener` hears it as it comes, where a single beam writes.
    public Written summarize(String text, Options options, TextListener listener) {
        return write(List.of(text), options, listener.ofFirst()).getFirst();
    }

    /// A summary of each of `texts`.
    public List<Written> summarizeAll(List<String> texts, Options options) {
        return write(texts, options, TokenListener.NONE);
    }

    private List<Written> write(List<String> texts, Options options, TokenListener listener) {
        List<String> prefixed = texts.stream().map(t -> prefix + t).toList();
        return rewriter.write(prefixed, KEY, UnaryOperator.identity(), options.settings, options.tooLong, listener);
    }
}
