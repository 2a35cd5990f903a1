package headway.generate.transform;

/// `score / temperature`: below 1 sharpens the distribution, above 1 flattens it.
/// [Ackley et al. 1985](https://doi.org/10.1207/s15516709cog0901_7).
public record Temperature(double temperature) implements LogitsTransform {
    public Temperature {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "[generate] temperature=%s; expected more than 0 here: 0 means greedy, which has no temperature"
                            .formatted(temperature));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        float by = (float) temperature;
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= by;
        }
    }
}
