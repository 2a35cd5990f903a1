package headway.kernels.gemm;

/// `C(M,N) (+)= op(A)(M,K) · op(B)(K,N)`, row-major, with row strides in elements.
///
/// `transA`: A lies as `(K, M)`; `transB`: B lies as `(N, K)`, as a Hugging Face linear weight does.
///
/// @param rounds whether operands in f32 may be rounded to bf16 before they are multiplied, where the processor
///     multiplies those faster; sums stay f32
public record GemmShape(
        int M,
        int N,
        int K,
        long lda,
        long ldb,
        long ldc,
        boolean transA,
        boolean transB,
        boolean accumulate,
        boolean rounds) {
    /// Operands without gaps.
    public static GemmShape of(int M, int N, int K, boolean transA, boolean transB) {
        return new GemmShape(M, N, K, transA ? M : K, transB ? K : N, N, transA, transB, false, false);
    }

    /// The same, adding to C.
    public GemmShape accumulating() {
        return new GemmShape(M, N, K, lda, ldb, ldc, transA, transB, true, rounds);
    }

    /// The same with operands that may be rounded to bf16.
    public GemmShape rounding(boolean may) {
        return new GemmShape(M, N, K, lda, ldb, ldc, transA, transB, accumulate, may);
    }

    long elementsA() {
        return extent(transA ? K : M, transA ? M : K, lda);
    }

    long elementsB() {
        return extent(transB ? N : K, transB ? K : N, ldb);
    }

    long elementsC() {
        return extent(M, N, ldc);
    }

    private static long extent(int rows, int columns, long stride) {
        return rows == 0 || columns == 0 ? 0 : (rows - 1) * stride + columns;
    }
}
