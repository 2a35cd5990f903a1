package headway.generate.transform;

/// Raises scores of tokens that the input holds, against texts that invent: divides negative and multiplies positive
/// ones. The counterpart of [RepetitionPenalty]. Padding of the input counts, as with Hugging Face.
public record EncoderRepetitionPenalty(double penalty) implements LogitsTransform {
    public EncoderRepetitionPenalty {
        if (!(penalty > 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException(
                    "[generate] encoderRepetitionPenalty=%s; expected more than 0 (1 changes nothing)"
                            .formatted(penalty));
        }
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        float by = (float) (1 / penalty);
        float[] before = scores.clone();
        for (int id : tokens.source()) {
            if (id < scores.length) {
                scores[id] = before[id] < 0 ? before[id] * by : before[id] / by;
            }
        }
    }
}
