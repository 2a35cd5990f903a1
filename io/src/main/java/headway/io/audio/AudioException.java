package headway.io.audio;

/// A sound file that is broken, empty or of a kind that is not read.
///
/// The text names the file, what was found and what to do.
public final class AudioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AudioException(String message) {
        super(message);
    }

    AudioException(String message, Throwable cause) {
        super(message, cause);
    }
}
