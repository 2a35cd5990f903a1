package headway.nn;

import headway.kernels.activation.Activation;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;

/// `y = x·Wᵀ + b` over the innermost axis, however the weight is kept.
///
/// - x `(…, in)` → y `(…, out)`
public sealed interface Linear extends Layer permits DenseLinear, QuantizedLinear {
    /// Loads `weight`, quantized where the checkpoint has it so, and, where `bias`, `bias`.
    static Linear load(Weights w, int in, int out, boolean bias, Init init) {
        QuantizedParameter quantized = w.quantized("weight", "out", out, "in", in);
        if (quantized == null) {
            return DenseLinear.load(w, in, out, bias, init);
        }
        return new QuantizedLinear(quantized, bias ? w.get("bias", Init.ZEROS, "out", out) : null);
    }

    /// The map.
    Tensor forward(Tensor x);

    /// The map, plus `residual` in the same pass over the result.
    Tensor forward(Tensor x, Tensor residual);

    /// `f` of the map.
    default Tensor activated(Tensor x, Activation f) {
        return new ActivationOp(forward(x), f).run();
    }

    /// Width of x.
    int in();

    /// Width of y.
    int out();
}
