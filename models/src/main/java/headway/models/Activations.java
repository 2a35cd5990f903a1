package headway.models;

import headway.io.ConfigException;
import headway.kernels.activation.Activation;

/// Hugging Face's names of activations. GELU goes by many of them, for three functions.
final class Activations {
    private Activations() {}

    static Activation of(String name) {
        return switch (name) {
            case "relu" -> Activation.RELU;
            case "gelu", "gelu_python" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate", "gelu_python_tanh" ->
                Activation.GELU_TANH;
            case "quick_gelu" -> Activation.GELU_SIGMOID;
            case "silu", "swish" -> Activation.SILU;
            case "tanh" -> Activation.TANH;
            case "sigmoid" -> Activation.SIGMOID;
            case "linear" -> Activation.IDENTITY;
            case "relu2" -> Activation.RELU_SQUARED;
            case "relu6" -> Activation.RELU_6;
            case "leaky_relu" -> Activation.LEAKY_RELU;
            case "gelu_10" -> Activation.GELU_10;
            case "hardswish" -> Activation.HARD_SWISH;
            case "mish" -> Activation.MISH;
            case "laplace" -> Activation.LAPLACE;
            case "sqrtsoftplus" -> Activation.SQRT_SOFTPLUS;
            default ->
                throw new ConfigException(
                        "[config] unknown activation '%s'; known: relu, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, quick_gelu, silu, swish, tanh, sigmoid, linear, relu2, relu6, leaky_relu, gelu_10, hardswish, mish, laplace, sqrtsoftplus"
                                .formatted(name));
        };
    }
}
