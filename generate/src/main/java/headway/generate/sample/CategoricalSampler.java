package headway.generate.sample;

/// Draws id `i` with probability `softmax(scores)[i]`: the first id where the running sum passes `u · Σ exp`.
public record CategoricalSampler() implements Sampler {
    @Override
    public int choose(float[] scores, RandomStream random, int step) {
        float max = Float.NEGATIVE_INFINITY;
        for (float s : scores) {
            max = Math.max(max, s);
        }
        double total = 0;
        for (float s : scores) {
            if (s != Float.NEGATIVE_INFINITY) {
                total += Math.exp(s - max);
            }
        }
        if (!(total > 0)) {
            throw GreedySampler.nothingLeft(scores);
        }
        double target = random.uniform(step) * total;
        double sum = 0;
        int last = -1;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != Float.NEGATIVE_INFINITY) {
                sum += Math.exp(scores[i] - max);
                last = i;
                if (sum > target) {
                    return i;
                }
            }
        }
        return last;
    }
}
