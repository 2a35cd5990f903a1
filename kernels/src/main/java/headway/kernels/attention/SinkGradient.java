package headway.kernels.attention;

import headway.kernels.Span;

/// Gradient of the sinks of attention: a sink is a score whose value is 0, so that
///
///     dsink[h] += -Σ_b Σ_t p₀[b,h,t] · Σ_d dO[t,d]·o[t,d],     p₀ = e^(sink[h] - lse[b,h,t]) = 1 - Σ_j p[t,j]
///
/// | operand   | shape          | access                    |
/// |-----------|----------------|---------------------------|
/// | `dSinks`  | `(H)`          | added to                  |
/// | `lse`     | `(B, H, T)`    | read, after the flash one |
/// | `weights` | `(B, H, T, S)` | read, after the naive one |
///
/// Cost: `2·B·H·T·Dv` FLOPs.
public final class SinkGradient {
    private SinkGradient() {}

    /// Heads `[h0, h1)`; one of `lse` and `weights` is null.
    public static void run(
            Span dSinks, Span lse, Span weights, Heads o, Heads dO, AttentionShape shape, int h0, int h1) {
        dSinks.require("sink gradient", "dSinks", shape.H());
        for (int h = h0; h < h1; h++) {
            double sum = 0;
            for (int b = 0; b < shape.B(); b++) {
                for (int t = 0; t < shape.T(); t++) {
                    long row = ((long) b * shape.H() + h) * shape.T() + t;
                    double p = lse != null
                            ? Math.exp(shape.weighing().sink(h) - lse.get(row))
                            : rest(weights, row * shape.S(), shape.S());
                    sum -= p * Operands.dot(dO, b, t, h, o, b, t, h, shape.Dv());
                }
            }
            dSinks.set(h, dSinks.get(h) + sum);
        }
    }

    private static double rest(Span weights, long row, int S) {
        double rest = 1;
        for (int j = 0; j < S; j++) {
            rest -= weights.get(row + j);
        }
        return Math.max(0, rest);
    }
}
