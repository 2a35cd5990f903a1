package headway.tasks;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.softmax.CrossEntropyKernel;
import headway.models.Decoder;
import headway.nn.Pass;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// How probable a text is to a language model: `log p(token | all before it)` for each of its tokens but
/// the first, and the perplexity, `exp(-mean log p)`.
///
/// A text longer than the model reads is scored in windows: each begins `stride` tokens after the one
/// before it, and scores only the tokens that are new, with what it shares with the one before it as
/// their context. A smaller stride costs more passes and gives each token more context.
public final class Score {
    /// Rows of logits at once: the head's output is the widest tensor.
    private static final int ROWS = 256;

    private final LoadedModel model;
    private final Decoder decoder;

    /// @param token its text as the vocabulary spells it
    /// @param logProbability natural logarithm; NaN for the first, which nothing comes before
    public record TokenScore(int id, String token, double logProbability) {}

    /// @param logProbability the sum over all tokens but the first
    /// @param perplexity of the text; NaN where it has one token
    public record Scored(List<TokenScore> tokens, double logProbability, double perplexity) {}

    /// @param tokens that were scored
    public record Perplexity(double perplexity, double logProbability, long tokens) {}

    /// @param window tokens of a pass; 0 for what the model reads, at most 2048
    /// @param stride tokens from one window to the next; 0 for half a window
    public record Windows(int window, int stride) {
        /// The model's context, by halves.
        public static final Windows DEFAULTS = new Windows(0, 0);

        public Windows {
            if (window < 0 || window == 1 || stride < 0 || window > 0 && stride > window) {
                throw new TaskException(
                        "[score] window=%d, stride=%d; expected a window of at least 2 tokens, and a stride of at most that"
                                .formatted(window, stride));
            }
        }
    }

    /// @throws TaskException when the checkpoint is no language model
    public Score(LoadedModel model) {
        Task.SCORE.require(model);
        this.model = model;
        this.decoder = model.pretrained().decoder();
    }

    /// The score of each token of `text`.
    public Scored score(String text) {
        int[] ids = model.tokenizer().encodeIds(text, true);
        double[] scores = scores(ids, Windows.DEFAULTS, _ -> {});
        var tokens = new ArrayList<TokenScore>();
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            sum += i == 0 ? 0 : scores[i];
            tokens.add(new TokenScore(ids[i], model.tokenizer().tokenOf(ids[i]), scores[i]));
        }
        return new Scored(List.copyOf(tokens), sum, Math.exp(-sum / (ids.length - 1)));
    }

    /// The perplexity of `text`.
    public Perplexity perplexity(String text, Windows windows) {
        return perplexity(text, windows, _ -> {});
    }

    /// The same; `progress` hears how many tokens are done.
    ///
    /// @throws TaskException when the text has fewer than two tokens
    public Perplexity perplexity(String text, Windows windows, LongConsumer progress) {
        int[] ids = model.tokenizer().encodeIds(text, true);
        if (ids.length < 2) {
            throw new TaskException(
                    "[score] the text has %d tokens; at least two are needed, for the first has nothing before it"
                            .formatted(ids.length));
        }
        double sum = 0;
        long count = 0;
        for (double s : scores(ids, windows, progress)) {
            // With windows that share nothing, the first token of each has no context and no score.
            if (!Double.isNaN(s)) {
                sum += s;
                count++;
            }
        }
        return new Perplexity(Math.exp(-sum / count), sum, count);
    }

    private double[] scores(int[] ids, Windows windows, LongConsumer progress) {
        int context = Math.min(Math.min(decoder.positionLimit(), decoder.sizes().maxPositions()), 2048);
        int window = windows.window == 0 ? context : windows.window;
        if (window > decoder.positionLimit()) {
            throw new TaskException("[score] a window of %d tokens, but the model reads at most %d"
                    .formatted(window, decoder.positionLimit()));
        }
        int stride = windows.stride == 0 ? Math.max(1, window / 2) : windows.stride;
        double[] scores = new double[ids.length];
        java.util.Arrays.fill(scores, Double.NaN);
        int done = 0;
        for (int begin = 0; done < ids.length; begin += stride) {
            int from = begin;
            int end = Math.min(begin + window, ids.length);
            int first = Math.max(begin + 1, done);
            if (first < end) {
                model.run(() -> {
                    window(ids, from, first, end, scores);
                    return null;
                });
            }
            done = end;
            progress.accept(done);
        }
        return scores;
    }

    /// Scores of tokens `first … end - 1`, with those from `begin` on before them.
    private void window(int[] ids, int begin, int first, int end, double[] scores) {
        int T = end - begin;
        int[] part = java.util.Arrays.copyOfRange(ids, begin, end);
        for (int id : part) {
            if (id >= decoder.sizes().vocabSize()) {
                throw new TaskException(
                        "[score] the tokenizer gives token %d, but the model has %d; its files do not belong together"
                                .formatted(id, decoder.sizes().vocabSize()));
            }
        }
        Tensor tokens = Tensor.of(Shape.of("batch", 1, "seq", T), part);
        Tensor hidden = decoder.hidden(decoder.embed(tokens), Pass.from(1, T, 0, null));
        for (int at = first - 1 - begin; at < T - 1; at += ROWS) {
            int rows = Math.min(ROWS, T - 1 - at);
            Tensor logits = decoder.logits(hidden.narrow("seq", at, rows).copy());
            int V = logits.shape().last().size();
            Tensor labels = Tensor.allocate(Shape.of("seq", rows), DType.I32);
            Tensor loss = Tensor.allocate(labels.shape(), DType.F32);
            Tensor lse = Tensor.allocate(labels.shape(), DType.F32);
            for (int r = 0; r < rows; r++) {
                Memory.i32(labels.memory().address(r), part[at + r + 1]);
            }
            var memory = logits.contiguousMemory("score");
            Parallel.range(
                    rows,
                    16,
                    (lo, hi) -> CrossEntropyKernel.forward(
                            loss.memory(), lse.memory(), memory, labels.memory(), -100, V, lo, hi));
            for (int r = 0; r < rows; r++) {
                scores[begin + at + r + 1] = -loss.memory().get(r);
            }
        }
    }
}
