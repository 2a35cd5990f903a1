package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.norm.RmsNormKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.List;

/// `y = x / √(mean(x²) + eps) · (offset + w)` over the innermost axis; w may be null.
/// [Zhang & Sennrich 2019](https://arxiv.org/abs/1910.07467). `offset` is 0, or 1 where a family stores `w - 1`.
public record RmsNormOp(Tensor x, Tensor weight, double offset, double eps) implements Op {
    public RmsNormOp {
        NormShapes.check("rms norm", x, weight, null);
    }

    @Override
    public List<Tensor> inputs() {
        return java.util.Arrays.asList(x, weight);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        int C = x.shape().last().size();
        Span from = x.contiguousMemory("rms norm");
        Parallel.range(
                x.shape().rows(),
                Rows.grain(C),
                (lo, hi) -> RmsNormKernel.forward(y.memory(), from, NormShapes.memory(weight), offset, eps, C, lo, hi));
        return x.rounds() ? y.rounding() : y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int C = x.shape().last().size();
        int R = x.shape().rows();
        int grain = NormShapes.PARTIAL_ROWS;
        int chunks = (R + grain - 1) / grain;
        boolean parameters = gradients.wanted(weight);
        Span partial = parameters ? Workspace.current().scratch(x.dtype(), (long) C * chunks) : null;
        Gradients.Sink dx = gradients.of(x);
        Span to = dx == null
                ? Workspace.current().scratch(x.dtype(), x.count())
                : dx.tensor().contiguousMemory("rms norm");
        boolean accumulate = dx != null && dx.accumulate();
        Parallel.range(
                R,
                grain,
                (lo, hi) -> RmsNormKernel.backward(
                        to,
                        parameters ? partial.slice((long) C * (lo / grain), C) : null,
                        x.memory(),
                        NormShapes.memory(weight),
                        dy.memory(),
                        offset,
                        eps,
                        accumulate,
                        C,
                        lo,
                        hi));
        NormShapes.sumPartials(gradients.of(weight), partial, 0, C, chunks, C);
    }
}
