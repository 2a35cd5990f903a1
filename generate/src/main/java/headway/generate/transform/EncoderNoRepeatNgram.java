package headway.generate.transform;

/// Forbids each token that would complete an n-gram of the input: nothing is copied at this length.
public record EncoderNoRepeatNgram(int n) implements LogitsTransform {
    public EncoderNoRepeatNgram {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "[generate] encoderNoRepeatNgramSize=%d; expected at least 1 here".formatted(n));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int[] source = tokens.source();
        int suffix = tokens.length() - (n - 1);
        for (int from = 0; suffix >= 0 && from + n <= source.length; from++) {
            int i = 0;
            while (i < n - 1 && source[from + i] == tokens.get(suffix + i)) {
                i++;
            }
            int next = source[from + n - 1];
            if (i == n - 1 && next < scores.length) {
                scores[next] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
