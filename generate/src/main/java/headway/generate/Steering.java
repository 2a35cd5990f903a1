package headway.generate;

import headway.generate.transform.EncoderNoRepeatNgram;
import headway.generate.transform.EncoderRepetitionPenalty;
import headway.generate.transform.ExponentialDecay;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.SequenceBias;
import java.util.List;
import java.util.Set;

/// What pushes texts one way or another.
///
/// @param biases what completing some sequences is worth
/// @param encoderRepetitionPenalty above 1 favours tokens of the input; 1 for none
/// @param encoderNoRepeatNgramSize length of the input's n-grams that may not come; 0 for none
/// @param decay when end tokens become likelier; null for never
/// @param removeInvalidValues whether scores that are no numbers become some
/// @param renormalizeLogits whether scores are log-probabilities again after all else
public record Steering(
        List<SequenceBias.Bias> biases,
        double encoderRepetitionPenalty,
        int encoderNoRepeatNgramSize,
        Decay decay,
        boolean removeInvalidValues,
        boolean renormalizeLogits) {
    /// When end tokens become likelier, and how fast.
    ///
    /// @param start new tokens before which nothing happens
    public record Decay(int start, double factor) {}

    /// Nothing.
    public static final Steering NONE = new Steering(List.of(), 1, 0, null, false, false);

    public Steering {
        biases = List.copyOf(biases);
        new EncoderRepetitionPenalty(encoderRepetitionPenalty);
        if (encoderNoRepeatNgramSize < 0) {
            throw new IllegalArgumentException("[generate] encoderNoRepeatNgramSize=%d; expected 0 (none) or more"
                    .formatted(encoderNoRepeatNgramSize));
        }
    }

    /// What comes before all else.
    List<LogitsTransform> first() {
        return biases.isEmpty() ? List.of() : List.of(new SequenceBias(biases));
    }

    /// What favours the input's tokens; it comes before the penalty of a text's own.
    List<LogitsTransform> favour() {
        return encoderRepetitionPenalty == 1
                ? List.of()
                : List.of(new EncoderRepetitionPenalty(encoderRepetitionPenalty));
    }

    /// What forbids to copy; it comes after the text's own n-grams.
    List<LogitsTransform> copying() {
        return encoderNoRepeatNgramSize == 0 ? List.of() : List.of(new EncoderNoRepeatNgram(encoderNoRepeatNgramSize));
    }

    /// What brings a text to its end; it comes after the tokens that are forced.
    ///
    /// @param ends tokens that end a text
    List<LogitsTransform> ending(Set<Integer> ends) {
        return decay == null || ends.isEmpty()
                ? List.of()
                : List.of(new ExponentialDecay(decay.start, decay.factor, ends));
    }
}
