package headway.generate.transform;

/// Puts numbers where scores are none: 0 for NaN, the largest and the smallest for infinities.
public record RemoveInvalidValues() implements LogitsTransform {
    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        for (int v = 0; v < scores.length; v++) {
            scores[v] = Float.isNaN(scores[v]) ? 0 : Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, scores[v]));
        }
    }
}
