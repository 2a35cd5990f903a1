package headway.generate.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each transform against a table, or against the most naive statement of it.
class TransformsTest {
    private static final float NO = Float.NEGATIVE_INFINITY;
    private static final TokenSequence NOTHING = TokenSequence.of(0);

    private static float[] logs(double... probabilities) {
        float[] scores = new float[probabilities.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.log(probabilities[i]);
        }
        return scores;
    }

    private static Set<Integer> kept(LogitsTransform transform, float[] scores) {
        float[] after = scores.clone();
        transform.apply(after, NOTHING);
        var kept = new java.util.TreeSet<Integer>();
        for (int i = 0; i < scores.length; i++) {
            assertThat(after[i]).isIn(scores[i], NO);
            if (after[i] != NO) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static float[] random(int n, long seed) {
        var random = new Random(seed);
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
            scores[i] = (float) (4 * random.nextGaussian());
        }
        return scores;
    }

    private static double[] softmax(float[] scores) {
        double[] p = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(scores[i]);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /// What is kept of tokens ordered by `key` while the mass before each is below `mass`.
    private static Set<Integer> untilMass(double[] p, Comparator<Integer> key, double mass) {
        var kept = new java.util.TreeSet<Integer>();
        double sum = 0;
        for (int i : IntStream.range(0, p.length).boxed().sorted(key).toList()) {
            if (sum >= mass && !kept.isEmpty()) {
                break;
            }
            kept.add(i);
            sum += p[i];
        }
        return kept;
    }

    @ParameterizedTest
    @CsvSource({"0.25, 1", "0.3, 1", "0.5, 2", "0.65, 2", "0.7, 3", "0.95, 4", "0.999, 5", "1, 5", "0, 1"})
    void topPKeepsAsManyAsTheMassNeeds(double p, int count) {
        // Probabilities 0.4, 0.27, 0.2, 0.1, 0.03 at mixed places.
        float[] scores = logs(0.1, 0.4, 0.03, 0.2, 0.27);
        List<Integer> byMass = List.of(1, 4, 3, 0, 2);
        assertThat(kept(new TopP(p), scores)).containsExactlyInAnyOrderElementsOf(byMass.subList(0, count));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9, 0.97, 0.9999})
    void topPEqualsTheNaiveComputation(double p) {
        for (int seed = 0; seed < 20; seed++) {
            float[] scores = random(301, seed);
            double[] probabilities = softmax(scores);
            assertThat(kept(new TopP(p), scores))
                    .isEqualTo(untilMass(probabilities, Comparator.comparingDouble(i -> -probabilities[i]), p));
        }
    }

    @Test
    void beamsKeepTokensToGoOnWith() {
        float[] scores = logs(0.7, 0.2, 0.06, 0.04);
        assertThat(kept(new AtLeast(2, new TopP(0.5)), scores)).containsExactly(0, 1);
        assertThat(kept(new AtLeast(3, new MinP(0.9)), scores)).containsExactly(0, 1, 2);
        assertThat(kept(new AtLeast(9, new TopP(0.5)), scores)).hasSize(4);
        assertThat(kept(new AtLeast(2, new TopP(0.5)), new float[] {1, 1, 1, 1}))
                .containsExactly(2, 3);
        // Closest to the entropy, 0.87: -log 0.7 and then -log 0.2.
        assertThat(kept(new TypicalP(0.1), scores)).hasSize(1);
        assertThat(kept(new TypicalP(0.1, 2), scores)).containsExactly(0, 1);
    }

    @Test
    void topPOfEqualScoresDropsLowIdsFirst() {
        assertThat(kept(new TopP(0.5), new float[] {1, 1, 1, 1})).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void typicalPEqualsTheNaiveComputation(double p) {
        for (int seed = 0; seed < 20; seed++) {
            float[] scores = random(301, seed);
            double[] probabilities = softmax(scores);
            double entropy =
                    Arrays.stream(probabilities).map(q -> -q * Math.log(q)).sum();
            assertThat(kept(new TypicalP(p), scores))
                    .isEqualTo(untilMass(
                            probabilities,
                            Comparator.comparingDouble(i -> Math.abs(-Math.log(probabilities[i]) - entropy)),
                            p));
        }
    }

    @Test
    void typicalPMayDropTheMostProbableToken() {
        // Entropy 1.28; surprises 0.51, 2.3, 2.3, 2.3, 2.3: the common token is closer here …
        assertThat(kept(new TypicalP(0.3), logs(0.6, 0.1, 0.1, 0.1, 0.1))).containsExactly(0);
        // … and here the entropy is 1.75, the surprise of tokens of 0.12 is 2.1, that of 0.4 is 0.92.
        assertThat(kept(new TypicalP(0.5), logs(0.4, 0.12, 0.12, 0.12, 0.12, 0.12)))
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void minPIsRelativeToTheBest() {
        float[] scores = logs(0.5, 0.26, 0.14, 0.1);
        assertThat(kept(new MinP(0.25), scores)).containsExactly(0, 1, 2);
        assertThat(kept(new MinP(0.5), scores)).containsExactly(0, 1);
        assertThat(kept(new MinP(1), scores)).containsExactly(0);
        assertThat(kept(new MinP(0), scores)).hasSize(4);
    }

    @Test
    void topKKeepsTies() {
        assertThat(kept(new TopK(2), new float[] {3, 1, 2, 2, 0})).containsExactly(0, 2, 3);
        assertThat(kept(new TopK(9), new float[] {3, 1})).containsExactly(0, 1);
        for (int seed = 0; seed < 20; seed++) {
            float[] scores = random(777, seed);
            float[] sorted = scores.clone();
            Arrays.sort(sorted);
            for (int k : new int[] {1, 2, 50, 776}) {
                assertThat(kept(new TopK(k), scores)).hasSize(k).allMatch(i -> scores[i] >= sorted[sorted.length - k]);
            }
        }
    }

    @Test
    void cutsLookOnlyAtWhatIsAllowed() {
        float[] scores = {5, NO, 4, NO, 1};
        assertThat(kept(new TopK(2), scores)).containsExactly(0, 2);
        assertThat(kept(new TopP(0.9), scores)).containsExactly(0, 2);
        assertThat(kept(new TypicalP(0.99), scores)).containsExactly(0, 2, 4);
        assertThat(kept(new TypicalP(0.5), new float[] {NO, 3, NO})).containsExactly(1);
        assertThat(kept(new MinP(0.1), scores)).containsExactly(0, 2);
    }

    @Test
    void temperatureDivides() {
        float[] scores = {2, -1, NO};
        new Temperature(0.5).apply(scores, NOTHING);
        assertThat(scores).containsExactly(4, -2, NO);
    }

    @Test
    void repetitionPenaltyCountsThePromptButNotItsPadding() {
        float[] scores = {3, -3, 3, -3, 3};
        var tokens = new TokenSequence(new int[] {0, 0, 2, 2, 99}, 2);
        tokens.add(3);
        new RepetitionPenalty(1.5).apply(scores, tokens);
        assertThat(scores).containsExactly(3, -3, 2, -4.5f, 3);
    }

    @Test
    void noRepeatNgramForbidsWhatWouldCompleteOne() {
        assertThat(forbidden(new NoRepeatNgram(2), TokenSequence.of(1, 2, 3, 1, 4, 1)))
                .containsExactly(2, 4);
        assertThat(forbidden(new NoRepeatNgram(3), TokenSequence.of(1, 2, 3, 1, 2)))
                .containsExactly(3);
        assertThat(forbidden(new NoRepeatNgram(1), TokenSequence.of(1, 2, 1))).containsExactly(1, 2);
        assertThat(forbidden(new NoRepeatNgram(4), TokenSequence.of(1, 2, 1))).isEmpty();
        assertThat(forbidden(new NoRepeatNgram(2), TokenSequence.of(1, 1))).containsExactly(1);
    }

    @Test
    void noRepeatNgramEqualsTheNaiveComputation() {
        var random = new Random(5);
        for (int n = 1; n <= 4; n++) {
            int[] ids = random.ints(60, 0, 4).toArray();
            var expected = new java.util.TreeSet<Integer>();
            for (int next = 0; next < 6; next++) {
                int[] longer = Arrays.copyOf(ids, ids.length + 1);
                longer[ids.length] = next;
                var grams = new ArrayList<List<Integer>>();
                for (int i = 0; i + n <= longer.length; i++) {
                    grams.add(Arrays.stream(longer, i, i + n).boxed().toList());
                }
                if (grams.subList(0, grams.size() - 1).contains(grams.getLast())) {
                    expected.add(next);
                }
            }
            assertThat(forbidden(new NoRepeatNgram(n), TokenSequence.of(ids))).isEqualTo(expected);
        }
    }

    private static Set<Integer> forbidden(LogitsTransform transform, TokenSequence tokens) {
        float[] scores = new float[6];
        transform.apply(scores, tokens);
        var forbidden = new java.util.TreeSet<Integer>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == NO) {
                forbidden.add(i);
            }
        }
        return forbidden;
    }

    @Test
    void badWordsAreForbiddenAtTheirLastToken() {
        var words = List.of(List.of(1), List.of(2, 3), List.of(4, 5, 0), List.of(9, 9, 9, 4));
        assertThat(forbidden(new BadWords(words), TokenSequence.of(2))).containsExactly(1, 3);
        assertThat(forbidden(new BadWords(words), TokenSequence.of(2, 4, 5))).containsExactly(0, 1);
        assertThat(forbidden(new BadWords(words), TokenSequence.of(5))).containsExactly(1);
    }

    @Test
    void badWordsLetEndTokensThroughButNotWordsThatHoldThem() {
        var words = List.of(List.of(2), List.of(1, 2), List.of(3));
        assertThat(forbidden(BadWords.butEndTokens(words, Set.of(2)), TokenSequence.of(0)))
                .containsExactly(3);
        assertThat(forbidden(BadWords.butEndTokens(words, Set.of(2)), TokenSequence.of(1)))
                .containsExactly(2, 3);
        assertThatThrownBy(() -> forbidden(new BadWords(List.of(List.of(6))), NOTHING))
                .hasMessage("[generate] badWordsIds holds [6]; the vocabulary ends at 5");
    }

    @Test
    void minNewTokensCountsGeneratedOnes() {
        var tokens = TokenSequence.of(1, 1, 1);
        var least = new MinNewTokens(2, Set.of(4, 5, 77));
        assertThat(forbidden(least, tokens)).containsExactly(4, 5);
        tokens.add(1);
        assertThat(forbidden(least, tokens)).containsExactly(4, 5);
        tokens.add(1);
        assertThat(forbidden(least, tokens)).isEmpty();
    }

    @Test
    void suppressedTokensNeverCome() {
        assertThat(forbidden(new SuppressTokens(List.of(0, 5, 6)), NOTHING)).containsExactly(0, 5);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new TopP(1.1)).hasMessage("[generate] topP=1.1; expected 0 ≤ topP ≤ 1");
        assertThatThrownBy(() -> new TypicalP(0)).hasMessage("[generate] typicalP=0.0; expected 0 < typicalP ≤ 1");
        assertThatThrownBy(() -> new MinP(-0.1)).hasMessage("[generate] minP=-0.1; expected 0 ≤ minP ≤ 1");
        assertThatThrownBy(() -> new TopK(0)).hasMessage("[generate] topK=0; expected at least 1");
        assertThatThrownBy(() -> new RepetitionPenalty(0)).hasMessageContaining("repetitionPenalty=0.0; expected more");
        assertThatThrownBy(() -> new Temperature(0)).hasMessageContaining("temperature=0.0; expected more than 0");
        assertThatThrownBy(() -> new BadWords(List.of(List.of())))
                .hasMessage("[generate] badWordsIds holds []; expected lists of token ids, none of them empty");
    }

    @Test
    void theInputsTokensAreFavoured() {
        float[] scores = {2, -2, 1, -1};
        new EncoderRepetitionPenalty(2).apply(scores, new TokenSequence(new int[] {3}, 0, new int[] {0, 1, 1}));
        assertThat(scores).containsExactly(4, -1, 1, -1);
        float[] ofPrompt = {2, -2, 1, -1};
        new EncoderRepetitionPenalty(2).apply(ofPrompt, TokenSequence.of(2));
        assertThat(ofPrompt).containsExactly(2, -2, 2, -1);
    }

    @Test
    void nothingOfTheInputIsCopied() {
        float[] scores = new float[6];
        TokenSequence tokens = new TokenSequence(new int[] {5}, 0, new int[] {1, 2, 3, 1, 4});
        tokens.add(1);
        new EncoderNoRepeatNgram(2).apply(scores, tokens);
        assertThat(scores).containsExactly(0, 0, NO, 0, NO, 0);
        float[] single = new float[6];
        new EncoderNoRepeatNgram(1).apply(single, tokens);
        assertThat(single).containsExactly(0, NO, NO, NO, NO, 0);
        float[] long3 = new float[6];
        new EncoderNoRepeatNgram(4).apply(long3, tokens);
        assertThat(long3).containsOnly(0);
    }

    @Test
    void sequencesAreBiased() {
        var bias = new SequenceBias(List.of(
                new SequenceBias.Bias(List.of(1), 2),
                new SequenceBias.Bias(List.of(3, 1), 0.5),
                new SequenceBias.Bias(List.of(4, 2), 7)));
        float[] scores = new float[5];
        bias.apply(scores, TokenSequence.of(0, 3));
        assertThat(scores).containsExactly(0, 2.5f, 0, 0, 0);
        assertThatThrownBy(() -> bias.apply(new float[3], TokenSequence.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[generate] sequenceBias holds [3, 1]; the vocabulary ends at 2");
    }

    @Test
    void endsBecomeLikelier() {
        var decay = new ExponentialDecay(1, 2, Set.of(0, 2));
        float[] scores = {-3, 1, 2};
        TokenSequence tokens = TokenSequence.of(1);
        tokens.add(1);
        decay.apply(scores, tokens);
        assertThat(scores).containsExactly(-3, 1, 2);
        tokens.add(1);
        tokens.add(1);
        decay.apply(scores, tokens);
        assertThat(scores).containsExactly(6, 1, 8);
    }

    @Test
    void rareTokensGo() {
        float[] scores = logs(0.5, 0.3, 0.15, 0.05);
        assertThat(kept(new EpsilonCutoff(0.2, 1), scores)).containsExactly(0, 1);
        assertThat(kept(new EpsilonCutoff(0.9, 1), scores)).containsExactly(0);
        assertThat(kept(new EpsilonCutoff(0.9, 3), scores)).containsExactly(0, 1, 2);
        // H = 1.142, so min(0.3, √0.3 · e^-H) = 0.1748
        assertThat(kept(new EtaCutoff(0.3, 1), scores)).containsExactly(0, 1);
        assertThat(kept(new EtaCutoff(0.05, 1), scores)).containsExactly(0, 1, 2);
    }

    @Test
    void entropyIsFilledUp() {
        // -p log p: 0.347, 0.361, 0.285, 0.150; together 1.142
        float[] scores = logs(0.5, 0.3, 0.15, 0.05);
        assertThat(kept(new TopH(0.1), scores)).containsExactly(0);
        assertThat(kept(new TopH(0.65), scores)).containsExactly(0, 1);
        assertThat(kept(new TopH(0.9), scores)).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> new TopH(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[generate] topH=0.0; expected 0 < topH ≤ 1");
    }

    @Test
    void scoresBecomeNumbersAndLogProbabilities() {
        float[] scores = {Float.NaN, NO, Float.POSITIVE_INFINITY, 1};
        new RemoveInvalidValues().apply(scores, NOTHING);
        assertThat(scores).containsExactly(0, -Float.MAX_VALUE, Float.MAX_VALUE, 1);
        float[] logits = {1, 3, NO};
        new Renormalize().apply(logits, NOTHING);
        assertThat(softmax(logits)[1]).isCloseTo(Math.exp(logits[1]), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(logits[2]).isEqualTo(NO);
    }
}
