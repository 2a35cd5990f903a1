package headway.nn.ffn;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ReciprocalOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SoftmaxOp;
import java.util.Arrays;

/// Chooses groups of experts first and experts within them.
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2405.04434), section 2.2.2; with corrections of the choice alone
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2412.19437), section 2.1.2.
///
/// | | scores | a group counts by | weights |
/// |---|---|---|---|
/// | `SOFTMAX` | over all experts | its best | scores |
/// | `SIGMOID` | of each alone | the sum of its best two, corrected | scores, which may be made to sum to 1 |
///
/// - rows `(tokens, hidden)` → `k` experts a token with their weights, times `scale`
///
/// @param correction `(experts)`, added for the choice alone and not trained; null for none
/// @param groups 1 for no groups; of them `chosenGroups` may be chosen from
public record GroupedRouter(
        Linear gate, Parameter correction, Scores scores, int k, int groups, int chosenGroups, double scale, Sum sum)
        implements Router {
    /// What a score is.
    public enum Scores {
        SOFTMAX,
        SIGMOID
    }

    /// What weights of a token sum to.
    public enum Sum {
        /// Whatever the scores of the chosen experts sum to.
        SCORES,
        /// 1, before the scale.
        ONE
    }

    @Override
    public Choice route(Tensor rows, int seq) {
        Tensor logits = gate.forward(rows);
        RouterScores.add(logits);
        Tensor values = scores == Scores.SOFTMAX
                ? new SoftmaxOp(logits).run()
                : new ActivationOp(logits, Activation.SIGMOID).run();
        int N = values.shape().size(0);
        int E = values.shape().size(1);
        Tensor open = open(values, N, E);
        Tensor wanted = Tensor.allocate(values.shape(), DType.F32);
        for (long i = 0; i < wanted.count(); i++) {
            boolean may = open.memory().get(i) != 0;
            wanted.memory()
                    .set(i, may ? corrected(values, i, E) : scores == Scores.SOFTMAX ? 0 : Double.NEGATIVE_INFINITY);
        }
        int[] chosen = Router.highest(wanted, k);
        // A softmax's experts outside of the groups weigh 0; a sigmoid's are never chosen.
        Tensor of = scores == Scores.SOFTMAX && groups > 1 ? new MultiplyOp(values, open).run() : values;
        Tensor weights = Router.picked(of, chosen);
        if (sum == Sum.ONE) {
            weights = normed(weights);
        }
        return new Choice(chosen, scale == 1 ? weights : new ScaleOp(weights, scale).run());
    }

    private double corrected(Tensor values, long i, int E) {
        double value = values.memory().get(i);
        return correction == null
                ? value
                : (float) (value + correction.tensor().memory().get(i % E));
    }

    /// 1 for experts in the chosen groups of each token, 0 for others.
    private Tensor open(Tensor values, int N, int E) {
        Tensor open = Tensor.allocate(values.shape(), DType.F32);
        int size = E / groups;
        Tensor counts = Tensor.allocate(Shape.of("tokens", N, "groups", groups), DType.F32);
        for (int t = 0; t < N; t++) {
            for (int g = 0; g < groups; g++) {
                double[] in = new double[size];
                for (int e = 0; e < size; e++) {
                    in[e] = corrected(values, (long) t * E + g * size + e, E);
                }
                Arrays.sort(in);
                boolean best = scores == Scores.SOFTMAX || size < 2;
                counts.memory().set((long) t * groups + g, best ? in[size - 1] : in[size - 1] + in[size - 2]);
            }
        }
        headway.kernels.elementwise.ElementwiseKernel.fill(open.memory(), groups == 1 ? 1 : 0, 0, open.count());
        int[] chosen = groups == 1 ? new int[0] : Router.highest(counts, chosenGroups);
        for (int c = 0; c < chosen.length; c++) {
            long from = (long) (c / chosenGroups) * E + (long) chosen[c] * size;
            headway.kernels.elementwise.ElementwiseKernel.fill(open.memory(), 1, from, from + size);
        }
        return open;
    }

    /// `w / Σ w` of each token.
    private Tensor normed(Tensor weights) {
        int N = weights.shape().size(0);
        Tensor ones = Tensor.allocate(Shape.of("tokens", N, "choice", k, "other", k), DType.F32);
        headway.kernels.elementwise.ElementwiseKernel.fill(ones.memory(), 1, 0, ones.count());
        Tensor sums = new MatMulOp(weights, ones, false).run();
        Tensor tiny = Tensor.allocate(sums.shape(), DType.F32);
        headway.kernels.elementwise.ElementwiseKernel.fill(tiny.memory(), 1e-20, 0, tiny.count());
        return new MultiplyOp(weights, new ReciprocalOp(new AddOp(sums, tiny).run()).run()).run();
    }
}
