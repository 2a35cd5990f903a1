package headway.nn.ffn;

import headway.nn.Linear;
import headway.tensor.Tensor;
import headway.tensor.op.SoftmaxOp;

/// Sends each token to the `k` experts that a linear map scores highest.
/// [Shazeer et al. 2017](https://arxiv.org/abs/1701.06538), without noise.
///
/// - rows `(tokens, hidden)` → `k` experts a token with their weights
///
/// @param gate `(experts, hidden)`
/// @param weights how scores become weights
public record TopKRouter(Linear gate, int k, Weights weights) implements Router {
    /// What a softmax makes of a token's scores.
    public enum Weights {
        /// Over the chosen experts: weights sum to 1. Mixtral.
        CHOSEN,
        /// Over all experts: the chosen ones' weights sum to less.
        ALL
    }

    @Override
    public Choice route(Tensor rows, int seq) {
        Tensor scores = gate.forward(rows);
        RouterScores.add(scores);
        int[] chosen = Router.highest(scores, k);
        if (weights == Weights.ALL) {
            return new Choice(chosen, Router.picked(new SoftmaxOp(scores).run(), chosen));
        }
        return new Choice(chosen, new SoftmaxOp(Router.picked(scores, chosen)).run());
    }
}
