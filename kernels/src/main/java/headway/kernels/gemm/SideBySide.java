package headway.kernels.gemm;

import headway.kernels.gemm.PackingCode.From;

/// Rows of 32-bit words laid side by side: word `k` of each of sixteen rows, one after the other, in one vector
/// register. In machine code at levels with 512 bits only.
public final class SideBySide {
    /// Rows of one register.
    public static final int ROWS = 16;

    private SideBySide() {}

    /// `to[k·pitch + r] = from[r·row + k]` for `k < words`; 0 for rows from `rows` (1 … 16) on. `pitch` and `row` in
    /// bytes;
    /// nothing is checked.
    public static void run(long to, long pitch, long from, long row, int rows, int words) {
        GemmOperands.transpose(From.F32, to, pitch, from, row, rows, words);
    }
}
