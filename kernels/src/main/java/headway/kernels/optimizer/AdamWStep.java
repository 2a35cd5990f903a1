package headway.kernels.optimizer;

/// Numbers of one AdamW update.
///
/// @param step counts from 1; bias corrections are `1 - beta^step`
/// @param gradScale factor on every gradient, for clipping by global norm
public record AdamWStep(
        double learningRate, double beta1, double beta2, double eps, double weightDecay, double gradScale, long step) {
    public AdamWStep {
        if (step < 1) {
            throw new IllegalArgumentException("[adamw] step=%d; steps count from 1".formatted(step));
        }
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "[adamw] beta1=%s, beta2=%s; expected 0 ≤ beta < 1".formatted(beta1, beta2));
        }
    }

    /// `learningRate / (1 - beta1^step)`.
    double stepSize() {
        return learningRate / (1 - Math.pow(beta1, step));
    }

    /// `√(1 - beta2^step)`.
    double rootOfCorrection2() {
        return Math.sqrt(1 - Math.pow(beta2, step));
    }
}
