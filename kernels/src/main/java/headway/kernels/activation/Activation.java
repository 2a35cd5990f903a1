package headway.kernels.activation;

/// Pointwise non-linearities. GELU has three forms that differ by up to 2·10⁻²; a checkpoint names the
/// one it means.
///
/// [#value] and [#derivative] are the specification in `double`; [ActivationKernel] is checked against
/// them.
public enum Activation {
    /// `x`.
    IDENTITY,
    /// `max(x, 0)`; the derivative at 0 is 0.
    RELU,
    /// `x·Φ(x)`, by the error function; [Hendrycks & Gimpel 2016](https://arxiv.org/abs/1606.08415).
    GELU,
    /// `0.5x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
    GELU_TANH,
    /// `x·σ(1.702x)`, "quick".
    GELU_SIGMOID,
    /// `x·σ(x)`; [Elfwing et al. 2017](https://arxiv.org/abs/1702.03118).
    SILU,
    /// `tanh(x)`.
    TANH,
    /// `σ(x) = 1/(1 + e^-x)`.
    SIGMOID,
    /// `max(x, 0)²`; [So et al. 2021](https://arxiv.org/abs/2109.08668).
    RELU_SQUARED,
    /// `min(max(x, 0), 6)`; the derivative at 0 and 6 is 0.
    RELU_6,
    /// `x` above 0, else `x/100`; the derivative at 0 is 1/100.
    LEAKY_RELU,
    /// `min(x·Φ(x), 10)`.
    GELU_10,
    /// `x·min(max(x + 3, 0), 6)/6`; [Howard et al. 2019](https://arxiv.org/abs/1905.02244).
    HARD_SWISH,
    /// `x·tanh(ln(1 + e^x))`; [Misra 2019](https://arxiv.org/abs/1908.08681).
    MISH,
    /// `Φ((x - 0.707107)/0.282095)`; [Ma et al. 2022](https://arxiv.org/abs/2209.10655).
    LAPLACE,
    /// `√ln(1 + e^x)`.
    SQRT_SOFTPLUS;

    static final double SQRT_2_OVER_PI = 0.79788456080286535588;
    static final double CUBIC = 0.044715;
    static final double QUICK = 1.702;
    /// Beyond this |x| the bell-shaped part of a derivative is 0; a cut there keeps `0·∞` out of the
    /// formula.
    static final double FAR = 1000;

    private static final double LEAK = 0.01;
    private static final double MU = 0.707107;
    private static final double SIGMA = 0.282095;

    /// Whether the vector and machine tiers have a form of it. The others are rare: they run here, an
    /// element at a time.
    boolean inLanes() {
        return compareTo(RELU_SQUARED) < 0;
    }

    AssertionError noLanes() {
        return new AssertionError("[activation] %s has no form for vectors".formatted(this));
    }

    /// `f(x)`. NaN stays NaN, and infinities give the limits: `f(-∞)` is 0 for GELU and SiLU (where
    /// PyTorch multiplies `-∞·0` to NaN).
    public double value(double x) {
        double z = Math.max(x, -FAR);
        return switch (this) {
            case IDENTITY -> x;
            case RELU -> Math.max(x, 0);
            case GELU -> z * ErrorFunction.normalCdf(z);
            case GELU_TANH -> 0.5 * z * (1 + Math.tanh(inner(z)));
            case GELU_SIGMOID -> z * sigmoid(QUICK * z);
            case SILU -> z * sigmoid(z);
            case TANH -> Math.tanh(x);
            case SIGMOID -> sigmoid(x);
            case RELU_SQUARED -> Math.max(x, 0) * Math.max(x, 0);
            case RELU_6 -> Math.min(Math.max(x, 0), 6);
            case LEAKY_RELU -> x > 0 ? x : LEAK * x;
            case GELU_10 -> Math.min(z * ErrorFunction.normalCdf(z), 10);
            case HARD_SWISH -> z * Math.min(Math.max(z + 3, 0), 6) / 6;
            case MISH -> z * Math.tanh(softplus(z));
            case LAPLACE -> ErrorFunction.normalCdf((x - MU) / SIGMA);
            case SQRT_SOFTPLUS -> Math.sqrt(softplus(x));
        };
    }

    /// `a` of `x·σ(ax + bx³)`: `½(1 + tanh u) = σ(2u)`.
    double sigmoidLinear() {
        return this == GELU_TANH ? 2 * SQRT_2_OVER_PI : this == GELU_SIGMOID ? QUICK : 1;
    }

    /// `b` of `x·σ(ax + bx³)`.
    double sigmoidCubic() {
        return this == GELU_TANH ? 2 * SQRT_2_OVER_PI * CUBIC : 0;
    }

    /// `f'(x)`.
    public double derivative(double x) {
        double near = Math.max(Math.min(x, FAR), -FAR);
        return switch (this) {
            case IDENTITY -> 1;
            case RELU -> x > 0 ? 1 : x != x ? x : 0;
            case GELU -> ErrorFunction.normalCdf(x) + near * ErrorFunction.normalDensity(near);
            case GELU_TANH -> {
                double t = Math.tanh(inner(near));
                double slope = SQRT_2_OVER_PI * (1 + 3 * CUBIC * near * near);
                yield 0.5 * (1 + t) + 0.5 * near * (1 - t * t) * slope;
            }
            case GELU_SIGMOID -> {
                double s = sigmoid(QUICK * near);
                yield s + QUICK * near * s * (1 - s);
            }
            case SILU -> {
                double s = sigmoid(near);
                yield s + near * s * (1 - s);
            }
            case TANH -> {
                double t = Math.tanh(x);
                yield 1 - t * t;
            }
            case SIGMOID -> {
                double s = sigmoid(x);
                yield s * (1 - s);
            }
            default -> derivativeOfRare(x, near);
        };
    }

    private double derivativeOfRare(double x, double near) {
        return switch (this) {
            case RELU_SQUARED -> 2 * Math.max(x, 0);
            case RELU_6 -> x > 0 && x < 6 ? 1 : x != x ? x : 0;
            case LEAKY_RELU -> x > 0 ? 1 : x != x ? x : LEAK;
            case GELU_10 -> GELU.value(x) > 10 ? 0 : GELU.derivative(x);
            case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
            case MISH -> {
                double t = Math.tanh(softplus(near));
                yield t + near * (1 - t * t) * sigmoid(near);
            }
            case LAPLACE -> ErrorFunction.normalDensity((near - MU) / SIGMA) / SIGMA;
            case SQRT_SOFTPLUS -> {
                // at -700 `e^x` is still a number, and the quotient long 0
                double z = Math.max(x, -700);
                yield sigmoid(z) / (2 * Math.sqrt(softplus(z)));
            }
            default -> throw new AssertionError(this);
        };
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double inner(double x) {
        return SQRT_2_OVER_PI * (x + CUBIC * x * x * x);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
