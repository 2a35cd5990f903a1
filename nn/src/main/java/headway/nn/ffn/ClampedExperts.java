package headway.nn.ffn;

import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Weights;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.ClampOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;

/// Experts of gpt-oss: SwiGLU that is cut off at a limit and adds one to what it gates; the weights of all experts lie
/// in one tensor, gate and up in turns. [OpenAI 2025](https://arxiv.org/abs/2508.10925), section 2.1.
///
///     g = min(gate, limit),  u = clamp(up, ±limit),  y = down(g·σ(α·g) · (u + 1))
///
/// @param gateUpProj `(experts, hidden, 2·inner)`, with biases
/// @param downProj `(experts, inner, hidden)`, with biases
public record ClampedExperts(ExpertMatrices gateUpProj, ExpertMatrices downProj, double alpha, double limit)
        implements Experts {
    public static ClampedExperts load(
            Weights w, int experts, int hiddenSize, int inner, double alpha, double limit, Init init) {
        return new ClampedExperts(
                ExpertMatrices.load(w, "gate_up_proj", experts, hiddenSize, 2 * inner, init),
                ExpertMatrices.load(w, "down_proj", experts, inner, hiddenSize, init),
                alpha,
                limit);
    }

    @Override
    public int count() {
        return gateUpProj.count();
    }

    @Override
    public Tensor run(int e, Tensor rows) {
        Tensor both = gateUpProj.times(e, rows);
        Tensor gate = new ClampOp(everySecond(both, 0), Double.NEGATIVE_INFINITY, limit).run();
        Tensor up = new ClampOp(everySecond(both, 1), -limit, limit).run();
        Tensor share = new ActivationOp(new ScaleOp(gate, alpha).run(), Activation.SIGMOID).run();
        Tensor gated = new MultiplyOp(gate, share).run();
        Tensor inner = new AddOp(new MultiplyOp(up, gated).run(), gated).run();
        return downProj.times(e, inner);
    }

    private static Tensor everySecond(Tensor both, int first) {
        int inner = both.shape().last().size() / 2;
        Tensor half = both.split("inner", inner, "pair", 2).narrow("pair", first, 1);
        return new ContiguousOp(half).run().view(both.shape().withLast("inner", inner));
    }
}
