package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Tier;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// Blocks of f32 brought into the forms in which sums of products of pairs of bf16 are made: pairs along the inner axis
/// lie together, as one element of four bytes.
///
/// Rounded to nearest, ties to even; subnormal numbers become 0, as in all products of that instruction. Only where
/// [#available].
public final class Bf16Pairs {
    private static final CodeTable PAIRS = new CodeTable(1, (a, _) -> PackingCode.pairs(a));

    private Bf16Pairs() {}

    /// Whether the processor multiplies pairs of bf16.
    public static boolean available() {
        return Tier.machine() && Machine.level().has(Level.AVX512BF16);
    }

    /// Rows of `count` elements as rows of bf16, filled up to sixteen with 0: pairs along a row. Distances in bytes.
    public static void rows(long to, long stepTo, long from, long stepFrom, int rows, int count) {
        GemmOperands.rows(DType.F32, to, stepTo, from, stepFrom, rows, count);
    }

    /// Rows two and two, an even number of them, of whole vectors: pairs across rows. Distances in bytes.
    public static void across(long to, long stepTo, long from, long stepFrom, int rows, int columns) {
        if (rows > 0) {
            Machine.call(PAIRS.of(0), to, stepTo, from, stepFrom, rows / 2, columns / 16, 0, 0);
        }
    }
}
