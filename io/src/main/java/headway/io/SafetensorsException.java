package headway.io;

/// A safetensors file that cannot be read, or tensors that cannot be written as one.
///
/// The text names the file, the tensor or offset, the field, both numbers and what to do.
public final class SafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
