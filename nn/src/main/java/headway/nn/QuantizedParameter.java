package headway.nn;

import headway.tensor.QuantizedMatrix;

/// A quantized matrix and its name in the checkpoint; read, never trained.
public record QuantizedParameter(String path, QuantizedMatrix matrix) {}
