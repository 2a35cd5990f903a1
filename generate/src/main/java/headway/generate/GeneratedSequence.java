package headway.generate;

/// One finished text.
///
/// @param promptIds the prompt without padding
/// @param ids the new tokens, the end token included where one ended the text, no padding
/// @param text of the new tokens without special tokens, cut before a stop string; null where there is no tokenizer
/// @param logProbability `Σ log softmax(logits)[id]` over the new tokens, of the model's own logits: neither
///     temperature nor any transform shows in it
/// @param scoreLogProbability the same of the scores that tokens were chosen by, after all transforms, temperature
///     taken back; 0 where the settings do not ask for it
public record GeneratedSequence(
        int[] promptIds,
        int[] ids,
        String text,
        FinishReason finishReason,
        double logProbability,
        double scoreLogProbability) {
    /// The same as an answer to another prompt: the one that an encoder has read.
    public GeneratedSequence after(int[] prompt) {
        return new GeneratedSequence(prompt, ids, text, finishReason, logProbability, scoreLogProbability);
    }
}
