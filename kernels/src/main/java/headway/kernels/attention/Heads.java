package headway.kernels.attention;

import headway.kernels.Span;

/// Queries, keys, values or outputs of attention in memory, in whatever order they lie: element `(b, t, h, d)`
/// is at
/// `b·batchStride + t·rowStride + h·headStride + d`, counted in elements from the start of `span`.
///
/// So the parts of a fused `(B, T, 3·H·Dh)` projection, a cache with room to grow, and `(B, H, T, Dh)` tensors
/// are
/// all read in place.
public record Heads(Span span, long batchStride, long rowStride, long headStride) {
    /// Contiguous `(B, T, H, Dh)`.
    public static Heads rows(Span span, int T, int H, int Dh) {
        return new Heads(span, (long) T * H * Dh, (long) H * Dh, Dh);
    }

    /// Element index of `(b, t, h, 0)`.
    public long index(int b, int t, int h) {
        return b * batchStride + t * rowStride + h * headStride;
    }

    /// Address of `(b, t, h, 0)`.
    public long address(int b, int t, int h) {
        return span.address(index(b, t, h));
    }

    /// Checks that all of `(B, T, H, Dh)` lies inside the memory.
    public void require(String kernel, String operand, int B, int T, int H, int Dh) {
        if (B > 0 && T > 0 && H > 0 && Dh > 0) {
            span.require(kernel, operand, index(B - 1, T - 1, H - 1) + Dh);
        }
    }
}
