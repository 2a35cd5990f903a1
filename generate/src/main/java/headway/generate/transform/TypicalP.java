package headway.generate.transform;

import java.util.Arrays;

/// Keeps the tokens whose information `-log p` is closest to the entropy, until they hold the mass `p`.
/// Locally typical sampling, [Meister et al. 2023](https://arxiv.org/abs/2202.00666).
///
/// As Hugging Face has it: tokens as far from the entropy as the one that completes the mass stay too.
///
/// @param least tokens that stay whatever the mass
public record TypicalP(double p, int least) implements LogitsTransform {
    /// At least one token.
    public TypicalP(double p) {
        this(p, 1);
    }

    public TypicalP {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("[generate] typicalP=%s; expected 0 < typicalP ≤ 1".formatted(p));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        double max = Scores.max(scores);
        double logTotal = Math.log(Scores.sumOfExp(scores, max));
        double entropy = Scores.entropy(scores);
        long[] order = new long[scores.length];
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != Float.NEGATIVE_INFINITY) {
                order[n++] = Scores.ascending(distance(scores[i], max + logTotal, entropy), i);
            }
        }
        Arrays.sort(order, 0, n);
        double mass = 0;
        int last = 0;
        for (; last < n - 1; last++) {
            mass += Math.exp(scores[(int) order[last]] - max - logTotal);
            if (mass >= p) {
                break;
            }
        }
        float farthest = distance(scores[(int) order[last]], max + logTotal, entropy);
        for (int i = Math.max(last + 1, least); i < n; i++) {
            int id = (int) order[i];
            if (distance(scores[id], max + logTotal, entropy) > farthest) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private static float distance(float score, double logSumExp, double entropy) {
        return (float) Math.abs(logSumExp - score - entropy);
    }
}
