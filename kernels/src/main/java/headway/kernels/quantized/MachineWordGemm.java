package headway.kernels.quantized;

import headway.kernels.Span;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.SideBySide;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [QuantizedGemmKernel] in machine code for AVX2: rows of weights become words or bytes, sixteen of them side by side,
/// and meet all rows of x. Loaded only where machine code runs.
final class MachineWordGemm {
    private static final BlockType[] TYPES = BlockType.values();
    private static final int SIZES = WordGemmCode.ROWS + 1;
    private static final int COLUMNS = WordGemmCode.COLUMNS;

    /// Rows of x that stay in the second cache while they meet all columns.
    private static final int STAYING = 8 * WordGemmCode.ROWS;

    private static final CodeTable PRODUCTS = new CodeTable(
            2 * TYPES.length * SIZES,
            (a, i) -> WordGemmCode.write(a, TYPES[i / SIZES % TYPES.length], i % SIZES, i >= TYPES.length * SIZES));
    private static final CodeTable UNPACK = new CodeTable(
            2 * TYPES.length, (a, i) -> WordUnpackCode.write(a, TYPES[i % TYPES.length], i >= TYPES.length));

    private MachineWordGemm() {}

    /// Bytes of one panel: sixteen columns in words, their scales and what is added.
    private static long panel(int K) {
        return COLUMNS * (2L * K + 2 * scales(K));
    }

    /// Bytes of scales of a row, for the type with most of them.
    private static long scales(int K) {
        return K / 16 * 4L;
    }

    /// Distance of unpacked rows: an odd number of cache lines, for rows at multiples of 2 KB would share few sets.
    private static long pitch(int K) {
        return ((2L * K + 63) / 64 | 1) * 64L;
    }

    private static long rows(int K) {
        return SideBySide.EIGHT * (pitch(K) + 2 * scales(K));
    }

    /// Bytes of scratch for `columns` columns.
    static long scratch(int columns, int K) {
        return (columns + COLUMNS - 1) / COLUMNS * panel(K) + rows(K);
    }

    /// @param x as [ByteActivations]
    /// @param bytes whether x and w are multiplied as bytes, not as words
    static void run(
            Span c,
            Span x,
            BlockSpan w,
            int M,
            int N,
            int K,
            Epilogue epilogue,
            Span scratch,
            int n0,
            int n1,
            boolean bytes) {
        int block = WordForm.of(w.type()).block();
        long panels = scratch.address();
        long rows = panels + scratch(n1 - n0, K) - rows(K);
        for (int n = n0; n < n1; n += COLUMNS) {
            pack(panels + (n - n0) / COLUMNS * panel(K), rows, w, n, Math.min(n + COLUMNS, n1), K, bytes);
        }
        int kind = ((bytes ? TYPES.length : 0) + w.type().ordinal()) * SIZES;
        long rowBytes = ByteActivations.rowBytes(K);
        for (int from = 0; from < M; from += STAYING) {
            for (int n = n0; n < n1; n += COLUMNS) {
                long panel = panels + (n - n0) / COLUMNS * panel(K);
                long columns = Math.min(COLUMNS, n1 - n);
                for (int m = from; m < Math.min(M, from + STAYING); m += WordGemmCode.ROWS) {
                    Machine.call(
                            PRODUCTS.of(kind + Math.min(WordGemmCode.ROWS, M - m)),
                            c.address((long) m * N + n),
                            4L * N,
                            x.address() + m * rowBytes,
                            panel,
                            panel + 2L * COLUMNS * K,
                            K / block | columns << 32,
                            epilogue.bias() == null ? 0 : epilogue.bias().address(n),
                            epilogue.residual() == null
                                    ? 0
                                    : epilogue.residual().address((long) m * N + n));
                }
            }
        }
    }

    /// Columns `[n, end)`, at most sixteen, as one panel: words `(K/2, 16, 2)` or bytes `(K/4, 16, 4)`, scales and what
    /// is added `(blocks, 16)`. Of columns that are not there nothing is read that was not written before.
    private static void pack(long panel, long rows, BlockSpan w, int n, int end, int K, boolean bytes) {
        long scales = rows + SideBySide.EIGHT * pitch(K);
        long added = scales + SideBySide.EIGHT * scales(K);
        var form = WordForm.of(w.type());
        int blocks = K / form.block();
        for (int half = 0; half < 2; half++) {
            int from = Math.min(n + SideBySide.EIGHT * half, end - 1);
            int count = Math.min(SideBySide.EIGHT, end - from);
            Machine.call(
                    UNPACK.of((bytes ? TYPES.length : 0) + w.type().ordinal()),
                    rows,
                    scales,
                    added,
                    w.address(from, K),
                    K,
                    count,
                    pitch(K),
                    scales(K));
            long at = panel + 32L * half;
            SideBySide.eight(at, 64, rows, pitch(K), count, bytes ? K / 4 : K / 2);
            SideBySide.eight(at + 2L * COLUMNS * K, 64, scales, scales(K), count, blocks);
            if (form.adds(bytes)) {
                SideBySide.eight(at + 2L * COLUMNS * K + 64L * blocks, 64, added, scales(K), count, blocks);
            }
        }
    }
}
