package headway.generate.transform;

import java.util.Arrays;

/// Keeps the most probable tokens as long as what they add to the entropy stays below the part `h` of all of it; at
/// least one token. [Baghaei Potraghloo et al. 2025](https://arxiv.org/abs/2509.02510).
///
/// Of the hundred most probable tokens, as Hugging Face has it.
public record TopH(double h) implements LogitsTransform {
    private static final int MOST = 100;

    public TopH {
        if (!(h > 0 && h <= 1)) {
            throw new IllegalArgumentException("[generate] topH=%s; expected 0 < topH ≤ 1".formatted(h));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int n = Math.min(MOST, scores.length);
        long[] order = new long[scores.length];
        for (int v = 0; v < scores.length; v++) {
            order[v] = Scores.ascending(scores[v], v);
        }
        Arrays.sort(order);
        float[] likely = new float[n];
        for (int i = 0; i < n; i++) {
            likely[i] = scores[(int) order[scores.length - 1 - i]];
        }
        double bound = h * Scores.entropy(likely);
        double logSum = likely[0] + Math.log(Scores.sumOfExp(likely, likely[0]));
        double sum = 0;
        int kept = 0;
        while (kept < n) {
            double logP = likely[kept] - logSum;
            sum -= Math.exp(logP) * logP;
            if (kept > 0 && !(sum <= bound)) {
                break;
            }
            kept++;
        }
        for (int i = 0; i < scores.length - kept; i++) {
            scores[(int) order[i]] = Float.NEGATIVE_INFINITY;
        }
    }
}
