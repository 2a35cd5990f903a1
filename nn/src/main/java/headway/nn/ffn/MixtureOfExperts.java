package headway.nn.ffn;

import headway.kernels.DType;
import headway.nn.Linear;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.SoftmaxOp;
import java.util.ArrayList;
import java.util.List;

/// A router sends each token to the `k` experts that it scores highest; their values are summed by the router's
/// weights.
/// [Shazeer et al. 2017](https://arxiv.org/abs/1701.06538), without noise, capacity or dropped tokens.
///
///     y[t] = Σ_{e in top k of s[t]} w[t,e] · expert_e(x[t]),     s = router(x)
///
/// Each expert computes the rows of its own tokens alone.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
///
/// @param gate the router `(experts, hidden)`
/// @param k experts of a token
/// @param weights how scores become weights
public record MixtureOfExperts(Linear gate, List<GatedMlp> experts, int k, Weights weights) implements FeedForward {
    /// What a softmax makes of a token's scores.
    public enum Weights {
        /// Over the chosen experts: weights sum to 1. Mixtral.
        CHOSEN,
        /// Over all experts: the chosen ones' weights sum to less.
        ALL
    }

    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        Shape shape = x.shape();
        int D = shape.last().size();
        int N = Math.toIntExact(x.count() / D);
        int E = experts.size();
        Tensor rows = x.view(Shape.of("tokens", N, "hidden", D));
        Tensor scores = gate.forward(rows);
        int[] chosen = choose(scores, N, E);
        // Rows of experts lie one expert after the other; where[t·k + i] is the row of token t's i-th expert.
        Tensor where = Tensor.allocate(Shape.of("tokens", N, "choice", k), DType.I32);
        var parts = new ArrayList<Tensor>();
        int row = 0;
        for (int e = 0; e < E; e++) {
            var mine = new ArrayList<Integer>();
            for (int c = 0; c < chosen.length; c++) {
                if (chosen[c] == e) {
                    mine.add(c / k);
                    where.memory().set(c, row++);
                }
            }
            if (!mine.isEmpty()) {
                Tensor ids = Tensor.allocate(Shape.of("tokens", mine.size()), DType.I32);
                for (int i = 0; i < mine.size(); i++) {
                    ids.memory().set(i, mine.get(i));
                }
                parts.add(experts.get(e).forward(new EmbeddingOp(rows, ids, -1).run(), null));
            }
        }
        Tensor values = new EmbeddingOp(new ConcatOp(parts, "tokens").run(), where, -1).run();
        Tensor w = weights(scores, chosen, N, E);
        Tensor y = new MatMulOp(w, values, false).run().view(shape);
        return residual == null ? y : new AddOp(y, residual).run();
    }

    /// The `k` highest of each token's scores, highest first, the first of equal ones.
    private int[] choose(Tensor scores, int N, int E) {
        int[] chosen = new int[N * k];
        boolean[] taken = new boolean[E];
        for (int t = 0; t < N; t++) {
            java.util.Arrays.fill(taken, false);
            for (int i = 0; i < k; i++) {
                int best = -1;
                for (int e = 0; e < E; e++) {
                    long at = (long) t * E + e;
                    if (!taken[e]
                            && (best < 0
                                    || scores.memory().get(at) > scores.memory().get((long) t * E + best))) {
                        best = e;
                    }
                }
                taken[best] = true;
                chosen[t * k + i] = best;
            }
        }
        return chosen;
    }

    /// `(tokens, 1, choice)`.
    private Tensor weights(Tensor scores, int[] chosen, int N, int E) {
        Tensor of = weights == Weights.ALL ? new SoftmaxOp(scores).run() : scores;
        Tensor ids = Tensor.allocate(Shape.of("tokens", N, "choice", k), DType.I32);
        for (int c = 0; c < chosen.length; c++) {
            ids.memory().set(c, (long) (c / k) * E + chosen[c]);
        }
        Tensor picked = new EmbeddingOp(of.view(Shape.of("scores", N * E, "hidden", 1)), ids, -1)
                .run()
                .view(Shape.of("tokens", N, "one", 1, "choice", k));
        return weights == Weights.ALL ? picked : new SoftmaxOp(picked).run();
    }
}
