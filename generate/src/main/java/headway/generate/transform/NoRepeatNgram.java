package headway.generate.transform;

/// Forbids each token that would complete an n-gram which the sequence already holds. [Paulus et al.
/// 2017](https://arxiv.org/abs/1705.04304), section 2.5. As with Hugging Face, padding that the caller gave counts.
public record NoRepeatNgram(int n) implements LogitsTransform {
    public NoRepeatNgram {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "[generate] noRepeatNgramSize=%d; expected at least 1 here".formatted(n));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int length = tokens.length();
        int suffix = length - (n - 1);
        for (int from = 0; from + n <= length; from++) {
            int i = 0;
            while (i < n - 1 && tokens.get(from + i) == tokens.get(suffix + i)) {
                i++;
            }
            int next = tokens.get(from + n - 1);
            if (i == n - 1 && next < scores.length) {
                scores[next] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
