package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.simd.Tail;

/// A few rows times a large weight matrix: what decoding does.
///
///     y[m,n] = f( Σ_k x[m,k] · w[n,k] + bias[n] ) + residual[m,n]        M <= 8
///
/// | operand    | shape    | access |
/// |------------|----------|--------|
/// | `y`        | `(M, N)` | write  |
/// | `x`        | `(M, K)` | read   |
/// | `w`        | `(N, K)` | read, each row once |
/// | `bias`     | `(N)`    | read   |
/// | `residual` | `(M, N)` | read   |
///
/// Cost: `2·M·N·K` FLOPs, `N·K` elements of `w`; bound by memory. The order of summation depends on K
/// and the vector width alone, so the result does not depend on how callers cut the rows of `w`.
public final class MatVecKernel {
    private MatVecKernel() {}

    /// Largest M that this kernel is the better choice for.
    public static final int MAX_ROWS = 8;

    /// Computes columns `[n0, n1)` of y for all `m < M`. `w` is f32, bf16 or f16 with row stride K; x
    /// and y are f32 and contiguous; other types run in [#reference].
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is too small, `IllegalArgumentException`
    /// where M is above [#MAX_ROWS].
    public static void run(Span y, Span x, Span w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        java.util.Objects.checkFromToIndex(n0, n1, N);
        if (M > MAX_ROWS) {
            throw new IllegalArgumentException("[matvec] M=%d rows; at most %d: use GemmKernel".formatted(M, MAX_ROWS));
        }
        if (M == 0 || n0 == n1) {
            return;
        }
        y.require("matvec", "y", (long) M * N);
        x.require("matvec", "x", (long) M * K);
        w.require("matvec", "w", (long) N * K);
        if (epilogue.bias() != null) {
            epilogue.bias().require("matvec", "bias", N);
        }
        if (epilogue.residual() != null) {
            epilogue.residual().require("matvec", "residual", (M - 1) * epilogue.residualStride() + N);
        }
        boolean narrow = w.dtype() == DType.F32 || w.dtype() == DType.BF16 || w.dtype() == DType.F16;
        boolean fast = Tier.vectors() && narrow && x.dtype() == DType.F32 && y.dtype() == DType.F32;
        if (fast && Tier.machine() && MachineMatVec.fits(w.dtype(), N, K, epilogue)) {
            MachineMatVec.run(y, x, w, M, N, K, epilogue, n0, n1);
        } else if (fast && !Tier.machine()) {
            Vectorized.run(y, x, w, M, N, K, epilogue, n0, n1);
        } else if (fast && epilogue.residual() == null) {
            // An activation has the bits that it has behind the product, as in the other versions.
            reference(y, x, w, M, N, K, Epilogue.bias(epilogue.bias()), n0, n1);
            for (int m = 0; m < M && epilogue.activation() != Activation.IDENTITY; m++) {
                ActivationKernel.forward(y, y, epilogue.activation(), (long) m * N + n0, (long) m * N + n1);
            }
        } else {
            reference(y, x, w, M, N, K, epilogue, n0, n1);
        }
    }

    /// Scalar reference, summing in f64: the specification, for every type.
    static void reference(Span y, Span x, Span w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        for (int m = 0; m < M; m++) {
            for (int n = n0; n < n1; n++) {
                double sum = 0;
                for (int k = 0; k < K; k++) {
                    sum += x.dtype().get(x.address((long) m * K + k))
                            * w.dtype().get(w.address((long) n * K + k));
                }
                GemmKernel.finish(y, (long) m * N + n, sum, epilogue, m, n);
            }
        }
    }

    /// Vector lanes over k. Nested, so that the outer class loads without the incubator module.
    private static final class Vectorized {
        private Vectorized() {}

        static void run(Span y, Span x, Span w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
            long sums = Tail.slots();
            DType type = w.dtype();
            for (int n = n0; n < n1; n++) {
                long row = w.address((long) n * K);
                for (int m = 0; m < M; ) {
                    int rows = m + 4 <= M ? 4 : 1;
                    long at = x.address((long) m * K);
                    if (rows == 4) {
                        MatVecRows.four(sums, at, row, type, K);
                    } else {
                        MatVecRows.one(sums, at, row, type, K);
                    }
                    for (int i = 0; i < rows; i++, m++) {
                        float sum = MatVecRows.sum(sums + i * Tail.SLOT, at + 4L * i * K, row, type, K);
                        finish(y, (long) m * N + n, sum, epilogue, m, n);
                    }
                }
            }
            boolean later = epilogue.activation() != Activation.IDENTITY && epilogue.residual() == null;
            for (int m = 0; later && m < M; m++) {
                long first = (long) m * N;
                ActivationKernel.forward(y, y, epilogue.activation(), first + n0, first + n1);
            }
        }

        /// Bias and residual; an activation that nothing follows is left to run over whole rows.
        private static void finish(Span y, long at, float sum, Epilogue epilogue, int m, int n) {
            if (epilogue.residual() != null && epilogue.activation() != Activation.IDENTITY) {
                GemmKernel.finish(y, at, sum, epilogue, m, n);
                return;
            }
            float value = sum;
            if (epilogue.bias() != null) {
                value += (float) epilogue.bias().get(n);
            }
            if (epilogue.residual() != null) {
                value += (float) epilogue.residual().get(m * epilogue.residualStride() + n);
            }
            Memory.f32(y.address(at), value);
        }
    }
}
