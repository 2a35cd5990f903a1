package headway.kernels.gemm;

import headway.kernels.Span;

public final class MatVecKernel {
    private MatVecKernel() {}
    /// Largest M that this kernel is the better choice for.
    public static final int MAX_ROWS = 8;
    /// y[m,n] = f(sum_k x[m,k] · w[n,k] + bias[n]) + residual for n in [n0, n1) and all m < M; reads each row
    /// of w
    /// once: what decoding does. w (N, K) f32, bf16 or f16, row stride K; x f32 (M, K) contiguous; y (M, N)
    /// contiguous.
    public static void run(Span y, Span x, Span w, int M, int N, int K, Epilogue epilogue, int n0, int n1) {
        throw new UnsupportedOperationException("to be written");
    }
}
