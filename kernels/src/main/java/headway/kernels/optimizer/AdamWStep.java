package headway.kernels.optimizer;

/// Numbers of one AdamW update.
///
/// @param step counts from 1; bias corrections are `1 - beta^step`
/// @param gradScale factor on every gradient, for clipping by global norm
public record AdamWStep(
        double learningRate, double beta1, double beta2, double eps, double weightDecay, double gradScale, long step) {}
