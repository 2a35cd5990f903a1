package headway.nn.norm;

import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Tensor;
import headway.tensor.op.LayerNormOp;

/// `(x - mean) / √(var + eps) · weight + bias`. [Ba et al. 2016](https://arxiv.org/abs/1607.06450).
///
/// @param bias null in families that have none
public record LayerNorm(Parameter weight, Parameter bias, double eps) implements Norm {
    public static LayerNorm load(Weights w, int hiddenSize, double eps) {
        return new LayerNorm(
                w.get("weight", Init.ONES, "hidden", hiddenSize), w.get("bias", Init.ZEROS, "hidden", hiddenSize), eps);
    }

    @Override
    public Tensor forward(Tensor x) {
        return new LayerNormOp(x, weight.tensor(), bias == null ? null : bias.tensor(), eps).run();
    }
}
