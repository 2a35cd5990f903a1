package headway.kernels.simd;

import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [TileKernel#panel] in machine code. Loaded only where machine code runs.
final class MachineTile {
    private static final int LANES = Machine.level().lanes();
    private static final int MOST = (1 << TileCode.SHIFT) - 1;
    private static final CodeTable CODE = new CodeTable(2, (a, i) -> {
        if (i == 0) {
            TileCode.write(a, Machine.level());
        } else {
            TileCode.writePairs(a, Machine.level());
        }
    });

    private MachineTile() {}

    /// @param pairs whether elements of A and B are pairs of bf16
    static void panel(
            boolean pairs,
            long c,
            long rowC,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns,
            boolean continues) {
        if (rows == 0 || columns == 0) {
            return;
        }
        // Sums go on from C: the same chain, whatever the pieces.
        for (; K > MOST; K -= MOST, a += MOST * stepA, b += MOST * stepB, continues = true) {
            call(pairs, c, rowC, a, rowA, stepA, b, stepB, MOST, rows, columns, continues);
        }
        call(pairs, c, rowC, a, rowA, stepA, b, stepB, K, rows, columns, continues);
    }

    private static void call(
            boolean pairs,
            long c,
            long rowC,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns,
            boolean continues) {
        long sizes = K
                | (long) rows << TileCode.SHIFT
                | (long) columns / LANES << 2 * TileCode.SHIFT
                | (continues ? 1L : 0L) << 3 * TileCode.SHIFT;
        Machine.call(CODE.of(pairs ? 1 : 0), c, rowC, a, rowA, stepA, b, stepB, sizes);
    }
}
