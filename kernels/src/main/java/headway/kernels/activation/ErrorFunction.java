package headway.kernels.activation;

/// The error function and the normal distribution in `double`, which the JDK lacks; for references.
///
///     erf(x) = 2/√π ∫₀ˣ e^(-t²) dt        Φ(x) = (1 + erf(x/√2))/2
///
/// Below [#SERIES_END] the all-positive series `erf(x) = 2/√π · e^(-x²) · Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!` (no
/// cancellation), above it the continued fraction of `erfc` of Laplace ([DLMF 7.6.2,
/// 7.9.1](https://dlmf.nist.gov/7.6)). Absolute error below 1e-15; `erfc` keeps its relative precision
/// in the upper tail, where `1 - erf` would lose it.
public final class ErrorFunction {
    private static final double SERIES_END = 2.5;
    private static final double TWO_OVER_SQRT_PI = 1.12837916709551257390;
    private static final double SQRT_HALF = 0.70710678118654752440;
    private static final double ONE_OVER_SQRT_2PI = 0.39894228040143267794;
    private static final int TERMS = 60;

    private ErrorFunction() {}

    /// `erf(x)`; ±1 at ±∞, NaN for NaN.
    public static double erf(double x) {
        double a = Math.abs(x);
        return a < SERIES_END ? series(x) : Math.copySign(1 - upperTail(a), x);
    }

    /// `erfc(x) = 1 - erf(x)`.
    public static double erfc(double x) {
        if (x >= SERIES_END) {
            return upperTail(x);
        }
        return 1 - erf(x);
    }

    /// `Φ(x)`, probability that a standard normal number is below `x`.
    public static double normalCdf(double x) {
        return 0.5 * erfc(-x * SQRT_HALF);
    }

    /// `φ(x) = e^(-x²/2)/√(2π)`.
    public static double normalDensity(double x) {
        return ONE_OVER_SQRT_2PI * Math.exp(-0.5 * x * x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        double twoSquares = 2 * x * x;
        for (int n = 1; n < TERMS; n++) {
            term *= twoSquares / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    /// `e^(-x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/…)))`, evaluated from the inside.
    private static double upperTail(double x) {
        if (x > 27.3) {
            return 0; // below the smallest double; also keeps ∞ away from the fraction
        }
        double fraction = x;
        for (int k = TERMS; k > 0; k--) {
            fraction = x + 0.5 * k / fraction;
        }
        return 0.5 * TWO_OVER_SQRT_PI * Math.exp(-x * x) / fraction;
    }
}
