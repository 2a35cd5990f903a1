package headway.kernels.embedding;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.simd.Rows;

/// Rows of a table by number, and the derivative: rows added back.
///
///     y[r,:] = table[ids[r],:]        dtable[ids[r],:] += dy[r,:]
///
/// | buffer            | shape    | access |
/// |-------------------|----------|--------|
/// | `y`, `dy`         | `(R, D)` | write, read |
/// | `table`, `dtable` | `(V, D)` | read, add to |
/// | `ids`             | `(R)` I32 | read  |
///
/// Cost: no flops (one addition an element backward), `8RD` bytes in f32; memory-bound.
///
/// The derivative is split over columns, never over rows: several rows may hold the same id, and each
/// column must add them in the order of rows for the result not to depend on the number of threads.
public final class EmbeddingKernel {
    private EmbeddingKernel() {}

    /// `y[r,:] = table[ids[r],:]` for `r` in `[r0, r1)`, converted to the type of `y`; throws
    /// `IndexOutOfBoundsException` for an id outside `0 … V-1`, before anything is written.
    public static void gather(Span y, Span table, Span ids, int V, int D, int r0, int r1) {
        y.requireRows("embedding", "y", r0, r1, D);
        table.requireRows("embedding", "table", 0, V, D);
        ids.requireType("embedding", "ids", DType.I32);
        ids.requireRange("embedding", "ids", r0, r1);
        for (int r = r0; r < r1; r++) {
            requireId(Memory.i32(ids.address(r)), r, V);
        }
        if (Tier.vectors()) {
            for (int r = r0; r < r1; r++) {
                long from = (long) Memory.i32(ids.address(r)) * D;
                ConvertKernel.run(y, (long) r * D, table, from, D);
            }
        } else {
            reference(y, table, ids, D, r0, r1);
        }
    }

    /// `dtable[ids[r], c] += dy[r, c]` for all `r < R` and `c` in `[c0, c1)`. Rows whose id equals
    /// `skip` (`padding_idx`; -1 for none) add nothing. Throws `IndexOutOfBoundsException` for any
    /// other id outside `0 … V-1`, before anything is written.
    public static void scatterAdd(Span dtable, Span dy, Span ids, int skip, int V, int D, int R, int c0, int c1) {
        dtable.requireRows("embedding backward", "dtable", 0, V, D);
        dy.requireRows("embedding backward", "dy", 0, R, D);
        ids.requireType("embedding backward", "ids", DType.I32);
        ids.requireRange("embedding backward", "ids", 0, R);
        if (c0 < 0 || c0 > c1 || c1 > D) {
            throw new IndexOutOfBoundsException(
                    "[embedding backward] columns %d … %d; expected 0 ≤ c0 ≤ c1 ≤ D=%d".formatted(c0, c1, D));
        }
        for (int r = 0; r < R; r++) {
            int id = Memory.i32(ids.address(r));
            if (id != skip) {
                requireId(id, r, V);
            }
        }
        if (Tier.vectors() && dtable.dtype() == DType.F32 && dy.dtype() == DType.F32) {
            for (int r = 0; r < R; r++) {
                int id = Memory.i32(ids.address(r));
                if (id != skip) {
                    long to = dtable.address((long) id * D + c0);
                    Rows.add(to, to, dy.address((long) r * D + c0), c1 - c0);
                }
            }
        } else {
            referenceScatterAdd(dtable, dy, ids, skip, D, R, c0, c1);
        }
    }

    private static void requireId(int id, int row, int V) {
        if (id < 0 || id >= V) {
            throw new IndexOutOfBoundsException(
                    "[embedding] id %d at position %d is outside the vocabulary 0 … %d".formatted(id, row, V - 1));
        }
    }

    static void reference(Span y, Span table, Span ids, int D, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) Memory.i32(ids.address(r)) * D;
            for (int c = 0; c < D; c++) {
                y.dtype().put(y.address((long) r * D + c), table.dtype().get(table.address(row + c)));
            }
        }
    }

    static void referenceScatterAdd(Span dtable, Span dy, Span ids, int skip, int D, int R, int c0, int c1) {
        DType type = dtable.dtype();
        for (int r = 0; r < R; r++) {
            int id = Memory.i32(ids.address(r));
            if (id == skip) {
                continue;
            }
            for (int c = c0; c < c1; c++) {
                long address = dtable.address((long) id * D + c);
                type.put(address, type.get(address) + dy.dtype().get(dy.address((long) r * D + c)));
            }
        }
    }
}
