package headway.kernels.gemm;

import headway.kernels.Tier;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// Rows that lie far apart, brought together: at distances of a power of two they would share few sets of the first
/// cache.
public final class StridedRows {
    private static final CodeTable CODE = new CodeTable(1, (a, _) -> {
        if (Machine.level().has(Level.AVX512)) {
            PackingCode.keep(a, Machine.level());
        } else {
            StridedCopyCode.write(a);
        }
    });

    private StridedRows() {}

    /// Whether there is machine code for it.
    public static boolean available() {
        return Tier.machine();
    }

    /// Copies rows of `count` f32, filled up to whole vectors with 0. Distances in bytes.
    public static void copy(long to, long stepTo, long from, long stepFrom, int rows, int count) {
        Machine.call(CODE.of(0), to, stepTo, from, stepFrom, rows, count, 0, 0);
    }

    /// `to[k][r] = from[r][k]` of elements of four bytes; rows are a multiple of the lanes. Distances in bytes.
    public static void transpose(long to, long stepTo, long from, long stepFrom, int rows, int elements) {
        int lanes = Machine.level().lanes();
        for (int r = 0; r < rows; r += lanes) {
            GemmOperands.transpose(
                    PackingCode.From.F32, to + 4L * r, stepTo, from + r * stepFrom, stepFrom, lanes, elements);
        }
    }
}
