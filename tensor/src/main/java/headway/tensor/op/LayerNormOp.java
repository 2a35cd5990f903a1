package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.norm.LayerNormKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.List;

/// `y = (x - mean) / √(var + eps) · w + b` over the innermost axis; w and b may be null.
/// [Ba, Kiros, Hinton 2016](https://arxiv.org/abs/1607.06450).
///
/// Each chunk of rows sums its part of `dw` and `db`; the parts are added in order.
public record LayerNormOp(Tensor x, Tensor weight, Tensor bias, double eps) implements Op {
    public LayerNormOp {
        NormShapes.check("layer norm", x, weight, bias);
    }

    @Override
    public List<Tensor> inputs() {
        return java.util.Arrays.asList(x, weight, bias);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        int C = x.shape().last().size();
        Span from = x.contiguousMemory("layer norm");
        Parallel.range(
                x.shape().rows(),
                Rows.grain(C),
                (lo, hi) -> LayerNormKernel.forward(
                        y.memory(), from, NormShapes.memory(weight), NormShapes.memory(bias), eps, C, lo, hi));
        return x.rounds() ? y.rounding() : y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int C = x.shape().last().size();
        int R = x.shape().rows();
        int grain = NormShapes.PARTIAL_ROWS;
        int chunks = (R + grain - 1) / grain;
        boolean parameters = gradients.wanted(weight) || gradients.wanted(bias);
        Span partial = parameters ? Workspace.current().scratch(x.dtype(), 2L * C * chunks) : null;
        Gradients.Sink dx = gradients.of(x);
        Span to = dx == null
                ? Workspace.current().scratch(x.dtype(), x.count())
                : dx.tensor().contiguousMemory("layer norm");
        boolean accumulate = dx != null && dx.accumulate();
        Parallel.range(
                R,
                grain,
                (lo, hi) -> LayerNormKernel.backward(
                        to,
                        parameters ? partial.slice(2L * C * (lo / grain), 2L * C) : null,
                        x.memory(),
                        NormShapes.memory(weight),
                        dy.memory(),
                        eps,
                        accumulate,
                        C,
                        lo,
                        hi));
        NormShapes.sumPartials(gradients.of(weight), partial, 0, 2L * C, chunks, C);
        NormShapes.sumPartials(gradients.of(bias), partial, C, 2L * C, chunks, C);
    }
}
