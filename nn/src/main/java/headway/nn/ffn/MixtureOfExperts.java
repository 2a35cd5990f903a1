package headway.nn.ffn;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import java.util.ArrayList;

/// A router sends each token to a few experts; their values are summed by the router's weights.
/// [Shazeer et al. 2017](https://arxiv.org/abs/1701.06538).
///
///     y[t] = Σ_{e chosen for t} w[t,e] · expert_e(x[t]) + shared(x[t])
///
/// Each expert computes the rows of its own tokens alone.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
///
/// @param shared what every token goes to beside ([Dai et al. 2024](https://arxiv.org/abs/2401.06066)); or null
public record MixtureOfExperts(Router router, Experts experts, FeedForward shared) implements FeedForward {
    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        Shape shape = x.shape();
        int D = shape.last().size();
        int N = Math.toIntExact(x.count() / D);
        Tensor rows = x.view(Shape.of("tokens", N, "hidden", D));
        Router.Choice choice = router.route(rows, shape.rank() == 3 ? shape.size(1) : N);
        Tensor y = new MatMulOp(choice.weights(), values(rows, choice.experts(), N), false)
                .run()
                .view(shape);
        if (shared != null) {
            return new AddOp(y, shared.forward(x, residual)).run();
        }
        return residual == null ? y : new AddOp(y, residual).run();
    }

    /// What the chosen experts make of each token: `(tokens, choice, hidden)`.
    private Tensor values(Tensor rows, int[] chosen, int N) {
        int k = chosen.length / N;
        // Rows of experts lie one expert after the other; where[t·k + i] is the row of token t's i-th expert.
        Tensor where = Tensor.allocate(Shape.of("tokens", N, "choice", k), DType.I32);
        var parts = new ArrayList<Tensor>();
        int row = 0;
        for (int e = 0; e < experts.count(); e++) {
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
                parts.add(experts.run(e, new EmbeddingOp(rows, ids, -1).run()));
            }
        }
        for (int c = 0, dropped = row; c < chosen.length; c++) {
            if (chosen[c] < 0) {
                where.memory().set(c, dropped);
            }
        }
        if (row < chosen.length) {
            Shape one = Shape.of("tokens", 1, "hidden", rows.shape().size(1));
            parts.add(Tensor.zerosLike(Tensor.allocate(one, DType.F32)));
        }
        return new EmbeddingOp(new ConcatOp(parts, "tokens").run(), where, -1).run();
    }
}
