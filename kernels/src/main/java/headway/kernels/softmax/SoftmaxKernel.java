package headway.kernels.softmax;

import headway.kernels.Span;

public final class SoftmaxKernel {
    private SoftmaxKernel() {}

    public static void forward(Span y, Span x, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }

    public static void backward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }

    public static void logForward(Span y, Span x, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }

    public static void logBackward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
