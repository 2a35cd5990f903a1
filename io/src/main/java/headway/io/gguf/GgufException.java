package headway.io.gguf;

/// A GGUF file that cannot be read or holds what this version does not know.
///
/// The text names the file, the offset, the field and both numbers.
public final class GgufException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GgufException(String message) {
        super(message);
    }

    public GgufException(String message, Throwable cause) {
        super(message, cause);
    }
}
