package headway.generate;

import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Predicate;

/// A search that follows several texts of each prompt at once.
sealed interface Search permits BeamSearch, GroupBeamSearch {
    /// Minus infinity as Hugging Face's searches have it, who add to it.
    float GONE = -1e9f;

    /// A text that ended.
    ///
    /// @param sums of its tokens
    record Found(Prompt prompt, TokenSequence tokens, Sums sums) {}

    /// A text on its way.
    ///
    /// @param score of which transforms are part
    record Running(TokenSequence tokens, float score, Sums sums) {
        /// A text of which nothing is written yet.
        static Running at(TokenSequence prompt, float score) {
            return new Running(prompt, score, new Sums(0, 0));
        }
    }

    /// Log-probabilities of a text's tokens.
    ///
    /// @param own of the model's own logits
    /// @param scored of the scores that tokens were chosen by, where the settings ask for it
    record Sums(double own, double scored) {}

    /// What may follow a text.
    ///
    /// @param own log-probabilities of the model
    /// @param scores the same after all transforms
    /// @param norm log of the sum of their exponentials, where the settings ask for it
    record Next(float[] own, float[] scores, double norm) {
        Sums with(Sums before, int id, Generation settings) {
            return new Sums(before.own + own[id], settings.outputScores() ? before.scored + scores[id] - norm : 0);
        }
    }

    /// What may follow `text`, whose row of logits is `row`.
    ///
    /// @param transforms in their order
    static Next next(Span logits, int row, int V, Running text, Generation settings, List<LogitsTransform> transforms) {
        float[] own = new float[V];
        MemorySegment.copy(logits.segment(), ValueLayout.JAVA_FLOAT, 4L * row * V, own, 0, V);
        logSoftmax(own, row);
        float[] scores = own.clone();
        for (LogitsTransform transform : transforms) {
            transform.apply(scores, text.tokens);
        }
        return new Next(own, scores, settings.outputScores() ? norm(scores, row) : 0);
    }

    /// Takes the logits `(rows, vocab)` of the running texts; returns for each row the one it goes on from.
    int[] step(Tensor logits);

    boolean done();

    /// The best `count` texts of each prompt, best first.
    List<Found> best(int count);

    /// The search that `settings` ask for.
    ///
    /// @param rows those of a prompt in succession, as many as there are beams
    /// @param stops whether tokens that were generated spell a string that ends a text
    static Search of(
            List<Row> rows,
            Generation settings,
            List<LogitsTransform> transforms,
            int limit,
            Predicate<TokenSequence> stops) {
        return settings.beams().groups() == 1
                ? new BeamSearch(rows, settings, transforms, limit, stops)
                : new GroupBeamSearch(rows, settings, transforms, limit);
    }

    /// Scores become log-probabilities, in place; `row` is named where they are not finite.
    static void logSoftmax(float[] scores, int row) {
        double norm = norm(scores, row);
        for (int v = 0; v < scores.length; v++) {
            scores[v] = (float) (scores[v] - norm);
        }
    }

    /// `log Σ exp(score)`.
    static double norm(float[] scores, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (float s : scores) {
            max = Math.max(max, s);
        }
        double sum = 0;
        for (float s : scores) {
            sum += s == Float.NEGATIVE_INFINITY ? 0 : Math.exp(s - max);
        }
        if (!Double.isFinite(max) || !(sum > 0)) {
            throw new IllegalStateException(
                    "[generate] logits of row %d are not finite: weights or inputs hold NaN or infinities"
                            .formatted(row));
        }
        return max + Math.log(sum);
    }

    /// Positions of the `n` largest values, largest first; of equals the earlier one.
    static int[] top(float[] values, int n) {
        int[] best = new int[n];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            if (found == n && !(values[i] > values[best[n - 1]])) {
                continue;
            }
            int at = found < n ? found++ : n - 1;
            while (at > 0 && values[i] > values[best[at - 1]]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = i;
        }
        return best;
    }
}
