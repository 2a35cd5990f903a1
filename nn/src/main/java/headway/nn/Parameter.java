package headway.nn;

import headway.tensor.Tensor;

/// A trained tensor and its name in the checkpoint, such as `model.layers.3.self_attn.q_proj.weight`.
public record Parameter(String path, Tensor tensor) {}
