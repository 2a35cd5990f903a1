package headway.generate;

/// Hears of each token as it comes. An exception thrown here ends the generation.
public interface TokenListener {
    /// Hears nothing.
    TokenListener NONE = (sequence, id, text) -> {};

    /// Token `id` of sequence number `sequence`, and the text that is certain since: often one word, sometimes nothing,
    /// never half a character nor the beginning of what may become a stop string. Null where there is no tokenizer.
    void token(int sequence, int id, String text);

    /// The sequence has ended, and `text` is what was still held back.
    default void finished(int sequence, FinishReason reason, String text) {}
}
