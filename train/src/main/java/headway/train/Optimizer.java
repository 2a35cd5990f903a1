package headway.train;

import headway.tensor.Tensor;
import java.util.SequencedMap;

/// Turns gradients into new weights.
public interface Optimizer {
    /// One update of all parameters.
    ///
    /// @param step counts from 1
    /// @param gradScale factor on all gradients, for clipping
    void update(long step, double learningRate, double gradScale);

    /// What the optimizer keeps from step to step, by name: saved with a checkpoint.
    SequencedMap<String, Tensor> state();
}
