package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.MatVecKernel;

/// A few rows times a large quantized weight matrix: what decoding does.
///
///     y[m,n] = f( Σ_k x[m,k] · w[n,k] + bias[n] ) + residual[m,n]        M <= 8
///
/// | operand    | shape    | access |
/// |------------|----------|--------|
/// | `y`        | `(M, N)` | write  |
/// | `x`        | `(M, K)` | read   |
/// | `w`        | `(N, K)` in blocks along k | read, each row once |
/// | `bias`     | `(N)`    | read   |
/// | `residual` | `(M, N)` | read   |
///
/// Cost: `2·M·N·K` FLOPs, `N·K` values of `w` in their blocks. Rows of `w` are widened to f32, a few at a time, and
/// multiplied by [MatVecKernel]; machine code widens them in registers. It multiplies the blocks as they are with x in
/// fifteen bits, which [ByteActivations] makes once for all rows of `w`: the error of a product is that of x, at most a
/// 32,512th of the largest of 32 values.
/// The result does not depend on how callers cut the rows of `w`.
public final class QuantizedMatVecKernel {
    /// Rows of w that are widened at a time: few enough to stay in the second-level cache.
    private static final int PANEL = 8;

    private QuantizedMatVecKernel() {}

    /// Elements of f32 scratch that one thread needs.
    public static long scratch(int K) {
        return (long) PANEL * K + (long) PANEL * MatVecKernel.MAX_ROWS;
    }

    /// Computes columns `[n0, n1)` of y for all `m < M`; x and y are f32 and contiguous.
    ///
    /// `shared` is what [ByteActivations#prepare] made of x, or null for x as it is. `scratch` holds [#scratch]
    /// elements of f32 and belongs to this call alone.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is too small, `IllegalArgumentException`
    /// where M is above [MatVecKernel#MAX_ROWS] or K is no multiple of the block size.
    public static void run(
            Span y,
            Span x,
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
        if (M > MatVecKernel.MAX_ROWS) {
            throw new IllegalArgumentException("[quantized matvec] M=%d rows; at most %d: use QuantizedGemmKernel"
                    .formatted(M, MatVecKernel.MAX_ROWS));
        }
        if (M == 0 || n0 == n1) {
            return;
        }
        y.require("quantized matvec", "y", (long) M * N);
        x.require("quantized matvec", "x", (long) M * K);
        w.require("quantized matvec", "w", N, K);
        y.requireType("quantized matvec", "y", DType.F32);
        x.requireType("quantized matvec", "x", DType.F32);
        if (epilogue.bias() != null) {
            epilogue.bias().require("quantized matvec", "bias", N);
        }
        if (epilogue.residual() != null) {
            epilogue.residual().require("quantized matvec", "residual", (M - 1) * epilogue.residualStride() + N);
        }
        if (shared != null && Tier.machine() && MachineBlockRows.fits(N, epilogue)) {
            shared.require("quantized matvec", "shared", ByteActivations.shared(w.type(), M, K));
            MachineBlockRows.run(y, shared, w, M, N, K, epilogue, n0, n1);
        } else if (Tier.machine() && MachineBlockRows.fits(N, epilogue)) {
            MachineBlockRows.wide(y, x, w, M, N, K, epilogue, n0, n1);
        } else if (Tier.vectors()) {
            scratch.requireType("quantized matvec", "scratch", DType.F32);
            scratch.require("quantized matvec", "scratch", scratch(K));
            widened(y, x, w, M, N, K, epilogue, scratch, n0, n1);
        } else {
            reference(y, x, w, M, N, K, epilogue, n0, n1);
        }
    }

    /// Scalar reference, summing in f64: the specification.
    static void reference(Span y, Span x, BlockSpan w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        BlockType type = w.type();
        for (int n = n0; n < n1; n++) {
            long row = w.address(n, K);
            for (int m = 0; m < M; m++) {
                double sum = 0;
                for (int k = 0; k < K; k++) {
                    long block = row + (long) (k / type.size()) * type.bytes();
                    sum += x.get((long) m * K + k) * type.value(block, k % type.size());
                }
                GemmKernel.finish(y, (long) m * N + n, sum, epilogue, m, n);
            }
        }
    }

    /// A panel of rows as f32, times all rows of x.
    private static void widened(
            Span y, Span x, BlockSpan w, int M, int N, int K, Epilogue epilogue, Span scratch, int n0, int n1) {
        long blocks = K / w.type().size();
        Span sums = scratch.slice((long) PANEL * K, (long) PANEL * M);
        for (int n = n0; n < n1; n += PANEL) {
            int rows = Math.min(PANEL, n1 - n);
            w.type().dequantize(scratch.address(), w.address(n, K), rows * blocks);
            MatVecKernel.run(sums, x, scratch, M, rows, K, Epilogue.NONE, 0, rows);
            for (int m = 0; m < M; m++) {
                for (int i = 0; i < rows; i++) {
                    GemmKernel.finish(y, (long) m * N + n + i, sums.get((long) m * rows + i), epilogue, m, n + i);
                }
            }
        }
    }
}
