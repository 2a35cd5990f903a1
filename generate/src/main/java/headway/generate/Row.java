package headway.generate;

import headway.generate.sample.RandomStream;
import headway.generate.sample.Sampler;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;

/// One sequence of a running batch: its tokens and text, and how its next token is chosen.
final class Row {
    private final Prompt prompt;
    private TokenSequence tokens;
    private final RandomStream random;
    private final TextStream text;
    private final Set<Integer> ends;
    private final int limit;
    private final float[] scores;
    private FinishReason reason;
    private int chosen;
    private double logProbability;
    private double scoreLogProbability;

    /// @param text null where there is no tokenizer
    /// @param limit most tokens to generate
    Row(Prompt prompt, RandomStream random, TextStream text, Set<Integer> ends, int limit, int vocab) {
        this.prompt = prompt;
        this.tokens = new TokenSequence(prompt.ids(), prompt.start(), prompt.source());
        this.random = random;
        this.text = text;
        this.ends = ends;
        this.limit = limit;
        this.scores = new float[vocab];
    }

    /// Chooses the next token from `logits`, row `at`; changes nothing but this row.
    ///
    /// @param temperature that the transforms divide scores by, where their log-probability is wanted; else 0
    void choose(Span logits, long at, List<LogitsTransform> transforms, Sampler sampler, double temperature) {
        MemorySegment.copy(logits.segment(), ValueLayout.JAVA_FLOAT, 4 * at * scores.length, scores, 0, scores.length);
        for (LogitsTransform transform : transforms) {
            transform.apply(scores, tokens);
        }
        chosen = sampler.choose(scores, random, tokens.generated());
        if (temperature != 0) {
            float[] undone = scores.clone();
            for (int v = 0; v < undone.length; v++) {
                undone[v] *= (float) temperature;
            }
            scoreLogProbability += undone[chosen] - Search.norm(undone, 0);
        }
    }

    /// Chooses `id`, which another way of choosing has found.
    void choose(int id) {
        chosen = id;
    }

    /// Takes the chosen token, which cost `loss = -log p`, and tells `listener`.
    void accept(double loss, int number, TokenListener listener) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException(
                    "[generate] logits of sequence %d after %d new tokens are not finite: weights or inputs hold NaN or infinities"
                            .formatted(number, tokens.generated()));
        }
        tokens.add(chosen);
        logProbability -= loss;
        String piece = text == null ? null : text.next(chosen);
        if (ends.contains(chosen)) {
            reason = FinishReason.EOS;
        } else if (text != null && text.stopped()) {
            reason = FinishReason.STOP;
        } else if (tokens.generated() >= limit) {
            reason = FinishReason.LENGTH;
        }
        String rest = text == null || reason == null ? "" : text.finish();
        if (reason == FinishReason.LENGTH && text != null && text.stopped()) {
            reason = FinishReason.STOP;
        }
        listener.token(number, chosen, piece);
        if (reason != null) {
            listener.finished(number, reason, rest);
        }
    }

    /// Most tokens to generate.
    int limit() {
        return limit;
    }

    boolean finished() {
        return reason != null;
    }

    /// The token that was chosen last.
    int chosen() {
        return chosen;
    }

    Prompt prompt() {
        return prompt;
    }

    RandomStream random() {
        return random;
    }

    TokenSequence tokens() {
        return tokens;
    }

    /// Goes on with another sequence after the same prompt: a beam that another one has replaced.
    void continueWith(TokenSequence other) {
        tokens = other;
    }

    GeneratedSequence result() {
        return new GeneratedSequence(
                prompt.unpadded(),
                tokens.generatedIds(),
                text == null ? null : text.text(),
                reason,
                logProbability,
                scoreLogProbability);
    }
}
