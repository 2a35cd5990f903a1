package headway.nn;

import headway.tensor.ShapeException;
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
        try {
            Tensor added = bias == null ? null : bias.tensor();
            return Trace.running()
                    ? weight.matrix().exactly(x, added, residual)
                    : weight.matrix().times(x, added, residual);
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
