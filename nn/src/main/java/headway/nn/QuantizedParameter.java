package headway.nn;

import headway.tensor.QuantizedMatrix;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;

/// A quantized matrix and its name in the checkpoint; read, never trained.
public record QuantizedParameter(String path, QuantizedMatrix matrix) {
    /// The rows `first … first + rows - 1`.
    public QuantizedParameter part(int first, int rows) {
        return new QuantizedParameter(path, matrix.part(first, rows));
    }

    /// `x·Wᵀ + bias + residual`, see [QuantizedMatrix#times]. Under a [Trace], activations are not rounded.
    public Tensor times(Tensor x, Tensor bias, Tensor residual) {
        try {
            return Trace.running() ? matrix.exactly(x, bias, residual) : matrix.times(x, bias, residual);
        } catch (ShapeException e) {
            throw e.at(path);
        }
    }
}
