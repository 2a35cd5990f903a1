package headway.nn.loss;

import headway.nn.ffn.Router;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Losses of Switch Transformers' routers, over all blocks of a stack and text by text.
///
/// - scores `(batch · seq, experts)` of each router
public final class SwitchLoss {
    private SwitchLoss() {}

    /// Grows where few experts get most of a text. [Fedus et al. 2021](https://arxiv.org/abs/2101.03961), equation 4.
    ///
    ///     loss = E / B · Σ_{b,e} f[b,e] · P[b,e]
    ///
    /// f is the share of b's tokens whose best expert is e, P the mean of e's probability.
    public static Tensor balance(List<Tensor> scores, int batch) {
        int E = scores.getFirst().shape().size(1);
        double tokens = tokens(scores) / batch;
        double[] shares = new double[batch * E];
        for (Tensor s : scores) {
            int[] best = Router.highest(s, 1);
            for (int t = 0; t < best.length; t++) {
                shares[t / (best.length / batch) * E + best[t]] += 1 / tokens;
            }
        }
        return sum(scores, s -> {
            Tensor share = Tensor.allocate(s.shape(), s.dtype());
            long each = share.count() / batch;
            for (long i = 0; i < share.count(); i++) {
                share.memory().set(i, shares[(int) (i / each * E + i % E)] / tokens * E / batch);
            }
            return new SumOp(new MultiplyOp(new SoftmaxOp(s).run(), share).run(), 1).run();
        });
    }

    /// Keeps scores small: the mean of `(log Σ_e e^score)²`. [Zoph et al. 2022](https://arxiv.org/abs/2202.08906),
    /// equation 5.
    public static Tensor size(List<Tensor> scores) {
        double tokens = tokens(scores);
        return sum(scores, s -> {
            Tensor first = column(s);
            Tensor total = new AddOp(first, new ScaleOp(column(new LogSoftmaxOp(s).run()), -1).run()).run();
            return new SumOp(new MultiplyOp(total, total).run(), 1 / tokens).run();
        });
    }

    private static Tensor column(Tensor x) {
        return new ContiguousOp(x.narrow(x.shape().last().name(), 0, 1)).run();
    }

    private static double tokens(List<Tensor> scores) {
        return scores.stream().mapToInt(s -> s.shape().size(0)).sum();
    }

    private static Tensor sum(List<Tensor> scores, UnaryOperator<Tensor> part) {
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < scores.size(); i++) {
            parts.add(part.apply(scores.get(i)));
        }
        Tensor sum = parts.getFirst();
        for (Tensor p : parts.subList(1, parts.size())) {
            sum = new AddOp(sum, p).run();
        }
        return sum;
    }
}
