package headway.tasks;

/// A task that cannot be done: with this model, or with this input. The text says what was expected and
/// what to do.
public final class TaskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TaskException(String message) {
        super(message);
    }

    public TaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
