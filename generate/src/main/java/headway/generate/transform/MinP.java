package headway.generate.transform;

/// Keeps tokens at least `p` times as probable as the most probable one. [Nguyen et al.
/// 2024](https://arxiv.org/abs/2407.01082).
public record MinP(double p) implements LogitsTransform {
    public MinP {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("[generate] minP=%s; expected 0 ≤ minP ≤ 1".formatted(p));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        // p(i) < p·p(max)  ⇔  score(i) - max < ln p: no exponential is needed.
        double threshold = Scores.max(scores) + Math.log(p);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < threshold) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
