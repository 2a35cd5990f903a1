package headway.generate.sample;

/// Chooses the next token from its scores.
///
/// - scores `(vocab)`, after all transforms; `-∞` is never chosen
@FunctionalInterface
public interface Sampler {
    /// The chosen id; `step` tokens were generated before, and `random` is the sequence's own stream.
    int choose(float[] scores, RandomStream random, int step);
}
