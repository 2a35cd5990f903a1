package headway.tensor.op;

import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Tensor;
import java.util.List;

/// `y = x` without gaps in memory; `dx = dy`.
public record ContiguousOp(Tensor x) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        return x.rounds() ? x.copy().rounding() : x.copy();
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        gradients.pass(x, dy);
    }
}
