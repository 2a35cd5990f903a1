package headway.kernels.embedding;

import headway.kernels.Span;

public final class EmbeddingKernel {
    private EmbeddingKernel() {}
    /// y[r,:] = table[ids[r],:] for r in [r0, r1); ids I32; table may be f32/bf16/f16 (widened to y's type); an
    /// id
    /// outside 0 … V-1 is an IndexOutOfBoundsException naming id, position and V.
    public static void gather(Span y, Span table, Span ids, int V, int D, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dtable[ids[r], c] += dy[r, c] for all r < R and c in [c0, c1): rows in order, split over columns, so
    /// that any
    /// number of threads gives the same bits. Rows whose id equals skip (padding_idx; -1 = none) add nothing.
    public static void scatterAdd(Span dtable, Span dy, Span ids, int skip, int V, int D, int R, int c0, int c1) {
        throw new UnsupportedOperationException("to be written");
    }
}
