package headway.kernels.attention;

import headway.kernels.Span;

/// Which keys a query may see, in the form kernels use.
///
/// Query `t` stands at absolute position `i = offset + t` among the keys `0 … S-1`. It sees key `j` iff
///
///     (not causal, or j <= i, or j < prefix)
///     and (window == 0, or i - j < window [and j - i < window where not causal])
///     and (padding == null, or padding[b·S + j] != 0)
///
/// A query that sees no key at all weighs every key `0 … S-1` by `1/S`, as a softmax over equal scores does and as
/// the reference's eager attention does. Its derivative is the softmax's at those weights:
/// `dscore = (dp - Σ p·dp)/S`.
///
/// @param offset position of query 0: `S - T` for a cache (bottom-right), whatever the caller says otherwise
/// @param window keys that a query sees counting itself; 0 for all
/// @param prefix keys that every query sees though causal (prefix-LM); 0 for none
/// @param padding `(B, S)` of `U8` or `BOOL`, 0 where a key is padding; null for none
public record Visibility(boolean causal, int offset, int window, int prefix, Span padding) {
    /// Everybody sees everybody.
    public static final Visibility ALL = new Visibility(false, 0, 0, 0, null);

    /// Whether query `t` of batch entry `b` sees key `j` of `S`.
    public boolean sees(int b, int t, int j, int S) {
        int i = offset + t;
        boolean past = !causal || j <= i || j < prefix;
        boolean near = window == 0 || (i - j < window && (causal || j - i < window));
        return past && near && (padding == null || padding.get((long) b * S + j) != 0);
    }

    /// First key that query `t` may see, before padding.
    public int first(int t) {
        return window == 0 ? 0 : Math.max(0, offset + t - window + 1);
    }

    /// One past the last key of `S` that query `t` may see, before padding.
    public int last(int t, int S) {
        int i = offset + t;
        if (causal) {
            return Math.min(S, Math.max(i + 1, prefix));
        }
        return window == 0 ? S : Math.min(S, i + window);
    }
}
