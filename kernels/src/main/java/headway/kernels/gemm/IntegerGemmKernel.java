package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;

/// The product of bytes with sign, exact in 32 bits.
///
///     C[m,n] = Σ_k A[m,k] · B[n,k]        modulo 2³²
///
/// | operand | shape    | type | access |
/// |---------|----------|------|--------|
/// | `C`     | `(M, N)` | i32  | write  |
/// | `A`     | `(M, K)` | i8   | read   |
/// | `B`     | `(N, K)` | i8   | read   |
///
/// Cost: `2·M·N·K` operations. From AVX-512 on the processor multiplies bytes without sign by bytes with one and adds
/// four at a time, or tiles of bytes ([headway.kernels.machine.Level#AMX]); other levels run the reference. Products
/// with quantized weights, which scale each block, are those of `headway.kernels.quantized`.
public final class IntegerGemmKernel {
    private IntegerGemmKernel() {}

    /// Elements of f32 scratch that one thread needs.
    public static long scratch() {
        return GemmKernel.scratch();
    }

    /// Computes the block `C[m0 … m1, n0 … n1)`. `scratch` holds [#scratch] elements of f32 and belongs to this call
    /// alone.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is too small or the block lies outside.
    public static void block(
            Span c, Span a, Span b, int M, int N, int K, Span scratch, int m0, int m1, int n0, int n1) {
        java.util.Objects.checkFromToIndex(m0, m1, M);
        java.util.Objects.checkFromToIndex(n0, n1, N);
        c.requireType("integer gemm", "c", DType.I32);
        a.requireType("integer gemm", "a", DType.I8);
        b.requireType("integer gemm", "b", DType.I8);
        c.require("integer gemm", "c", (long) M * N);
        a.require("integer gemm", "a", (long) M * K);
        b.require("integer gemm", "b", (long) N * K);
        if (m0 == m1 || n0 == n1) {
            return;
        }
        if (Tier.machine() && MachineIntegerGemm.fits()) {
            scratch.require("integer gemm", "scratch", scratch());
            MachineIntegerGemm.block(c, a, b, null, N, K, scratch, m0, m1, n0, n1);
        } else {
            reference(c, a, b, N, K, m0, m1, n0, n1);
        }
    }

    /// The same with B packed before.
    public static void block(Span c, Span a, PackedBytes b, int M, Span scratch, int m0, int m1, int n0, int n1) {
        java.util.Objects.checkFromToIndex(m0, m1, M);
        java.util.Objects.checkFromToIndex(n0, n1, b.N());
        c.requireType("integer gemm", "c", DType.I32);
        a.requireType("integer gemm", "a", DType.I8);
        c.require("integer gemm", "c", (long) M * b.N());
        a.require("integer gemm", "a", (long) M * b.K());
        scratch.require("integer gemm", "scratch", scratch());
        if (n0 % 64 != 0) {
            throw new IllegalArgumentException("[integer gemm] column %d; expected a multiple of 64".formatted(n0));
        }
        if (m0 < m1 && n0 < n1) {
            MachineIntegerGemm.block(c, a, null, b, b.N(), b.K(), scratch, m0, m1, n0, n1);
        }
    }

    /// Scalar reference: the specification.
    static void reference(Span c, Span a, Span b, int N, int K, int m0, int m1, int n0, int n1) {
        for (int m = m0; m < m1; m++) {
            for (int n = n0; n < n1; n++) {
                int sum = 0;
                for (int k = 0; k < K; k++) {
                    sum += Memory.i8(a.address((long) m * K + k)) * Memory.i8(b.address((long) n * K + k));
                }
                Memory.i32(c.address((long) m * N + n), sum);
            }
        }
    }
}
