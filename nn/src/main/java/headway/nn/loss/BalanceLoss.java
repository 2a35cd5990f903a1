package headway.nn.loss;

import headway.nn.ffn.Router;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.util.ArrayList;
import java.util.List;

/// Grows where few experts get most of the tokens. Equations 4 to 6 of
/// [Fedus et al. 2021](https://arxiv.org/abs/2101.03961), over all blocks of a model together.
///
///     loss = E · Σ_e f_e · P_e,   f_e: choices of expert e a token,   P_e: mean of e's probability
///
/// - scores `(tokens, experts)` of each router, padding `(batch, seq)`, whose tokens do not count
public final class BalanceLoss {
    private BalanceLoss() {}

    /// @param k experts of a token
    /// @param padding 0 for padding; or null
    public static Tensor of(List<Tensor> scores, int k, Tensor padding) {
        int E = scores.getFirst().shape().size(1);
        double[] chosen = new double[E];
        double tokens = 0;
        for (Tensor s : scores) {
            int[] experts = Router.highest(s, k);
            for (int c = 0; c < experts.length; c++) {
                chosen[experts[c]] += mark(padding, c / k);
            }
            for (int t = 0; t < s.shape().size(0); t++) {
                tokens += mark(padding, t);
            }
        }
        var parts = new ArrayList<Tensor>();
        for (Tensor s : scores) {
            Tensor share = Tensor.allocate(s.shape(), s.dtype());
            for (long i = 0; i < share.count(); i++) {
                share.memory().set(i, E * chosen[(int) (i % E)] / tokens * mark(padding, i / E) / tokens);
            }
            parts.add(new SumOp(new MultiplyOp(new SoftmaxOp(s).run(), share).run(), 1).run());
        }
        Tensor sum = parts.getFirst();
        for (Tensor part : parts.subList(1, parts.size())) {
            sum = new AddOp(sum, part).run();
        }
        return sum.view(Shape.SCALAR);
    }

    private static double mark(Tensor padding, long token) {
        return padding == null ? 1 : padding.memory().get(token);
    }
}
