package headway.generate;

/// When a text is long enough.
public sealed interface Limit {
    /// Tokens generated: Hugging Face's `max_new_tokens`.
    record NewTokens(int count) implements Limit {
        public NewTokens {
            if (count < 1) {
                throw new IllegalArgumentException("[generate] maxNewTokens=%d; expected at least 1".formatted(count));
            }
        }
    }

    /// Tokens of prompt and text together: Hugging Face's `max_length`.
    record Total(int count) implements Limit {
        public Total {
            if (count < 1) {
                throw new IllegalArgumentException("[generate] maxLength=%d; expected at least 1".formatted(count));
            }
        }
    }

    /// Tokens that may be generated after a prompt of `promptLength`.
    ///
    /// @throws IllegalArgumentException when there are none
    default int newTokens(int promptLength) {
        return switch (this) {
            case NewTokens(int count) -> count;
            case Total(int count) -> {
                if (count <= promptLength) {
                    throw new IllegalArgumentException(
                            "[generate] the prompt has %d tokens, maxLength is %d: nothing is left to generate; set maxNewTokens"
                                    .formatted(promptLength, count));
                }
                yield count - promptLength;
            }
        };
    }
}
