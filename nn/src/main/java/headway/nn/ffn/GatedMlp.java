package headway.nn.ffn;

import headway.kernels.activation.Activation;
import headway.nn.Linear;
import headway.tensor.Tensor;
import headway.tensor.op.GatedActivationOp;

/// `down(f(gate(x)) · up(x))`: SwiGLU with `SILU`, GeGLU with a GELU, ReGLU with `RELU`, bilinear with `IDENTITY`.
/// [Shazeer 2020](https://arxiv.org/abs/2002.05202).
public record GatedMlp(Linear gateProj, Linear upProj, Linear downProj, Activation activation) implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        Tensor gated = new GatedActivationOp(gateProj.forward(x), upProj.forward(x), activation).run();
        return downProj.forward(gated, residual);
    }
}
