package headway.tasks;

import headway.io.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which of several texts fit a question best: a cross-encoder reads the question with each of them.
///
/// The score is the sigmoid of the only logit, or what the folder's `sentence_transformers.activation_fn`
/// says; of a head with several classes it is the last one's, "entailed" or "relevant" as they are
/// written. [Nogueira & Cho 2019](https://arxiv.org/abs/1901.04085).
public final class Rerank {
    private final LoadedModel model;
    private final TextReader reader;

    /// @param index of the text among those given
    /// @param logit before any function
    /// @param score what texts are ordered by
    public record Ranked(int index, String text, double logit, double score) {}

    /// @param topK texts to return; 0 for all
    /// @param scoring what becomes of the logit
    public record Options(int topK, Scoring scoring, TooLong tooLong) {
        /// All texts; one that is too long is cut, as cross-encoders were trained.
        public static final Options DEFAULTS = new Options(0, Scoring.AUTOMATIC, TooLong.TRUNCATE);

        /// The same with the `count` best texts.
        public Options withTopK(int count) {
            return new Options(count, scoring, tooLong);
        }

        /// The same with other scores.
        public Options withScoring(Scoring other) {
            return new Options(topK, other, tooLong);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it
    public Rerank(LoadedModel model) {
        Task.RERANK.require(model);
        this.model = model;
        this.reader = TextReader.of(Task.RERANK, model);
    }

    /// `texts`, the one that fits `query` best first.
    public List<Ranked> rank(String query, List<String> texts) {
        return rank(query, texts, Options.DEFAULTS);
    }

    /// The same as `options` say.
    public List<Ranked> rank(String query, List<String> texts, Options options) {
        List<TextPair> pairs =
                texts.stream().map(text -> new TextPair(query, text)).toList();
        List<Encoding> encoded = reader.read(pairs, options.tooLong);
        Scoring scoring = plain() && options.scoring == Scoring.AUTOMATIC ? Scoring.NONE : options.scoring;
        List<double[]> scores = EncoderPass.outputs(model, encoded, reader.padId(), outputs -> {
            float[] logits = outputs.of("logits");
            int last = logits.length - 1;
            return new double[] {logits[last], scoring.apply(logits, model.config())[last]};
        });
        var ranked = new ArrayList<Ranked>();
        for (int i = 0; i < texts.size(); i++) {
            ranked.add(new Ranked(i, texts.get(i), scores.get(i)[0], scores.get(i)[1]));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
        return List.copyOf(options.topK == 0 ? ranked : ranked.subList(0, Math.min(options.topK, ranked.size())));
    }

    /// Whether the folder asks for the logit itself.
    private boolean plain() {
        var said = model.config().path("sentence_transformers").path("activation_fn");
        return said.asString("").endsWith("Identity");
    }
}
