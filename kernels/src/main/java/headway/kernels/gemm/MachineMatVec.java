package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// [MatVecKernel] in machine code. Loaded only where machine code runs.
final class MachineMatVec {
    private static final Level LEVEL = Machine.level();
    private static final CodeTable F32 = table(DType.F32);
    private static final CodeTable BF16 = table(DType.BF16);
    private static final CodeTable F16 = table(DType.F16);

    private MachineMatVec() {}

    private static CodeTable table(DType type) {
        return new CodeTable(MatVecKernel.MAX_ROWS + 1, (a, rows) -> MatVecCode.write(a, LEVEL, type, rows));
    }

    /// Whether this kernel does it: rows in whole vectors where their type asks for that, and no activation between sum
    /// and residual.
    static boolean fits(DType type, int N, int K, Epilogue epilogue) {
        boolean residualFits = epilogue.residual() == null
                || epilogue.activation() == Activation.IDENTITY
                        && epilogue.residualStride() == N
                        && epilogue.residual().dtype() == DType.F32;
        return MatVecCode.fits(LEVEL, type, K)
                && residualFits
                && (epilogue.bias() == null || epilogue.bias().dtype() == DType.F32);
    }

    static void run(Span y, Span x, Span w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        CodeTable table = switch (w.dtype()) {
            case F32 -> F32;
            case BF16 -> BF16;
            default -> F16;
        };
        Machine.call(
                table.of(M),
                y.address(n0),
                4L * N,
                x.address(),
                w.address((long) n0 * K),
                K,
                n1 - n0,
                epilogue.bias() == null ? 0 : epilogue.bias().address(n0),
                epilogue.residual() == null ? 0 : epilogue.residual().address(n0));
        for (int m = 0; m < M && epilogue.activation() != Activation.IDENTITY; m++) {
            long first = (long) m * N;
            ActivationKernel.forward(y, y, epilogue.activation(), first + n0, first + n1);
        }
    }
}
