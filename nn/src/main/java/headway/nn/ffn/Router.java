package headway.nn.ffn;

import headway.kernels.DType;
import headway.nn.Layer;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;

/// Tells which experts a token goes to, and how much each of them weighs.
public interface Router extends Layer {
    /// The choice for all tokens of a pass.
    ///
    /// @param experts expert `experts[t·k + i]` is the `i`-th of token `t`; -1 where it is none, which adds nothing
    /// @param weights `(tokens, 1, choice)`
    record Choice(int[] experts, Tensor weights) {}

    /// rows `(tokens, hidden)` → the choice.
    ///
    /// @param seq tokens of a text
    Choice route(Tensor rows, int seq);

    /// The `k` highest of each row of `scores` `(tokens, experts)`, highest first, the first of equal ones.
    static int[] highest(Tensor scores, int k) {
        int N = scores.shape().size(0);
        int E = scores.shape().size(1);
        int[] chosen = new int[N * k];
        boolean[] taken = new boolean[E];
        for (int t = 0; t < N; t++) {
            java.util.Arrays.fill(taken, false);
            for (int i = 0; i < k; i++) {
                int best = -1;
                for (int e = 0; e < E; e++) {
                    long row = (long) t * E;
                    if (!taken[e]
                            && (best < 0
                                    || scores.memory().get(row + e)
                                            > scores.memory().get(row + best))) {
                        best = e;
                    }
                }
                taken[best] = true;
                chosen[t * k + i] = best;
            }
        }
        return chosen;
    }

    /// What `of` `(tokens, experts)` has for the chosen experts: `(tokens, 1, choice)`.
    static Tensor picked(Tensor of, int[] chosen) {
        int N = of.shape().size(0);
        int E = of.shape().size(1);
        int k = chosen.length / N;
        Tensor ids = Tensor.allocate(Shape.of("tokens", N, "choice", k), DType.I32);
        for (int c = 0; c < chosen.length; c++) {
            ids.memory().set(c, (long) (c / k) * E + chosen[c]);
        }
        return new EmbeddingOp(of.view(Shape.of("scores", N * E, "hidden", 1)), ids, -1)
                .run()
                .view(Shape.of("tokens", N, "one", 1, "choice", k));
    }
}
