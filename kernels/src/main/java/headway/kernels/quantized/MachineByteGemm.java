package headway.kernels.quantized;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.SideBySide;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// [QuantizedGemmKernel] in machine code: rows of weights become bytes, 32 of them side by side, and meet all rows of
/// x.
/// Loaded only where machine code runs.
final class MachineByteGemm {
    private static final BlockType[] TYPES = BlockType.values();
    private static final ByteGemmCode.Form[] FORMS = ByteGemmCode.Form.values();
    private static final boolean TILES = Machine.level().has(Level.AMX);
    private static final int ROWS = TILES ? ByteTilesCode.ROWS : ByteGemmCode.ROWS;
    private static final int SIZES = ROWS + 1;

    private static final CodeTable PRODUCTS = new CodeTable(2 * FORMS.length * SIZES, (a, i) -> {
        ByteGemmCode.Form form = FORMS[i / SIZES % FORMS.length];
        boolean eight = i >= FORMS.length * SIZES;
        if (TILES) {
            ByteTilesCode.write(a, form, i % SIZES, eight);
        } else {
            ByteGemmCode.write(a, form, i % SIZES, eight);
        }
    });
    private static final CodeTable UNPACK = new CodeTable(TYPES.length, (a, i) -> {
        boolean centred = !ByteGemmCode.Form.of(TYPES[i]).minima();
        ByteUnpackCode.write(a, TYPES[i], TILES && centred);
    });

    private static final int FEW = ByteColumnsCode.ROWS + 1;
    private static final CodeTable COLUMNS = new CodeTable(
            2 * TYPES.length * FEW,
            (a, i) -> ByteColumnsCode.write(a, TYPES[i / FEW % TYPES.length], i % FEW, i >= TYPES.length * FEW));

    private MachineByteGemm() {}

    /// Bytes of one panel: 32 columns, their scales and minima.
    private static long panel(int K) {
        return ByteGemmCode.COLUMNS * (K + 2L * scales(K));
    }

    /// Bytes of scales of a row, for the type with most of them.
    private static long scales(int K) {
        return K / 16 * 4L;
    }

    /// Distance of unpacked rows: an odd number of cache lines, for rows at multiples of 2 KB would share few sets.
    private static long pitch(int K) {
        return ((K + 63) / 64 | 1) * 64L;
    }

    /// Bytes of sixteen unpacked rows.
    private static long rows(int K) {
        return SideBySide.ROWS * (pitch(K) + 2 * scales(K));
    }

    /// Bytes of scratch for `columns` columns.
    static long scratch(int columns, int K) {
        long panels = (columns + ByteGemmCode.COLUMNS - 1) / ByteGemmCode.COLUMNS;
        return panels * panel(K) + rows(K);
    }

    /// @param bytes x as [ByteActivations]
    static void run(
            Span c, Span bytes, BlockSpan w, int M, int N, int K, Epilogue epilogue, Span scratch, int n0, int n1) {
        boolean few = M <= ByteColumnsCode.ROWS && !TILES && ByteColumnsCode.knows(w.type());
        int packed = few ? n0 + columns(c, bytes, w, M, N, K, epilogue, n0, n1) : n0;
        if (packed < n1) {
            packed(c, bytes, w, M, N, K, epilogue, scratch, packed, n1);
        }
    }

    /// At most sixteen rows times whole sixteens of columns, which lie where they are; how many columns.
    private static int columns(
            Span c, Span bytes, BlockSpan w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        int whole = (n1 - n0) / ByteColumnsCode.COLUMNS * ByteColumnsCode.COLUMNS;
        int kind = ((ByteActivations.eight(M) ? TYPES.length : 0) + w.type().ordinal()) * FEW;
        for (int n = n0; n < n0 + whole; n += ByteColumnsCode.COLUMNS) {
            Machine.call(
                    COLUMNS.of(kind + M),
                    c.address(n),
                    4L * N,
                    bytes.address(),
                    w.address(n, K),
                    K / ByteActivations.BLOCK,
                    w.type().bytes(K),
                    epilogue.bias() == null ? 0 : epilogue.bias().address(n),
                    epilogue.residual() == null ? 0 : epilogue.residual().address(n));
        }
        return whole;
    }

    private static void packed(
            Span c, Span bytes, BlockSpan w, int M, int N, int K, Epilogue epilogue, Span scratch, int n0, int n1) {
        ByteGemmCode.Form form = ByteGemmCode.Form.of(w.type());
        int blocks = K / form.block();
        long panels = scratch.address();
        long rows = panels + scratch(n1 - n0, K) - rows(K);
        for (int n = n0; n < n1; n += ByteGemmCode.COLUMNS) {
            pack(panels + (n - n0) / ByteGemmCode.COLUMNS * panel(K), rows, w, form, n, Math.min(n + 32, n1), K);
        }
        int kind = ((ByteActivations.eight(M) ? FORMS.length : 0) + form.ordinal()) * SIZES;
        long rowBytes = ByteActivations.rowBytes(K);
        for (int m = 0; m < M; m += ROWS) {
            int group = Math.min(ROWS, M - m);
            for (int n = n0; n < n1; n += ByteGemmCode.COLUMNS) {
                long panel = panels + (n - n0) / ByteGemmCode.COLUMNS * panel(K);
                long columns = Math.min(ByteGemmCode.COLUMNS, n1 - n);
                Machine.call(
                        PRODUCTS.of(kind + group),
                        c.address((long) m * N + n),
                        4L * N,
                        bytes.address() + m * rowBytes,
                        panel,
                        panel + 32L * K,
                        blocks | columns << 32,
                        epilogue.bias() == null ? 0 : epilogue.bias().address(n),
                        epilogue.residual() == null ? 0 : epilogue.residual().address((long) m * N + n));
            }
        }
    }

    /// Columns `[n, end)`, at most 32, as one panel: bytes `(K/4, 32, 4)`, scales and minima `(blocks, 32)`.
    private static void pack(long panel, long rows, BlockSpan w, ByteGemmCode.Form form, int n, int end, int K) {
        long scales = rows + SideBySide.ROWS * pitch(K);
        long minima = scales + SideBySide.ROWS * scales(K);
        int blocks = K / form.block();
        for (int half = 0; half < 2; half++) {
            int from = Math.min(n + 16 * half, end);
            int count = Math.min(16, end - from);
            if (count > 0) {
                Machine.call(
                        UNPACK.of(w.type().ordinal()),
                        rows,
                        scales,
                        minima,
                        w.address(from, K),
                        K,
                        count,
                        pitch(K),
                        scales(K));
            } else {
                // Columns that are not there: nothing reads what they give, but their scales are numbers.
                Memory.ALL.asSlice(scales, SideBySide.ROWS * scales(K) * 2).fill((byte) 0);
            }
            long at = panel + 64L * half;
            int some = Math.max(1, count);
            SideBySide.run(at, 128, rows, pitch(K), some, K / 4);
            SideBySide.run(at + 32L * K, 128, scales, scales(K), some, blocks);
            if (form.minima()) {
                SideBySide.run(at + 32L * K + 128L * blocks, 128, minima, scales(K), some, blocks);
            }
        }
    }
}
