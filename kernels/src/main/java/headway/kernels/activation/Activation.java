package headway.kernels.activation;

/// Pointwise non-linearities. GELU has three forms that differ by up to 2·10⁻²; a checkpoint names the one it
/// means.
public enum Activation {
    IDENTITY,
    RELU,
    /// `x·Φ(x)`, by the error function.
    GELU,
    /// `0.5x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
    GELU_TANH,
    /// `x·σ(1.702x)`, "quick".
    GELU_SIGMOID,
    /// `x·σ(x)`.
    SILU,
    TANH,
    SIGMOID
}
