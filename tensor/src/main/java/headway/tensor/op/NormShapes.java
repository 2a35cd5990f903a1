package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.elementwise.ReduceKernel;
import headway.tensor.Gradients;
import headway.tensor.Parallel;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;

/// What the two norms share: their shape check, and the ordered sum of the parameter gradients' parts.
final class NormShapes {
    /// Rows whose parameter gradients are summed together before the parts are added in order.
    static final int PARTIAL_ROWS = 64;

    private NormShapes() {}

    static void check(String operation, Tensor x, Tensor weight, Tensor bias) {
        for (Tensor p : new Tensor[] {weight, bias}) {
            if (p != null
                    && (p.shape().rank() != 1 || p.count() != x.shape().last().size())) {
                throw new ShapeException("[%s] parameter%s does not fit the innermost axis of x%s"
                        .formatted(operation, p.shape(), x.shape()));
            }
        }
    }

    static Span memory(Tensor t) {
        return t == null ? null : t.memory();
    }

    static void sumPartials(Gradients.Sink into, Span partial, long first, long stride, int chunks, int C) {
        if (into == null) {
            return;
        }
        Span to = into.tensor().contiguousMemory("norm");
        Span from = partial.slice(first, (chunks - 1) * stride + C);
        Parallel.range(C, 256, (lo, hi) -> ReduceKernel.columnSum(to, from, stride, chunks, into.accumulate(), lo, hi));
    }
}
