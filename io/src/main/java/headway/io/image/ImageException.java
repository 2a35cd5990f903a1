package headway.io.image;

/// A picture file that is broken, empty, too large or of a kind that is not read.
///
/// The text names the file, what was found and what to do.
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImageException(String message) {
        super(message);
    }

    ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
