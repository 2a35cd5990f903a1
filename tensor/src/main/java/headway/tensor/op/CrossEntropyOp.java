package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.elementwise.ReduceKernel;
import headway.kernels.softmax.CrossEntropyKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = s · Σ_r (logsumexp(logits[r]) - logits[r, labels[r]])` over the rows whose label is not `ignoreIndex`;
/// with `s` = 1 / number of labelled rows, the mean.
///
/// Backward turns the logits into their gradient in place where nobody else reads them any more: there is never a
/// second buffer of that size, and the logits are gone afterwards.
///
/// @param lse log-sum-exp of each row, kept from forward to backward
public record CrossEntropyOp(Tensor logits, Tensor labels, int ignoreIndex, double s, Tensor lse) implements Op {
    public CrossEntropyOp {
        if (labels.count() != logits.shape().rows()) {
            throw new ShapeException("[cross entropy] logits%s have %d rows, labels%s are %d"
                    .formatted(logits.shape(), logits.shape().rows(), labels.shape(), labels.count()));
        }
    }

    /// @param s factor on the sum of the rows' losses
    public static CrossEntropyOp of(Tensor logits, Tensor labels, int ignoreIndex, double s) {
        DType dtype = logits.dtype() == DType.F64 ? DType.F64 : DType.F32;
        Tensor lse = Tensor.allocate(Shape.of("row", logits.shape().rows()), dtype);
        return new CrossEntropyOp(logits, labels, ignoreIndex, s, lse);
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(logits);
    }

    @Override
    public List<Tensor> saved() {
        return List.of(lse);
    }

    @Override
    public Tensor forward() {
        int R = logits.shape().rows();
        int V = logits.shape().last().size();
        Tensor losses = Tensor.allocate(Shape.of("row", R), lse.dtype());
        var from = logits.contiguousMemory("cross entropy");
        Parallel.range(
                R,
                Rows.grain(V),
                (lo, hi) -> CrossEntropyKernel.forward(
                        losses.memory(), lse.memory(), from, labels.memory(), ignoreIndex, V, lo, hi));
        Tensor y = Tensor.allocate(Shape.SCALAR, lse.dtype());
        y.memory().set(0, s * ReduceKernel.sum(losses.memory(), 0, R));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int R = logits.shape().rows();
        int V = logits.shape().last().size();
        double scale = s * dy.item();
        Tensor d = gradients.mayTake(logits) ? logits : Tensor.allocate(logits.shape(), logits.dtype());
        Parallel.range(
                R,
                Rows.grain(V),
                (lo, hi) -> CrossEntropyKernel.backward(
                        d.memory(), logits.memory(), lse.memory(), labels.memory(), ignoreIndex, scale, V, lo, hi));
        gradients.pass(logits, d);
    }
}
