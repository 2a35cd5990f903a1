package headway.generate.transform;

/// Divides positive and multiplies negative scores of tokens that occurred, in the prompt or since.
/// [Keskar et al. 2019](https://arxiv.org/abs/1909.05858), section 4.1; left padding does not count.
public record RepetitionPenalty(double penalty) implements LogitsTransform {
    public RepetitionPenalty {
        if (!(penalty > 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException(
                    "[generate] repetitionPenalty=%s; expected more than 0 (1 changes nothing)".formatted(penalty));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        float by = (float) penalty;
        for (int id = tokens.nextSeen(0); id >= 0 && id < scores.length; id = tokens.nextSeen(id + 1)) {
            scores[id] = scores[id] < 0 ? scores[id] * by : scores[id] / by;
        }
    }
}
