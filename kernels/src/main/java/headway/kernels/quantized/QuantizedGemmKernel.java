package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.GemmShape;

/// Many rows times a quantized weight matrix: what reading a prompt does.
///
///     C[m,n] = f( Σ_k A[m,k] · w[n,k] + bias[n] ) + residual[m,n]
///
/// | operand    | shape    | access |
/// |------------|----------|--------|
/// | `C`        | `(M, N)` | write  |
/// | `A`        | `(M, K)` | read   |
/// | `w`        | `(N, K)` in blocks along k | read |
/// | `bias`     | `(N)`    | read   |
/// | `residual` | `(M, N)` | read   |
///
/// Cost: `2·M·N·K` FLOPs and `N·K` values brought into another form once. The rows of `w` that a call is given are
/// widened to f32 and multiplied by [GemmKernel], or become bytes or words that machine code multiplies with x in
/// fifteen bits
/// ([ByteActivations]), so that a call's rows should number some tens at least.
public final class QuantizedGemmKernel {
    private QuantizedGemmKernel() {}

    /// Elements of f32 scratch that a call for `rows` rows of `w` needs.
    public static long scratch(int rows, int K) {
        long widened = GemmKernel.scratch() + (long) rows * K;
        if (!Tier.machine()) {
            return widened;
        }
        long integers = MachineBlockRows.bytes() ? MachineByteGemm.scratch(rows, K) : MachineWordGemm.scratch(rows, K);
        return Math.max(widened, integers / 4);
    }

    /// Computes columns `[n0, n1)` of C for all `m < M`; A and C are f32 and contiguous.
    ///
    /// `shared` is what [ByteActivations#prepare] made of A, or null for A as it is. `scratch` holds [#scratch]
    /// elements of f32 and belongs to this call alone.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is too small, `IllegalArgumentException` where K is no
    /// multiple of the block size.
    public static void run(
            Span c,
            Span a,
            Span shared,
            BlockSpan w,
            int M,
            int N,
            int K,
            Epilogue epilogue,
            Span scratch,
            int n0,
            int n1) {
        java.util.Objects.checkFromToIndex(n0, n1, N);
        if (M == 0 || n0 == n1) {
            return;
        }
        int columns = n1 - n0;
        c.require("quantized gemm", "c", (long) M * N);
        w.require("quantized gemm", "w", N, K);
        scratch.requireType("quantized gemm", "scratch", DType.F32);
        scratch.require("quantized gemm", "scratch", scratch(columns, K));
        if (shared != null && Tier.machine() && MachineBlockRows.fits(N, epilogue)) {
            shared.require("quantized gemm", "shared", ByteActivations.shared(w.type(), M, K));
            if (MachineBlockRows.bytes()) {
                MachineByteGemm.run(c, shared, w, M, N, K, epilogue, scratch, n0, n1);
            } else {
                boolean bytes = ByteActivations.Form.of(w.type(), M) == ByteActivations.Form.EIGHT;
                MachineWordGemm.run(c, shared, w, M, N, K, epilogue, scratch, n0, n1, bytes);
            }
            return;
        }
        Span panel = scratch.slice(GemmKernel.scratch(), (long) columns * K);
        w.type()
                .dequantize(
                        panel.address(),
                        w.address(n0, K),
                        (long) columns * K / w.type().size());
        Span bias = epilogue.bias() == null ? null : epilogue.bias().slice(n0, columns);
        long last = (long) (M - 1) * N + columns;
        Span residual = epilogue.residual() == null
                ? null
                : epilogue.residual().slice(n0, (M - 1) * epilogue.residualStride() + columns);
        GemmKernel.block(
                c.slice(n0, last),
                a,
                panel,
                new GemmShape(M, columns, K, K, K, N, false, true, false, false),
                new Epilogue(bias, epilogue.activation(), residual, epilogue.residualStride()),
                scratch,
                0,
                M,
                0,
                columns);
    }
}
