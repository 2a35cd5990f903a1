package headway.generate.transform;

/// Makes scores log-probabilities again: after other transforms, beams compare texts by them.
public record Renormalize() implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        double max = Scores.max(scores);
        double logSum = max + Math.log(Scores.sumOfExp(scores, max));
        for (int v = 0; v < scores.length; v++) {
            scores[v] = (float) (scores[v] - logSum);
        }
    }
}
