package headway.nn.norm;

import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Tensor;
import headway.tensor.op.RmsNormOp;

/// `x / √(mean(x²) + eps) · (offset + weight)`. [Zhang & Sennrich 2019](https://arxiv.org/abs/1910.07467).
///
/// @param offset 0, or 1 in families whose checkpoints store the weight minus one
public record RmsNorm(Parameter weight, double offset, double eps) implements Norm {
    public static RmsNorm load(Weights w, int hiddenSize, double eps) {
        return new RmsNorm(w.get("weight", Init.ONES, "hidden", hiddenSize), 0, eps);
    }

    @Override
    public Tensor forward(Tensor x) {
        return new RmsNormOp(x, weight.tensor(), offset, eps).run();
    }
}
