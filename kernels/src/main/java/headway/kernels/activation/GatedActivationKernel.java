package headway.kernels.activation;

import headway.kernels.Span;

public final class GatedActivationKernel {
    private GatedActivationKernel() {}
    /// y[r,c] = f(gate[r,c]) · up[r,c]; y contiguous (R, C); gate and up have row strides (elements). IDENTITY =
    /// bilinear.
    public static void forward(
            Span y, Span gate, long gateStride, Span up, long upStride, Activation f, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dgate, dup (+)= …; strides of dgate/dup are those of gate/up; dy contiguous (R, C).
    public static void backward(
            Span dgate,
            Span dup,
            Span gate,
            long gateStride,
            Span up,
            long upStride,
            Span dy,
            Activation f,
            boolean accumulate,
            int C,
            int r0,
            int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
