package headway.tasks;

import headway.generate.FinishReason;
import headway.generate.GeneratedSequence;

/// A text that a model has written.
///
/// @param text without special tokens
/// @param ids its tokens, the end token included where one ended it
/// @param finishReason what ended it
/// @param logProbability of the tokens, under the model's own logits
public record Written(String text, int[] ids, FinishReason finishReason, double logProbability) {
    static Written of(GeneratedSequence sequence) {
        return new Written(sequence.text(), sequence.ids(), sequence.finishReason(), sequence.logProbability());
    }
}
