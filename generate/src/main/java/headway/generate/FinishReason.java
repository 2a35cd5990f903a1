package headway.generate;

import java.util.Locale;

/// Why a text ended.
public enum FinishReason {
    /// Its limit, or the positions that the model has.
    LENGTH,
    /// A stop string.
    STOP,
    /// An end token.
    EOS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
