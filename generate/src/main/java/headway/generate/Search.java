package headway.generate;

import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import headway.tensor.Tensor;
import java.util.List;

/// A search that follows several texts of each prompt at once.
sealed interface Search permits BeamSearch, GroupBeamSearch {
    /// Minus infinity as Hugging Face's searches have it, who add to it.
    float GONE = -1e9f;

    /// A text that ended.
    ///
    /// @param logProbability of the model's own logits
    record Found(Prompt prompt, TokenSequence tokens, double logProbability) {}

    /// A text on its way.
    ///
    /// @param score of which transforms are part
    record Running(TokenSequence tokens, float score, double logProbability) {}

    /// Takes the logits `(rows, vocab)` of the running texts; returns for each row the one it goes on from.
    int[] step(Tensor logits);

    boolean done();

    /// The best `count` texts of each prompt, best first.
    List<Found> best(int count);

    /// The search that `settings` ask for.
    ///
    /// @param rows those of a prompt in succession, as many as there are beams
    static Search of(List<Row> rows, Generation settings, List<LogitsTransform> transforms, int limit) {
        return settings.beams().groups() == 1
                ? new BeamSearch(rows, settings, transforms, limit)
                : new GroupBeamSearch(rows, settings, transforms, limit);
    }

    /// Log-probabilities of row `row` of logits `(rows, vocab)`.
    static float[] logSoftmax(Span logits, int row, int V) {
        float[] scores = new float[V];
        for (int v = 0; v < V; v++) {
            scores[v] = (float) logits.get((long) row * V + v);
        }
        logSoftmax(scores, row);
        return scores;
    }

    /// Scores become log-probabilities, in place; `row` is named where they are not finite.
    static void logSoftmax(float[] scores, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (float s : scores) {
            max = Math.max(max, s);
        }
        double sum = 0;
        for (float s : scores) {
            sum += Math.exp(s - max);
        }
        if (!Double.isFinite(max) || !(sum > 0)) {
            throw new IllegalStateException(
                    "[generate] logits of row %d are not finite: weights or inputs hold NaN or infinities"
                            .formatted(row));
        }
        double norm = max + Math.log(sum);
        for (int v = 0; v < scores.length; v++) {
            scores[v] = (float) (scores[v] - norm);
        }
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
