package headway.kernels.rotary;

/// Sizes of one rotation: `T` rows a batch entry, `heads`, width of a head, and how much of it turns.
public record RotaryShape(int T, int heads, int headDim, int rotaryDim) {
    public RotaryShape {
        if (T < 1 || heads < 1) {
            throw new IllegalArgumentException(
                    "[rotary] T=%d rows, heads=%d; expected at least one of each".formatted(T, heads));
        }
        if (rotaryDim % 2 != 0 || rotaryDim > headDim || rotaryDim < 0) {
            throw new IllegalArgumentException(
                    "[rotary] rotaryDim=%d must be even and at most headDim=%d".formatted(rotaryDim, headDim));
        }
    }
}
