package headway.generate.transform;

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

    /// A number that sorts as `value` does and, among equals, as `id` does; its lower half is the id.
    static long ascending(float value, int id) {
        int bits = Float.floatToIntBits(value + 0f); // -0 and 0 are equal scores
        int ordered = bits ^ (bits >> 31 & 0x7FFF_FFFF);
        return (long) ordered << 32 | id;
    }
}
