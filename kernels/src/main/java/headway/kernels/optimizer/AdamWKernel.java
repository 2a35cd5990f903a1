package headway.kernels.optimizer;

import headway.kernels.Span;

public final class AdamWKernel {
    private AdamWKernel() {}
    /// One AdamW update (PyTorch's order: w -= lr·weightDecay·w first). gradScale multiplies the gradient
    /// (clipping).
    /// m, v f32; w, g f32.
    public static void step(Span w, Span g, Span m, Span v, AdamWStep step, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
