package headway.io.tokenizer;

/// A tokenizer file that cannot be read, or text that a tokenizer has no token for.
public final class TokenizerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
