package headway.kernels.softmax;

import headway.kernels.Span;

public final class CrossEntropyKernel {
    private CrossEntropyKernel() {}
    /// loss[r] = lse[r] - logits[r, labels[r]], 0 where labels[r] == ignoreIndex; lse[r] = log sum
    /// exp(logits[r,:]).
    /// labels I32. A label outside 0…V-1 that is not ignoreIndex: IndexOutOfBoundsException naming it.
    public static void forward(Span loss, Span lse, Span logits, Span labels, int ignoreIndex, int V, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// dlogits[r,v] = (exp(logits[r,v] - lse[r]) - [v == label]) · scale, 0 in ignored rows; dlogits may be
    /// logits (in
    /// place: no second buffer).
    public static void backward(
            Span dlogits, Span logits, Span lse, Span labels, int ignoreIndex, double scale, int V, int r0, int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
