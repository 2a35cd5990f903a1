package headway.nn.ffn;

import headway.kernels.activation.Activation;
import headway.nn.Linear;
import headway.tensor.Tensor;

/// `down(f(up(x)))`: two linear maps with a non-linearity between. Section 3.3 of
/// [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762), there with ReLU.
public record Mlp(Linear upProj, Activation activation, Linear downProj) implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        return downProj.forward(upProj.activated(x, activation), residual);
    }
}
