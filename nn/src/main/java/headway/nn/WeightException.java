package headway.nn;

/// Weights that do not fit the model: every missing, unused and misshapen tensor in one text.
public final class WeightException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WeightException(String message) {
        super(message);
    }
}
