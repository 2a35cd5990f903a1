package headway.nn;

import headway.tensor.Tensor;

/// `y = x·Wᵀ + b` over the innermost axis, however the weight is kept.
///
/// - x `(…, in)` → y `(…, out)`
public sealed interface Linear extends Layer permits DenseLinear {
    /// The map.
    Tensor forward(Tensor x);

    /// The map, plus `residual` in the same pass over the result.
    Tensor forward(Tensor x, Tensor residual);

    /// Width of x.
    int in();

    /// Width of y.
    int out();
}
