package headway.nn;

import headway.tensor.Tensor;

/// A linear map whose weight is quantized. For inference: gradients do not pass. Under a [Trace], activations are not
/// rounded.
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
        return weight.times(x, bias == null ? null : bias.tensor(), residual);
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
