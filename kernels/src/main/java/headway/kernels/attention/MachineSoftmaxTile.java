package headway.kernels.attention;

import headway.kernels.Memory;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// The exponentials of flash attention in machine code. Loaded only where machine code runs.
final class MachineSoftmaxTile {
    private static final int LANES = Machine.level().lanes();
    private static final CodeTable SOFTMAX = new CodeTable(1, (a, _) -> SoftmaxTileCode.softmax(a, Machine.level()));
    private static final CodeTable DIFFERENTIATE =
            new CodeTable(1, (a, _) -> SoftmaxTileCode.differentiate(a, Machine.level()));

    private MachineSoftmaxTile() {}

    /// Whether the queries are whole vectors.
    static boolean fits(int width, int keys) {
        return width > 0 && width % LANES == 0 && keys > 0;
    }

    /// [FlashTile#softmax]; `notes` are 64 bytes of scratch.
    static boolean softmax(long scores, int width, int keys, long max, long sum, long shrink, long notes) {
        Machine.call(SOFTMAX.of(0), scores, width, keys, max, sum, shrink, notes, 0);
        long any = 0;
        for (int i = 0; i < 64; i += 8) {
            any |= Memory.i64(notes + i);
        }
        return any != 0;
    }

    /// [FlashTile#differentiate].
    static void differentiate(long scores, long dp, int width, int keys, long lse, long mean, float scale) {
        Machine.call(
                DIFFERENTIATE.of(0),
                scores,
                dp,
                width,
                keys,
                lse,
                mean,
                Float.floatToRawIntBits(scale) & 0xFFFFFFFFL,
                0);
    }
}
