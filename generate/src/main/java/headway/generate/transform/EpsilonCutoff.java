package headway.generate.transform;

/// Forbids tokens less probable than `epsilon`. [Hewitt et al. 2022](https://arxiv.org/abs/2210.15191).
///
/// @param least tokens that stay whatever their probability
public record EpsilonCutoff(double epsilon, int least) implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        Scores.cutBelow(scores, epsilon, least);
    }
}
