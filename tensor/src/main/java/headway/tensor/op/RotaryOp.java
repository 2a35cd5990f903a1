package headway.tensor.op;

import headway.kernels.attention.Heads;
import headway.kernels.rotary.RotaryKernel;
import headway.kernels.rotary.RotaryLayout;
import headway.kernels.rotary.RotaryShape;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Tensor;
import java.util.List;

/// Rotates pairs of each head by angles that grow with the position, so that `q·k` depends on distances only.
/// [Su et al. 2021](https://arxiv.org/abs/2104.09864). The derivative rotates back.
///
/// @param x `(batch, seq, heads, head_dim)`, at any strides
/// @param cos `(positions, rotary/2)`, and sin the same
/// @param positions `I32` `(batch, seq)`
public record RotaryOp(Tensor x, Tensor cos, Tensor sin, Tensor positions, RotaryLayout layout, int rotaryDim)
        implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(x);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        rotate(y.heads(), x.heads(), false, false);
        return x.rounds() ? y.rounding() : y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink dx = gradients.of(x);
        rotate(dx.tensor().heads(), dy.heads(), true, dx.accumulate());
    }

    private void rotate(Heads to, Heads from, boolean inverse, boolean accumulate) {
        int T = x.shape().size(1);
        int H = x.shape().size(2);
        int Dh = x.shape().size(3);
        var shape = new RotaryShape(T, H, Dh, rotaryDim);
        Parallel.range(
                x.shape().size(0) * T,
                Rows.grain(H * Dh),
                (lo, hi) -> RotaryKernel.apply(
                        to,
                        from,
                        cos.memory(),
                        sin.memory(),
                        positions.memory(),
                        layout,
                        shape,
                        inverse,
                        accumulate,
                        lo,
                        hi));
    }
}
