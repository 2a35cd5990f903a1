package headway.generate.transform;

import java.util.Arrays;

/// Keeps the smallest set of most probable tokens whose probabilities sum to `p` or more; at least one token.
/// Nucleus sampling, [Holtzman et al. 2020](https://arxiv.org/abs/1904.09751).
///
/// Stated from below, as Hugging Face computes it: in ascending order, tokens go while their sum is at most `1 - p`.
/// Of equal scores the lower id goes first.
public record TopP(double p) implements LogitsTransform {
    public TopP {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("[generate] topP=%s; expected 0 ≤ topP ≤ 1".formatted(p));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        double max = Scores.max(scores);
        double total = Scores.sumOfExp(scores, max);
        double budget = (1 - p) * total;
        // Tokens this rare go whatever the order: all of them together stay within the budget. Few are left to sort.
        double rare = budget / scores.length;
        long[] order = new long[scores.length];
        double sum = 0;
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            double mass = Math.exp(scores[i] - max);
            if (mass < rare) {
                sum += mass;
                scores[i] = Float.NEGATIVE_INFINITY;
            } else {
                order[n++] = Scores.ascending(scores[i], i);
            }
        }
        Arrays.sort(order, 0, n);
        for (int i = 0; i < n - 1; i++) {
            int id = (int) order[i];
            sum += Math.exp(scores[id] - max);
            if (sum > budget) {
                return;
            }
            scores[id] = Float.NEGATIVE_INFINITY;
        }
    }
}
