package headway.generate.transform;

import java.util.Arrays;

/// Whisper's rules for tokens that say a time: they come first, in pairs but for the last before the end,
/// never go back, and win over text where they are more probable together than any word.
///
/// [Radford et al. 2022](https://arxiv.org/abs/2212.04356), section 4.5, as Hugging Face has them.
///
/// @param noTimestamps the token that asks for none; the next one is 0.00 s
/// @param endOfText the end token: all below it are words
/// @param maxInitial most steps of time that a text may begin after; -1 for no limit
public record TimestampRules(int noTimestamps, int endOfText, int maxInitial) implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        int begin = noTimestamps + 1;
        scores[noTimestamps] = Float.NEGATIVE_INFINITY;
        int n = tokens.generated();
        boolean last = n >= 1 && time(tokens, 1, begin);
        boolean penultimate = n < 2 || time(tokens, 2, begin);
        if (last && penultimate) {
            forbid(scores, begin, scores.length);
        } else if (last) {
            forbid(scores, 0, endOfText);
        }
        int latest = -1;
        for (int i = 1; i <= n && latest < 0; i++) {
            latest = time(tokens, i, begin) ? tokens.get(tokens.length() - i) : -1;
        }
        if (latest >= 0) {
            forbid(scores, begin, last && !penultimate ? latest : latest + 1);
        }
        if (n == 0) {
            forbid(scores, 0, begin);
            if (maxInitial >= 0) {
                forbid(scores, Math.min(scores.length, begin + maxInitial + 1), scores.length);
            }
        }
        preferTimes(scores, begin);
    }

    /// Whether the token that is `back` from the end says a time.
    private static boolean time(TokenSequence tokens, int back, int begin) {
        return tokens.get(tokens.length() - back) >= begin;
    }

    private static void preferTimes(float[] scores, int begin) {
        double most = Double.NEGATIVE_INFINITY;
        for (float s : scores) {
            most = Math.max(most, s);
        }
        double times = 0;
        for (int i = begin; i < scores.length; i++) {
            times += Math.exp(scores[i] - most);
        }
        double word = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < begin; i++) {
            word = Math.max(word, scores[i]);
        }
        if (Math.log(times) + most > word) {
            forbid(scores, 0, begin);
        }
    }

    private static void forbid(float[] scores, int from, int to) {
        Arrays.fill(scores, from, Math.max(from, to), Float.NEGATIVE_INFINITY);
    }
}
