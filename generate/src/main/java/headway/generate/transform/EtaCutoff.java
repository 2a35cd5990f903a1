package headway.generate.transform;

/// Forbids tokens less probable than `min(ε, √ε · e^-H)`, with the entropy `H` of what may come: less is cut where much
/// is possible. Eta sampling, [Hewitt et al. 2022](https://arxiv.org/abs/2210.15191).
///
/// @param least tokens that stay whatever their probability
public record EtaCutoff(double epsilon, int least) implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        double entropy = Scores.entropy(scores);
        Scores.cutBelow(scores, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropy)), least);
    }
}
