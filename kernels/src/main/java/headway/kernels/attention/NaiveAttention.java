package headway.kernels.attention;

import headway.kernels.Span;

public final class NaiveAttention {
    private NaiveAttention() {}
    /// Materialises the attention weights (B, H, T, S) in 'weights' and writes o. The oracle for
    /// FlashAttention, and
    /// what trace uses. bh = b·H + h in [bh0, bh1).
    public static void forward(
            Heads o, Span weights, Heads q, Heads k, Heads v, AttentionShape shape, Visibility see, int bh0, int bh1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dq, dk, dv += … (they accumulate), from the stored weights. Units are (b, kv head) in [u0, u1) so that
    /// each owns
    /// its dk and dv.
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Span weights,
            Heads q,
            Heads k,
            Heads v,
            Heads dO,
            AttentionShape shape,
            Visibility see,
            int u0,
            int u1) {
        throw new UnsupportedOperationException("to be written");
    }
}
