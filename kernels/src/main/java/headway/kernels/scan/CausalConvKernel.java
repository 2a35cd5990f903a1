package headway.kernels.scan;

import headway.kernels.Span;

/// Convolution along a sequence, each channel on its own, nobody looking ahead.
///
///     y[b,t,c] = bias[c] + Σ_k w[c,k] · x[b, t - (K-1) + k, c],   before the first token: past, or 0
///
/// and backwards
///
///     dx[b,t,c] += Σ_k w[c,k] · dy[b, t + (K-1) - k, c]
///     dw[c,k] = Σ_{b,t} dy[b,t,c] · x[b, t - (K-1) + k, c]        dbias[c] = Σ_{b,t} dy[b,t,c]
///
/// | buffer            | shape          | access |
/// |-------------------|----------------|--------|
/// | `y`, `dy`         | `(B, T, C)`    | written; read |
/// | `x`, `dx`         | `(B, T, C)`    | read; added to |
/// | `past`            | `(B, K-1, C)`  | read; may be null |
/// | `w`, `dw`         | `(C, K)`       | read; added to |
/// | `bias`, `dbias`   | `(C)`          | read; added to; may be null |
///
/// Cost: `2·B·T·C·K` flops, `8·B·T·C` bytes in f32. Plain loops over f64, the specification; channels are independent.
public final class CausalConvKernel {
    /// Sizes: batch, tokens, channels, width of the window.
    public record Sizes(int B, int T, int C, int K) {}

    private CausalConvKernel() {}

    /// `y` for the channels `[c0, c1)`.
    public static void forward(Span y, Span x, Span past, Span w, Span bias, Sizes s, int c0, int c1) {
        check(s, y, x, past, w, bias, c0, c1);
        for (int b = 0; b < s.B; b++) {
            for (int t = 0; t < s.T; t++) {
                for (int c = c0; c < c1; c++) {
                    double sum = bias == null ? 0 : bias.get(c);
                    for (int k = 0; k < s.K; k++) {
                        sum += w.get((long) c * s.K + k) * at(x, past, s, b, t - (s.K - 1) + k, c);
                    }
                    y.set(index(s, b, t, c), sum);
                }
            }
        }
    }

    /// `dx`, `dw`, `dbias` += …, for the channels `[c0, c1)`; each of them may be null.
    public static void backward(
            Span dx, Span dw, Span dbias, Span dy, Span x, Span past, Span w, Sizes s, int c0, int c1) {
        check(s, dy, x, past, w, null, c0, c1);
        for (int c = c0; c < c1; c++) {
            double[] weight = new double[s.K];
            double sum = 0;
            for (int b = 0; b < s.B; b++) {
                for (int t = 0; t < s.T; t++) {
                    double d = dy.get(index(s, b, t, c));
                    sum += d;
                    for (int k = 0; k < s.K; k++) {
                        int from = t - (s.K - 1) + k;
                        weight[k] += d * at(x, past, s, b, from, c);
                        if (dx != null && from >= 0) {
                            long at = index(s, b, from, c);
                            dx.set(at, dx.get(at) + d * w.get((long) c * s.K + k));
                        }
                    }
                }
            }
            for (int k = 0; dw != null && k < s.K; k++) {
                long at = (long) c * s.K + k;
                dw.set(at, dw.get(at) + weight[k]);
            }
            if (dbias != null) {
                dbias.set(c, dbias.get(c) + sum);
            }
        }
    }

    private static long index(Sizes s, int b, int t, int c) {
        return ((long) b * s.T + t) * s.C + c;
    }

    private static double at(Span x, Span past, Sizes s, int b, int t, int c) {
        if (t >= 0) {
            return x.get(index(s, b, t, c));
        }
        return past == null ? 0 : past.get(((long) b * (s.K - 1) + s.K - 1 + t) * s.C + c);
    }

    private static void check(Sizes s, Span y, Span x, Span past, Span w, Span bias, int c0, int c1) {
        java.util.Objects.checkFromToIndex(c0, c1, s.C);
        y.require("causal convolution", "y", (long) s.B * s.T * s.C);
        x.require("causal convolution", "x", (long) s.B * s.T * s.C);
        w.require("causal convolution", "w", (long) s.C * s.K);
        if (past != null) {
            past.require("causal convolution", "past", (long) s.B * (s.K - 1) * s.C);
        }
        if (bias != null) {
            bias.require("causal convolution", "bias", s.C);
        }
    }
}
