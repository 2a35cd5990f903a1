package headway.kernels.attention;

import headway.kernels.Span;
import headway.kernels.random.Philox;

/// What becomes of scores on their way to the weights that values are multiplied by.
///
///     c[t,j]  = cap·tanh(scale·q[t]·k[j] / cap) + bias[t,j]             cap where softCap is not 0
///     p[t,j]  = e^(c[t,j]) / (e^sink[h] + Σ_i e^(c[t,i]))               e^sink where there are sinks
///     p'[t,j] = u ≥ dropout ? p[t,j] / (1 - dropout) : 0                u = Philox uniform number
///                                                                       counter + ((b·H + h)·T + t)·⌈S⌉₄ + j
///
/// No mask of dropout is stored: whoever asks for the same
/// element again draws the same. A query that sees no key has weights of 0 where there is a sink, which takes all.
///
/// Papers: soft cap [Gemma Team 2024](https://arxiv.org/abs/2408.00118); sinks
/// [Xiao et al. 2023](https://arxiv.org/abs/2309.17453), learned as in gpt-oss; dropout of weights
/// [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762).
///
/// @param softCap 0 for none
/// @param sinks `(H)`; null for none
/// @param dropout rate in `[0, 1)`
/// @param key stream of random numbers
/// @param counter number of the first draw
/// @param bias of the flash kernels; null for none. The naive one takes a [ScoreBias] instead
public record Weighing(double softCap, Span sinks, double dropout, long key, long counter, PlaceBias bias) {
    /// Softmax and nothing else.
    public static final Weighing PLAIN = new Weighing(0, null, 0, 0, 0);

    /// Without a bias.
    public Weighing(double softCap, Span sinks, double dropout, long key, long counter) {
        this(softCap, sinks, dropout, key, counter, null);
    }

    public Weighing {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("[attention] dropout=%s; expected 0 ≤ p < 1".formatted(dropout));
        }
        if (!(softCap >= 0)) {
            throw new IllegalArgumentException("[attention] soft cap %s; expected 0 or more".formatted(softCap));
        }
    }

    /// The same with dropout that draws from `counter` of stream `key` on.
    public Weighing dropping(double p, long key, long counter) {
        return new Weighing(softCap, sinks, p, key, counter, bias);
    }

    /// Draws that an attention of this size takes.
    public static long draws(long B, long H, long T, long S) {
        return B * H * T * fours(S);
    }

    private static long fours(long S) {
        return (S + 3) / 4 * 4;
    }

    /// What is added to the score of query `t` and key `j`.
    double added(int b, int h, int t, int j) {
        return bias == null ? 0 : bias.get(b, h, t, j);
    }

    double cap(double score) {
        return softCap == 0 ? score : softCap * Math.tanh(score / softCap);
    }

    /// Slope of [#cap] where it gave `capped`.
    double slope(double capped) {
        double t = softCap == 0 ? 0 : capped / softCap;
        return 1 - t * t;
    }

    /// The sink of head `h`, or -infinity.
    double sink(int h) {
        return sinks == null ? Double.NEGATIVE_INFINITY : sinks.get(h);
    }

    /// Number of the draw for key 0 of query `t`.
    long first(AttentionShape shape, int b, int h, int t) {
        return counter + (((long) b * shape.H() + h) * shape.T() + t) * fours(shape.S());
    }

    /// What multiplies the weight of the draw `index`: 0 or 1/(1 - dropout).
    double kept(long index) {
        return dropout == 0 ? 1 : Philox.uniform(key, index) >= dropout ? 1 / (1 - dropout) : 0;
    }
}
