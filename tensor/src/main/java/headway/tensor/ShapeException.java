package headway.tensor;

/// Operands that do not fit: the text names operation, both shapes, what was expected, and where in the model.
public final class ShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }

    /// The same error with the place in the model, added from outside.
    public ShapeException at(String path) {
        var placed = new ShapeException(getMessage() + ", at " + path);
        placed.setStackTrace(getStackTrace());
        return placed;
    }
}
