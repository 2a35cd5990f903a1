package headway.io.hub;

/// A hub that refuses, cannot be reached or sends what is wrong.
///
/// The text names the model, what happened and what to do.
public final class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
