package headway.kernels.activation;

import headway.kernels.Span;

public final class ActivationKernel {
    private ActivationKernel() {}
    /// y[i] = f(x[i]) for i in [i0, i1); y may be x.
    public static void forward(Span y, Span x, Activation f, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dx[i] (+)= dy[i] · f'(x[i]); dx may be dy.
    public static void backward(Span dx, Span x, Span dy, Activation f, boolean accumulate, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
