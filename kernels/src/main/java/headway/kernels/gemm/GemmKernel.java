package headway.kernels.gemm;

import headway.kernels.Span;

public final class GemmKernel {
    private GemmKernel() {}
    /// Elements of f32 scratch that one thread needs for packing (an upper bound for any shape).
    public static long scratch() {
        throw new UnsupportedOperationException("to be written");
    }
    /// The block C[m0…m1, n0…n1) of the product, complete with epilogue. Every element is one chain of fused
    /// multiply-adds over k in order with the same cuts, so any split into blocks gives the same bits. A, B may
    /// be
    /// f32, bf16 or f16 (widened when packed); C f32. Everything f64: reference.
    public static void block(
            Span c, Span a, Span b, GemmShape shape, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
        throw new UnsupportedOperationException("to be written");
    }
}
