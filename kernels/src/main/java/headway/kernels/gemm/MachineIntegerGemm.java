package headway.kernels.gemm;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.gemm.PackingCode.From;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// [IntegerGemmKernel] in machine code: the loops of [MachineGemm] over units of four bytes along k, with
/// `vpdpbusd` in the place of multiply-adds, or with tiles. Loaded only where machine code runs.
///
/// `vpdpbusd` wants one side without sign: B gets 128 more when it is packed, and sums begin at what that adds.
final class MachineIntegerGemm {
    private static final Level LEVEL = Machine.level();
    private static final boolean TILES = LEVEL.has(Level.AMX);
    static final int LANES = LEVEL.lanes();
    private static final int WIDEST = GemmCode.widest(LEVEL);
    private static final int NR = WIDEST * LANES;

    private static final CodeTable PANELS = new CodeTable(WIDEST, (a, i) -> {
        if (TILES) {
            TileGemmCode.writeBytes(a, i + 1);
        } else {
            GemmCode.writeBytes(a, LEVEL, i + 1);
        }
    });
    private static final CodeTable ROWS = new CodeTable(2, (a, i) -> {
        if (i == 0) {
            IntegerRowsCode.copy(a);
        } else {
            IntegerRowsCode.starts(a);
        }
    });

    /// Rows of A, units of depth, columns of B, and the depth of one call: see [MachineGemm].
    private static final int MC = 192;

    private static final int KS = 1024;
    private static final int NC = 768;
    private static final int KC = TILES ? 256 : 128;
    private static final int PITCH = 4 * (KS + LANES);
    private static final int ARGUMENTS = 4 * MachineGemm.ARGUMENTS;
    /// Rows of A at multiples of this many bytes are copied for tiles.
    private static final int ALIASED = 1024;

    private static final long FLIP = TILES ? 0 : 0x8080_8080_8080_8080L;

    private MachineIntegerGemm() {}

    static boolean fits() {
        return LEVEL.has(Level.AVX512);
    }

    /// @param b null where `packed` is given
    static void block(
            Span c, Span a, Span b, PackedBytes packed, int N, int K, Span scratch, int m0, int m1, int n0, int n1) {
        long arguments = scratch.address();
        long packedA = arguments + ARGUMENTS;
        long packedB = packedA + (long) MC * PITCH;
        boolean plain = K % 4 == 0 && !(TILES && K % ALIASED == 0);
        Memory.i64(arguments + GemmCode.ROW_C, 4L * N);
        Memory.i64(arguments + GemmCode.ROW_A, plain ? K : PITCH);
        Memory.i64(arguments + GemmCode.BIAS, 0);
        Memory.i64(arguments + GemmCode.RESIDUAL, 0);
        for (int n = n0; n < n1; n += NC) {
            int columns = Math.min(NC, n1 - n);
            int k = 0;
            // The first pass runs even where K is 0: it writes the empty sum.
            do {
                int depth = Math.min(4 * KS, K - k);
                int units = (depth + 3) / 4;
                for (int j = 0; packed == null && j < columns; j += NR) {
                    pack(packedB + 4L * j * units, b, K, n + j, Math.min(NR, columns - j), k, depth, packedA);
                }
                for (int m = m0; m < m1; m += MC) {
                    int rows = Math.min(MC, m1 - m);
                    long from = a.address((long) m * K + k);
                    long whole = a.address((long) m * K);
                    if (!plain) {
                        call(ROWS, 0, packedA, PITCH, from, K, rows, depth, 0);
                        from = packedA;
                    }
                    for (int j = 0; j < columns; j += NR) {
                        int wide = Math.min(NR, columns - j);
                        long to = c.address((long) m * N + n + j);
                        if (!TILES && k == 0) {
                            call(ROWS, 1, to, 4L * N, whole, K, rows, K, wide);
                        }
                        long panel = packed == null
                                ? packedB + 4L * j * units
                                : packed.panel(n + j) + (long) k * vectors(wide) * LANES;
                        panel(arguments, to, from, panel, rows, wide, units, !TILES || k > 0);
                    }
                }
                k += 4 * KS;
            } while (k < K);
        }
    }

    private static int vectors(int wide) {
        return (wide + LANES - 1) / LANES;
    }

    /// Packs columns `[n0, n1)` of B; `n0` is a multiple of [#NR], and so is `n1` unless it is N.
    static void pack(PackedBytes to, Span b, Span scratch, int n0, int n1) {
        int K = to.K();
        for (int n = n0; n < n1; n += NR) {
            int wide = Math.min(NR, n1 - n);
            long width = vectors(wide) * LANES;
            for (int k = 0; k < K; k += 4 * KS) {
                int depth = Math.min(4 * KS, K - k);
                pack(to.panel(n) + k * width, b, K, n, wide, k, depth, scratch.address());
            }
        }
    }

    /// `wide` columns of B from column `n` on, four bytes of each side by side.
    private static void pack(long panel, Span b, int K, int n, int wide, int k, int depth, long spare) {
        int width = vectors(wide) * LANES;
        for (int g = 0; g < wide; g += LANES) {
            int rows = Math.min(LANES, wide - g);
            call(ROWS, 0, spare, PITCH, b.address((long) (n + g) * K + k), K, rows, depth, FLIP);
            GemmOperands.transpose(From.F32, panel + 4L * g, 4L * width, spare, PITCH, rows, (depth + 3) / 4);
        }
    }

    /// Rows of A times one panel of B, in steps of KC.
    private static void panel(
            long arguments, long c, long a, long b, int rows, int wide, int depth, boolean continues) {
        int vectors = vectors(wide);
        Memory.i64(arguments + GemmCode.C, c);
        Memory.i64(arguments + GemmCode.ROWS, rows);
        Memory.i64(arguments + GemmCode.LAST, wide - (vectors - 1) * LANES);
        int k = 0;
        do {
            int units = TILES ? TileGemmCode.depth(depth - k, KC) : Math.min(KC, depth - k);
            Memory.i64(arguments + GemmCode.A, a + 4L * k);
            Memory.i64(arguments + GemmCode.B, b + 4L * k * vectors * LANES);
            Memory.i64(arguments + GemmCode.DEPTH, units);
            Memory.i64(arguments + GemmCode.CONTINUES, continues || k > 0 ? 1 : 0);
            if (TILES) {
                TileGemmCode.shapes(arguments, rows, units);
            }
            call(PANELS, vectors - 1, arguments, 0, 0, 0, 0, 0, 0);
            k += units;
        } while (k < depth);
    }

    private static void call(CodeTable code, int i, long a, long b, long c, long d, long e, long f, long g) {
        Machine.call(code.of(i), a, b, c, d, e, f, g, 0);
    }
}
