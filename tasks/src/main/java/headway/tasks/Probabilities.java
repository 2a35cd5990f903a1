package headway.tasks;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Scores as probabilities.
final class Probabilities {
    private Probabilities() {}

    /// `exp(x_i) / Σ exp(x)`.
    static double[] softmax(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float x : logits) {
            most = Math.max(most, x);
        }
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logits[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /// `1 / (1 + exp(-x))`.
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Places of the `k` largest scores, the largest first; of equal ones the first.
    static int[] largest(double[] scores, int k) {
        if (k > 64) {
            return IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        int[] best = new int[Math.min(k, scores.length)];
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            int at = n;
            while (at > 0 && scores[best[at - 1]] < scores[i]) {
                at--;
            }
            if (at < best.length) {
                n = Math.min(n + 1, best.length);
                System.arraycopy(best, at, best, at + 1, n - at - 1);
                best[at] = i;
            }
        }
        return best;
    }
}
