package headway.nn.ffn;

import headway.nn.Linear;
import headway.tensor.Tensor;
import headway.tensor.op.SoftmaxOp;

/// Sends each token to the one expert that it scores highest, while that expert has room: further tokens of a text are
/// dropped, in order. [Fedus et al. 2021](https://arxiv.org/abs/2101.03961), section 2.1.
///
/// - rows `(tokens, hidden)` → an expert a token, weighed by its probability
///
/// @param classifier `(experts, hidden)`
/// @param capacity tokens of a text that an expert takes
public record SwitchRouter(Linear classifier, int capacity) implements Router {
    @Override
    public Choice route(Tensor rows, int seq) {
        Tensor scores = classifier.forward(rows);
        RouterScores.add(scores);
        int[] best = Router.highest(scores, 1);
        Tensor weights = Router.picked(new SoftmaxOp(scores).run(), best);
        int[] chosen = best.clone();
        int[] taken = new int[scores.shape().size(1)];
        for (int t = 0; t < chosen.length; t++) {
            if (t % seq == 0) {
                java.util.Arrays.fill(taken, 0);
            }
            if (++taken[best[t]] > capacity) {
                chosen[t] = -1;
            }
        }
        return new Choice(chosen, weights);
    }
}
