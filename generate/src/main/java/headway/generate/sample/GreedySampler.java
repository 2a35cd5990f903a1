package headway.generate.sample;

/// The highest score; of equal ones the lowest id.
public record GreedySampler() implements Sampler {
    @Override
    public int choose(float[] scores, RandomStream random, int step) {
        int best = -1;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > highest) {
                highest = scores[i];
                best = i;
            }
        }
        if (best < 0) {
            throw nothingLeft(scores);
        }
        return best;
    }

    /// Why no token can be chosen.
    static IllegalStateException nothingLeft(float[] scores) {
        for (float s : scores) {
            if (Float.isNaN(s)) {
                return new IllegalStateException(
                        "[generate] scores are not a number: weights or inputs hold NaN or infinities");
            }
        }
        return new IllegalStateException(
                "[generate] every token is forbidden; loosen suppressTokens, badWordsIds or noRepeatNgramSize");
    }
}
