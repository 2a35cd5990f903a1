package headway.nn.attention;

import headway.kernels.DType;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.MultiplyOp;
import java.util.ArrayList;
import java.util.List;

/// Attention by blocks: each block sees its neighbours, the first and the last block and some random ones; the first
/// and
/// the last see all. [Zaheer et al. 2020](https://arxiv.org/abs/2007.14062), section 2.
///
/// The random blocks are the first one again, as the reference has it outside of training. Padding is hidden by -10⁴; a
/// query of padding gives 0.
///
/// - x `(batch, seq, hidden)`, seq a multiple of `block`, at least six of them → `(batch, seq, hidden)`
///
/// @param block tokens of a block
/// @param random blocks that each block sees at random
public record BlockSparseAttention(
        Linear qProj, Linear kProj, Linear vProj, Linear oProj, int heads, int block, int random) implements Attention {
    private static final float HIDDEN = -10_000;

    /// A run of key blocks that a block of queries sees.
    ///
    /// @param asked whether a query of padding does not see them either
    private record Run(int first, int blocks, boolean asked) {}

    /// What block `i` of `n` sees, in order.
    private List<Run> runs(int i, int n) {
        if (i == 0 || i == n - 1) {
            return List.of(new Run(0, n, false));
        }
        var runs = new ArrayList<Run>();
        runs.add(new Run(0, 1, false));
        if (i == 1) {
            runs.set(0, new Run(0, 3, false));
            runs.add(new Run(n - 1, 1, false));
        } else if (i == n - 2) {
            runs.add(new Run(n - 3, 3, false));
        } else {
            runs.add(new Run(i - 1, 3, true));
        }
        for (int r = 0; r < random; r++) {
            runs.add(new Run(0, 1, true));
        }
        if (i > 1 && i < n - 2) {
            runs.add(new Run(n - 1, 1, false));
        }
        return runs;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        int T = x.shape().size(1);
        int n = T / block;
        if (T % block != 0 || n < 6) {
            throw new ShapeException(
                    "[attention] seq=%d; expected a multiple of the block, which is %d, and six of them"
                            .formatted(T, block));
        }
        Tensor q = split(qProj.forward(x), "heads");
        Tensor k = split(kProj.forward(x), "kv_heads");
        Tensor v = split(vProj.forward(x), "kv_heads");
        var weights = new ArrayList<Tensor>();
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < n; i++) {
            List<Run> runs = runs(i, n);
            AttentionOp op = LocalGlobalAttention.attention(
                    q.narrow("seq", i * block, block), of(k, runs), of(v, runs), hidden(pass.padding(), i, runs), pass);
            parts.add(op.run().merge("hidden"));
            weights.add(op.weights());
        }
        if (Trace.running()) {
            Trace.next("attentions", shown(weights, x.shape().size(0), n));
        }
        Tensor all = new ConcatOp(parts, "seq").run();
        return oProj.forward(asked(all, pass.padding()), residual);
    }

    private Tensor split(Tensor x, String axis) {
        return x.split(axis, heads, "head_dim", x.shape().last().size() / heads);
    }

    private Tensor of(Tensor keys, List<Run> runs) {
        List<Tensor> parts = runs.stream()
                .map(r -> keys.narrow("seq", r.first * block, r.blocks * block))
                .toList();
        return parts.size() == 1 ? parts.getFirst() : new ConcatOp(parts, "seq").run();
    }

    /// What hides padding from the queries of block `i`, `(batch, 1, block, keys)`; null where there is none.
    private Tensor hidden(Tensor padding, int i, List<Run> runs) {
        if (padding == null) {
            return null;
        }
        int B = padding.shape().size(0);
        int T = padding.shape().size(1);
        int S = runs.stream().mapToInt(Run::blocks).sum() * block;
        Tensor bias = Tensor.allocate(Shape.of("batch", B, "heads", 1, "seq", block, "kv_seq", S), DType.F32);
        int at = 0;
        for (int row = 0; row < B * block; row++) {
            long text = (long) (row / block) * T;
            boolean asks = padding.memory().get(text + (long) i * block + row % block) != 0;
            for (Run run : runs) {
                for (int j = run.first * block; j < (run.first + run.blocks) * block; j++) {
                    boolean sees = padding.memory().get(text + j) != 0 && (asks || !run.asked);
                    bias.memory().set(at++, sees ? 0 : HIDDEN);
                }
            }
        }
        return bias;
    }

    /// `x`, 0 where padding asks.
    private static Tensor asked(Tensor x, Tensor padding) {
        if (padding == null) {
            return x;
        }
        Tensor marks = Tensor.allocate(x.shape(), DType.F32);
        int D = x.shape().last().size();
        for (long at = 0; at < marks.count(); at++) {
            marks.memory().set(at, padding.memory().get(at / D));
        }
        return new MultiplyOp(x, marks).run();
    }

    /// Weights on all keys, `(batch, heads, seq, seq)`; a block that is seen twice shows the later weight.
    private Tensor shown(List<Tensor> chunks, int B, int n) {
        int T = n * block;
        Tensor shown = Tensor.zerosLike(
                Tensor.allocate(Shape.of("batch", B, "heads", heads, "seq", T, "kv_seq", T), DType.F32));
        for (int i = 0; i < n; i++) {
            Tensor chunk = chunks.get(i);
            long from = 0;
            for (int row = 0; row < B * heads * block; row++) {
                long to = ((long) row / block * T + (long) i * block + row % block) * T;
                for (Run run : runs(i, n)) {
                    for (int j = run.first * block; j < (run.first + run.blocks) * block; j++) {
                        shown.memory().set(to + j, chunk.memory().get(from++));
                    }
                }
            }
        }
        return shown;
    }
}
