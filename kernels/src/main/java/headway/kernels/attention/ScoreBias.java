package headway.kernels.attention;

import headway.kernels.Span;

/// What is added to the scores of attention, `(B, H, T, S)`; an axis of batch, heads or queries that is
/// shorter than the attention's own repeats: entry `b` reads `b mod B`, and so on. So a bias for each
/// window serves a batch whose entries are windows, image after image.
public record ScoreBias(Span span, int B, int H, int T, int S) {
    /// Element index of `(b, h, t, 0)`.
    long index(int b, int h, int t) {
        return (((long) (b % B) * H + h % H) * T + t % T) * S;
    }

    /// Address of `(b, h, t, 0)`.
    long address(int b, int h, int t) {
        return span.address(index(b, h, t));
    }

    double get(int b, int h, int t, int j) {
        return span.get(index(b, h, t) + j);
    }

    /// Whether each axis repeats a whole number of times.
    public boolean fits(AttentionShape shape) {
        return B > 0
                && H > 0
                && T > 0
                && shape.B() % B == 0
                && shape.H() % H == 0
                && shape.T() % T == 0
                && shape.S() == S;
    }

    void require(String kernel, AttentionShape shape) {
        if (!fits(shape)) {
            throw new IndexOutOfBoundsException(
                    "[%s] a bias of %d × %d × %d × %d does not repeat into %d × %d × %d × %d"
                            .formatted(kernel, B, H, T, S, shape.B(), shape.H(), shape.T(), shape.S()));
        }
        span.require(kernel, "bias", (long) B * H * T * S);
    }
}
