package headway.tensor.op;

import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.elementwise.ReduceKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = a + b`, where `b` has the sizes of `a`, or of its innermost axis, or of its innermost axes (then it repeats).
/// `da = dy`, `db = dy` summed over what repeats.
public record AddOp(Tensor a, Tensor b) implements Op {
    public AddOp {
        int skip = a.shape().rank() - b.shape().rank();
        for (int i = 0; i < b.shape().rank(); i++) {
            if (skip < 0 || a.shape().size(i + skip) != b.shape().size(i)) {
                throw new ShapeException(
                        "[add] sizes differ: %s + %s; expected the same, or b as the innermost axes of a"
                                .formatted(a.shape(), b.shape()));
            }
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(a, b);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(a.shape(), a.dtype());
        var x = a.contiguousMemory("add");
        var z = b.contiguousMemory("add");
        if (a.count() == b.count()) {
            Parallel.elements(a.count(), Rows.grain(), (lo, hi) -> ElementwiseKernel.add(y.memory(), x, z, lo, hi));
        } else {
            int C = Math.toIntExact(b.count());
            int R = Math.toIntExact(a.count() / C);
            Parallel.range(R, Rows.grain(C), (lo, hi) -> ElementwiseKernel.addRow(y.memory(), x, z, C, lo, hi));
        }
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        gradients.pass(a, dy);
        if (a.count() == b.count()) {
            gradients.pass(b, dy);
        } else if (gradients.wanted(b)) {
            int C = Math.toIntExact(b.count());
            sumRows(gradients.of(b), dy, C);
        }
    }

    /// Sums the rows of `dy`, of width `C`, into a gradient: what a repeated operand gets.
    static void sumRows(Gradients.Sink into, Tensor dy, int C) {
        int R = Math.toIntExact(dy.count() / C);
        var to = into.tensor().contiguousMemory("sum of rows");
        Parallel.range(C, 64, (lo, hi) -> ReduceKernel.columnSum(to, dy.memory(), C, R, into.accumulate(), lo, hi));
    }
}
