package headway.tasks;

import headway.generate.FinishReason;
import headway.generate.TokenListener;

/// Hears a text as it is written: whole characters, and nothing that is taken back. An exception thrown
/// here ends the writing.
@FunctionalInterface
public interface TextListener {
    /// Hears nothing.
    TextListener NONE = _ -> {};

    /// More of the text.
    void text(String piece);

    /// The same for the first of a batch.
    default TokenListener ofFirst() {
        TextListener self = this;
        return new TokenListener() {
            @Override
            public void token(int sequence, int id, String text) {
                hear(sequence, text);
            }

            @Override
            public void finished(int sequence, FinishReason reason, String text) {
                hear(sequence, text);
            }

            private void hear(int sequence, String text) {
                if (sequence == 0 && text != null && !text.isEmpty()) {
                    self.text(text);
                }
            }
        };
    }
}
