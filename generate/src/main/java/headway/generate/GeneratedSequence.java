package headway.generate;

/// One finished text.
///
/// @param promptIds the prompt without padding
/// @param ids the new tokens, the end token included where one ended the text, no padding
/// @param text of the new tokens without special tokens, cut before a stop string; null where there is no tokenizer
/// @param logProbability `Σ log softmax(logits)[id]` over the new tokens, of the model's own logits: neither
///     temperature nor any transform shows in it
public record GeneratedSequence(
        int[] promptIds, int[] ids, String text, FinishReason finishReason, double logProbability) {}
