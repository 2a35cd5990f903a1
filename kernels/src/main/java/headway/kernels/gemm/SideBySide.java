package headway.kernels.gemm;

import headway.kernels.gemm.PackingCode.From;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// Rows of 32-bit words laid side by side: word `k` of each row, one after the other, in one vector register. In
/// machine
/// code only.
public final class SideBySide {
    /// Rows of one register of 512 bits.
    public static final int ROWS = 16;

    /// Rows of one register of 256 bits.
    public static final int EIGHT = 8;

    private static final CodeTable TRANSPOSE =
            new CodeTable(1, (a, _) -> PackingCode.transpose(a, Level.AVX2, From.F32));

    private SideBySide() {}

    /// `to[k·pitch + r] = from[r·row + k]` for `k < words`; 0 for rows from `rows` (1 … lanes) on. `pitch` and `row` in
    /// bytes; nothing is checked.
    public static void run(long to, long pitch, long from, long row, int rows, int words) {
        GemmOperands.transpose(From.F32, to, pitch, from, row, rows, words);
    }

    /// The same for up to eight rows and registers of 256 bits, at every level.
    public static void eight(long to, long pitch, long from, long row, int rows, int words) {
        Machine.call(TRANSPOSE.of(0), to, pitch, from, row, rows, words, 0, 0);
    }
}
