package headway.nn;

import headway.tensor.ShapeException;
import headway.tensor.Tensor;

/// A linear map whose weight is quantized. For inference: gradients do not pass.
///
/// @param weight `(out, in)`
/// @param bias `(out)` or null
public record QuantizedLinear(QuantizedParameter weight, Parameter bias) implements Linear {
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        try {
            return weight.matrix().times(x, bias == null ? null : bias.tensor(), residual);
        } catch (ShapeException e) {
            throw e.at(weight.path());
        }
    }

    @Override
    public int in() {
        return weight.matrix().shape().size(1);
    }

    @Override
    public int out() {
        return weight.matrix().shape().size(0);
    }
}
