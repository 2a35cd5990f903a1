package headway.nn.ffn;

import headway.kernels.activation.Activation;
import headway.nn.Linear;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.MatMulOp;

/// A feed-forward part that each token takes in its own measure, `σ(gate(x)) · expert(x)`: Qwen2-MoE's shared expert.
/// [Qwen Team 2024](https://arxiv.org/abs/2407.10671), section 2.2.2.
///
/// @param gate `(1, hidden)`
public record GatedExpert(Linear gate, FeedForward expert) implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        int D = x.shape().last().size();
        int N = Math.toIntExact(x.count() / D);
        Tensor share = new ActivationOp(gate.forward(x), Activation.SIGMOID).run();
        Tensor y = new MatMulOp(
                        share.view(Shape.of("tokens", N, "one", 1, "share", 1)),
                        expert.forward(x, null).view(Shape.of("tokens", N, "one", 1, "hidden", D)),
                        false)
                .run()
                .view(x.shape());
        return residual == null ? y : new AddOp(y, residual).run();
    }
}
