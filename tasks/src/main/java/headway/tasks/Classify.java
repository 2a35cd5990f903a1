package headway.tasks;

import headway.io.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.List;

/// Classes of a text, as Hugging Face's `text-classification`: logits under softmax where one class is
/// right, under sigmoid where there is one class or each is for itself, as they are for a regression.
public final class Classify {
    private final LoadedModel model;
    private final TextReader reader;
    private final ClassNames names;

    /// @param label name of a class
    public record Label(String label, double score) {}

    /// @param topK classes to return, the best first; 0 for all
    /// @param scoring what becomes of logits
    public record Options(int topK, Scoring scoring, TooLong tooLong) {
        /// The best class.
        public static final Options DEFAULTS = new Options(1, Scoring.AUTOMATIC, TooLong.REFUSE);

        public Options {
            if (topK < 0) {
                throw new TaskException("[classify] topK=%d; expected 1 or more, or 0 for all".formatted(topK));
            }
        }

        /// The same with the `count` best classes; 0 for all.
        public Options withTopK(int count) {
            return new Options(count, scoring, tooLong);
        }

        /// The same with other scores.
        public Options withScoring(Scoring other) {
            return new Options(topK, other, tooLong);
        }

        /// The same with texts that are too long cut.
        public Options truncating() {
            return new Options(topK, scoring, TooLong.TRUNCATE);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it
    public Classify(LoadedModel model) {
        Task.CLASSIFY.require(model);
        this.model = model;
        this.reader = TextReader.of(Task.CLASSIFY, model);
        this.names = new ClassNames(model.config());
    }

    /// The best class of `text`.
    public Label classify(String text) {
        return classifyAll(List.of(TextPair.of(text)), Options.DEFAULTS)
                .getFirst()
                .getFirst();
    }

    /// Classes of `text`, the best first.
    public List<Label> classify(String text, Options options) {
        return classifyAll(List.of(TextPair.of(text)), options).getFirst();
    }

    /// Classes of each of `texts`, the best first.
    public List<List<Label>> classifyAll(List<TextPair> texts, Options options) {
        List<Encoding> encoded = reader.read(texts, options.tooLong);
        return EncoderPass.outputs(model, encoded, reader.padId(), outputs -> {
            float[] logits = outputs.of("logits");
            double[] scores = options.scoring.apply(logits, model.config());
            var best = new ArrayList<Label>();
            int count = options.topK == 0 ? scores.length : options.topK;
            for (int i : Probabilities.largest(scores, count)) {
                best.add(new Label(names.of(i), scores[i]));
            }
            return List.copyOf(best);
        });
    }
}
