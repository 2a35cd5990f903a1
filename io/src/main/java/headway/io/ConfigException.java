package headway.io;

/// A configuration, checkpoint folder or run file that says something wrong, or lacks something.
///
/// The text names the file, the key and what was expected.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
