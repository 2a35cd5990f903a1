package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// [QuantizedMatVecKernel] in machine code. Loaded only where machine code runs.
final class MachineBlockRows {
    private static final int SIZES = MatVecKernel.MAX_ROWS + 1;
    private static final BlockType[] TYPES = BlockType.values();
    private static final CodeTable CODE = new CodeTable(TYPES.length * SIZES, (a, i) -> {
        BlockType type = TYPES[i / SIZES];
        int M = i % SIZES;
        if (bytes()) {
            ByteRowsCode.write(a, type, M);
            return;
        }
        switch (ByteActivations.Form.of(type, M)) {
            case WORDS -> WordRowsCode.write(a, type, M);
            case BYTES -> NarrowRowsCode.write(a, type, M, false);
            case EIGHT -> NarrowRowsCode.write(a, type, M, true);
        }
    });
    private static final CodeTable WIDE_ROWS =
            new CodeTable(TYPES.length * SIZES, (a, i) -> WideRowsCode.write(a, TYPES[i / SIZES], i % SIZES));
    private static final CodeTable WIDEN = new CodeTable(TYPES.length, (a, i) -> WideRowsCode.widen(a, TYPES[i]));

    private MachineBlockRows() {}

    /// Whether blocks are multiplied as bytes here, with x in bytes.
    static boolean bytes() {
        return Machine.level().has(Level.AVX512);
    }

    /// Whether machine code does what follows the sums: no activation between sum and residual, all of f32.
    static boolean fits(int N, Epilogue epilogue) {
        boolean residualFits = epilogue.residual() == null
                || epilogue.residualStride() == N && epilogue.residual().dtype() == DType.F32;
        return epilogue.activation() == Activation.IDENTITY
                && residualFits
                && (epilogue.bias() == null || epilogue.bias().dtype() == DType.F32);
    }

    /// @param bytes x as [ByteActivations]
    static void run(Span y, Span bytes, BlockSpan w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        call(CODE, y, bytes, w, M, N, K, epilogue, n0, n1);
    }

    /// The same with x in f32.
    static void wide(Span y, Span x, BlockSpan w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        call(WIDE_ROWS, y, x, w, M, N, K, epilogue, n0, n1);
    }

    /// Values of blocks as f32, some tens of thousands a call: the garbage collector waits for it.
    static void widen(BlockType type, long to, long from, long blocks) {
        long step = (1 << 16) / type.size();
        for (long b = 0; b < blocks; b += step) {
            long some = Math.min(step, blocks - b);
            long values = to + 4 * b * type.size();
            Machine.call(WIDEN.of(type.ordinal()), values, from + b * type.bytes(), some, 0, 0, 0, 0, 0);
        }
    }

    private static void call(
            CodeTable code, Span y, Span x, BlockSpan w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        Machine.call(
                code.of(w.type().ordinal() * SIZES + M),
                y.address(n0),
                4L * N,
                x.address(),
                w.address(n0, K),
                K,
                n1 - n0,
                epilogue.bias() == null ? 0 : epilogue.bias().address(n0),
                epilogue.residual() == null ? 0 : epilogue.residual().address(n0));
    }
}
