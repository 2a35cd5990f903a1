package headway.kernels.attention;

import headway.kernels.Span;

public final class FlashAttention {
    private FlashAttention() {}
    /// Units of work of forward (batch · heads · query tiles), for splitting over threads.
    public static int forwardUnits(AttentionShape shape) {
        throw new UnsupportedOperationException("to be written");
    }
    /// Elements of f32 scratch that one thread needs.
    public static long forwardScratch(AttentionShape shape) {
        throw new UnsupportedOperationException("to be written");
    }
    /// o and lse (B, H, T) (lse may be null) for units [u0, u1).
    public static void forward(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        throw new UnsupportedOperationException("to be written");
    }

    public static int backwardUnits(AttentionShape shape) {
        throw new UnsupportedOperationException("to be written");
    }

    public static long backwardScratch(AttentionShape shape) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dq, dk, dv += … for units [u0, u1) (a unit owns what it writes).
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Heads q,
            Heads k,
            Heads v,
            Heads o,
            Heads dO,
            Span lse,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        throw new UnsupportedOperationException("to be written");
    }
}
