package headway.nn.ffn;

import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.ClampOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;

/// Experts of gpt-oss: SwiGLU that is cut off at a limit and adds one to what it gates; the weights of all experts lie
/// in one tensor, gate and up in turns. [OpenAI 2025](https://arxiv.org/abs/2508.10925), section 2.1.
///
///     g = min(gate, limit),  u = clamp(up, ±limit),  y = down(g·σ(α·g) · (u + 1))
///
/// @param gateUpProj `(experts, hidden, 2·inner)`, and its bias `(experts, 2·inner)`
/// @param downProj `(experts, inner, hidden)`, and its bias `(experts, hidden)`
public record ClampedExperts(
        Parameter gateUpProj,
        Parameter gateUpProjBias,
        Parameter downProj,
        Parameter downProjBias,
        double alpha,
        double limit)
        implements Experts {
    public static ClampedExperts load(
            Weights w, int experts, int hiddenSize, int inner, double alpha, double limit, Init init) {
        return new ClampedExperts(
                w.get("gate_up_proj", init, "experts", experts, "in", hiddenSize, "out", 2 * inner),
                w.get("gate_up_proj_bias", Init.ZEROS, "experts", experts, "out", 2 * inner),
                w.get("down_proj", init, "experts", experts, "in", inner, "out", hiddenSize),
                w.get("down_proj_bias", Init.ZEROS, "experts", experts, "out", hiddenSize),
                alpha,
                limit);
    }

    @Override
    public int count() {
        return gateUpProj.tensor().shape().size(0);
    }

    @Override
    public Tensor run(int e, Tensor rows) {
        Tensor both = linear(e, rows, gateUpProj, gateUpProjBias);
        Tensor gate = new ClampOp(everySecond(both, 0), Double.NEGATIVE_INFINITY, limit).run();
        Tensor up = new ClampOp(everySecond(both, 1), -limit, limit).run();
        Tensor share = new ActivationOp(new ScaleOp(gate, alpha).run(), Activation.SIGMOID).run();
        Tensor gated = new MultiplyOp(gate, share).run();
        Tensor inner = new AddOp(new MultiplyOp(up, gated).run(), gated).run();
        return linear(e, inner, downProj, downProjBias);
    }

    private static Tensor everySecond(Tensor both, int first) {
        int inner = both.shape().last().size() / 2;
        Tensor half = both.split("inner", inner, "pair", 2).narrow("pair", first, 1);
        return new ContiguousOp(half).run().view(both.shape().withLast("inner", inner));
    }

    private static Tensor linear(int e, Tensor x, Parameter weight, Parameter bias) {
        Shape all = weight.tensor().shape();
        Tensor w = weight.tensor().narrow("experts", e, 1).view(Shape.of("in", all.size(1), "out", all.size(2)));
        Tensor id = Tensor.of(Shape.of("row", 1), e);
        Tensor b = new EmbeddingOp(bias.tensor(), id, -1).run().view(Shape.of("out", all.size(2)));
        return new LinearOp(x, w, b, null, true).run();
    }
}
