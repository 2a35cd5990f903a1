package headway.kernels.simd;

import headway.kernels.Tier;

/// Register-blocked product of a few rows: the innermost loop of GEMM and of tiled attention.
///
///     C[i, n] = from[i, n] + Σ_k A[i, k] · B[k, n]        i < rows, n < vectors · lanes
///
/// Every element is one chain of fused multiply-adds over `k` in order. All operands are given by byte
/// addresses and byte strides: `A[i, k]` is at `a + i·rowA + k·stepA`, row `k` of B at `b + k·stepB`.
/// `from` with row stride 0 and zeros in it starts a new sum; `from = c` continues one.
public final class TileKernel {
    private TileKernel() {}

    /// `rows` (a multiple of four) by `columns` (a multiple of the lanes), in tiles. `from` is `c` itself, or zeros
    /// with
    /// a row stride of 0.
    public static void panel(
            long c,
            long rowC,
            long from,
            long rowFrom,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns) {
        if (Tier.machine()) {
            // Strides of 0 start at zeros, by this method's contract with its callers.
            MachineTile.panel(false, c, rowC, a, rowA, stepA, b, stepB, K, rows, columns, from == c);
            return;
        }
        TileLanes.panel(c, rowC, from, rowFrom, a, rowA, stepA, b, stepB, K, rows, columns);
    }

    /// The same where elements of A and B are pairs of bf16: `C[i, n] (+)= Σ_k A[i, 2k]·B[2k, n] + A[i, 2k+1]·B[2k+1,
    /// n]`
    /// with K pairs. Only where machine code multiplies them.
    ///
    /// @param continues whether C is added to
    public static void pairs(
            long c,
            long rowC,
            boolean continues,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns) {
        MachineTile.panel(true, c, rowC, a, rowA, stepA, b, stepB, K, rows, columns, continues);
    }
}
