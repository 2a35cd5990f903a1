package headway.generate.transform;

import java.util.Arrays;

/// What several transforms compute over a row of scores.
final class Scores {
    private Scores() {}

    /// The largest score.
    static double max(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float s : scores) {
            max = Math.max(max, s);
        }
        return max;
    }

    /// `Σ exp(score - max)`; forbidden tokens add nothing.
    static double sumOfExp(float[] scores, double max) {
        double sum = 0;
        for (float s : scores) {
            if (s != Float.NEGATIVE_INFINITY) {
                sum += Math.exp(s - max);
            }
        }
        return sum;
    }

    /// The entropy of the distribution that `scores` mean.
    static double entropy(float[] scores) {
        double max = max(scores);
        double logTotal = Math.log(sumOfExp(scores, max));
        double entropy = 0;
        for (float s : scores) {
            if (s != Float.NEGATIVE_INFINITY) {
                double logP = s - max - logTotal;
                entropy -= Math.exp(logP) * logP;
            }
        }
        return entropy;
    }

    /// Forbids tokens less probable than `p` that are not among the `least` most probable.
    static void cutBelow(float[] scores, double p, int least) {
        double max = max(scores);
        double total = sumOfExp(scores, max);
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        float kept = sorted[Math.max(0, sorted.length - least)];
        for (int v = 0; v < scores.length; v++) {
            if (Math.exp(scores[v] - max) / total < p && scores[v] < kept) {
                scores[v] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /// A number that sorts as `value` does and, among equals, as `id` does; its lower half is the id.
    static long ascending(float value, int id) {
        int bits = Float.floatToIntBits(value + 0f); // -0 and 0 are equal scores
        int ordered = bits ^ (bits >> 31 & 0x7FFF_FFFF);
        return (long) ordered << 32 | id;
    }
}
