package headway.nn;

import headway.tensor.Tensor;

/// A trained tensor and its name in the checkpoint, such as `model.layers.3.self_attn.q_proj.weight`.
public record Parameter(String path, Tensor tensor) {
    /// The same, never trained: what lies in a file beside the weights and stays as it is.
    public Parameter fixed() {
        tensor.requireGradient(false);
        return this;
    }
}
