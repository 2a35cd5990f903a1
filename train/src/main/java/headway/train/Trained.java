package headway.train;

import headway.tensor.Tensor;

/// A parameter in training: the `F32` master that the optimizer works on, and the tensor that the model uses, which
/// is the master itself or a rounded copy of it.
record Trained(String path, Tensor master, Tensor used) {
    /// Brings the used copy up to date.
    void refresh() {
        if (used != master) {
            used.assign(master);
        }
    }
}
