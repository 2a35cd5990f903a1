package headway.kernels.attention;

import headway.kernels.Memory;
import headway.kernels.Span;

/// What is added to the scores of attention by where query and key stand, in memory linear in length: a number for
/// each head and distance (T5's buckets), or for each head and key (linear biases).
///
///     bias[b,h,t,j] = span[(b mod B)·batchStride + h·headStride + origin + perQuery·t + perKey·j]
///
/// @param span in elements of any floating-point type; the fast kernels take `F32`
public record PlaceBias(Span span, int B, long batchStride, long headStride, long origin, int perQuery, int perKey) {
    /// `(H, T + S - 1)`, a number for each distance `t - j`, the least first: `bias[h,t,j] = span[h, t - j + S - 1]`.
    public static PlaceBias distances(Span span, int T, int S) {
        return new PlaceBias(span, 1, 0, T + S - 1L, S - 1L, 1, -1);
    }

    /// `(B, H, S)`, a number for each key; one batch entry serves all.
    public static PlaceBias keys(Span span, int B, int H, int S) {
        return new PlaceBias(span, B, (long) H * S, S, 0, 0, 1);
    }

    /// Element index of `(b, h, t, j)`.
    long index(int b, int h, int t, int j) {
        return b % B * batchStride + h * headStride + origin + (long) perQuery * t + (long) perKey * j;
    }

    long address(int b, int h, int t, int j) {
        return span.address(index(b, h, t, j));
    }

    double get(int b, int h, int t, int j) {
        return span.get(index(b, h, t, j));
    }

    /// Checks that all of it lies inside the memory.
    void require(String kernel, AttentionShape shape) {
        if (B < 1 || shape.B() % B != 0) {
            throw new IndexOutOfBoundsException(
                    "[%s] a bias of %d entries does not repeat into batch=%d".formatted(kernel, B, shape.B()));
        }
        if (shape.T() > 0 && shape.S() > 0) {
            int t = perQuery > 0 ? shape.T() - 1 : 0;
            int j = perKey > 0 ? shape.S() - 1 : 0;
            span.require(kernel, "bias", index(B - 1, shape.H() - 1, t, j) + 1);
        }
    }

    /// Adds the bias of keys `j0 … j0 + keys - 1` to the scores of one query, which lie side by side.
    void addRow(long scores, int b, int h, int t, int j0, int keys) {
        long at = address(b, h, t, j0);
        for (int j = 0; j < keys; j++) {
            Memory.f32(scores + 4L * j, Memory.f32(scores + 4L * j) + Memory.f32(at + 4L * perKey * j));
        }
    }
}
