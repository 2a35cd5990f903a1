package headway.nn.attention;

import headway.kernels.DType;
import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.AttentionOp.Scoring;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import java.util.ArrayList;
import java.util.List;

/// Attention on a window to both sides, beside a few tokens that see all and are seen by all, with projections of their
/// own for what they see. [Beltagy et al. 2020](https://arxiv.org/abs/2004.05150), section 3.1.
///
/// Queries go in chunks as long as the window reaches, so that memory grows with `seq · window`. A query of padding
/// gives 0.
///
/// - x `(batch, seq, hidden)`, seq a multiple of `2·reach` → `(batch, seq, hidden)`
/// - the pass's padding: 0 for padding, 1 for tokens, 2 for tokens that see all; its positions are as many as the
/// tokens
///   before seq was filled up, which is what a trace shows
///
/// @param qAll projections of tokens that see all, and so kAll and vAll
/// @param reach tokens that a query sees to either side
public record LocalGlobalAttention(
        Linear qProj,
        Linear kProj,
        Linear vProj,
        Linear qAll,
        Linear kAll,
        Linear vAll,
        Linear oProj,
        int heads,
        int reach)
        implements Attention {
    private static final double HIDDEN = -Float.MAX_VALUE;

    /// Which tokens of a pass are what.
    ///
    /// @param marks `(batch, seq)`; null where all are tokens that see their window
    /// @param all places of the tokens that see all, one list a row; most: length of the longest
    private record Places(Tensor marks, List<List<Integer>> all, int most) {
        static Places of(Pass pass, int B, int T) {
            var all = new ArrayList<List<Integer>>();
            int most = 0;
            for (int b = 0; b < B; b++) {
                var mine = new ArrayList<Integer>();
                for (int t = 0; pass.padding() != null && t < T; t++) {
                    if (pass.padding().memory().get((long) b * T + t) > 1) {
                        mine.add(t);
                    }
                }
                all.add(mine);
                most = Math.max(most, mine.size());
            }
            return new Places(pass.padding(), all, most);
        }

        int mark(int b, int t, int T) {
            return marks == null ? 1 : (int) marks.memory().get((long) b * T + t);
        }

        /// The row of `x` of each token that sees all, row 0 where a text has fewer.
        Tensor rows(Tensor x) {
            int T = x.shape().size(1);
            Tensor ids = Tensor.allocate(Shape.of("batch", all.size(), "seq", most), DType.I32);
            for (int b = 0; b < all.size(); b++) {
                for (int g = 0; g < most; g++) {
                    ids.memory()
                            .set(
                                    (long) b * most + g,
                                    g < all.get(b).size() ? b * T + all.get(b).get(g) : 0);
                }
            }
            int D = x.shape().last().size();
            return new EmbeddingOp(x.view(Shape.of("row", all.size() * T, "hidden", D)), ids, -1).run();
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        if (T % (2 * reach) != 0) {
            throw new ShapeException(
                    "[attention] seq=%d; expected a multiple of the window, which is %d".formatted(T, 2 * reach));
        }
        Places places = Places.of(pass, B, T);
        Tensor local = local(x, pass, places);
        if (pass.padding() == null) {
            return oProj.forward(local, residual);
        }
        int D = local.shape().last().size();
        var parts = new ArrayList<Tensor>();
        parts.add(local.view(Shape.of("row", B * T, "hidden", D)));
        parts.add(Tensor.zerosLike(Tensor.allocate(Shape.of("row", 1, "hidden", D), DType.F32)));
        if (places.most > 0) {
            parts.add(global(x, pass, places).view(Shape.of("row", B * places.most, "hidden", D)));
        }
        Tensor ids = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                int at = b * T + t;
                int row = switch (places.mark(b, t, T)) {
                    case 0 -> B * T;
                    case 1 -> at;
                    default -> B * T + 1 + b * places.most + places.all.get(b).indexOf(t);
                };
                ids.memory().set(at, row);
            }
        }
        return oProj.forward(new EmbeddingOp(new ConcatOp(parts, "row").run(), ids, -1).run(), residual);
    }

    private Tensor split(Tensor x, String axis) {
        return x.split(axis, heads, "head_dim", x.shape().last().size() / heads);
    }

    /// Every query on its window and the tokens that see all.
    private Tensor local(Tensor x, Pass pass, Places places) {
        int T = x.shape().size(1);
        Tensor q = split(qProj.forward(x), "heads");
        Tensor keys = kProj.forward(x);
        Tensor values = vProj.forward(x);
        Tensor k = split(keys, "kv_heads");
        Tensor v = split(values, "kv_heads");
        Tensor allK = places.most == 0 ? null : split(places.rows(keys), "kv_heads");
        Tensor allV = places.most == 0 ? null : split(places.rows(values), "kv_heads");
        var weights = new ArrayList<Tensor>();
        var parts = new ArrayList<Tensor>();
        for (int first = 0; first < T; first += reach) {
            int from = Math.max(0, first - reach);
            int size = Math.min(T, first + 2 * reach) - from;
            Tensor near = k.narrow("seq", from, size);
            Tensor seen = v.narrow("seq", from, size);
            AttentionOp op = attention(
                    q.narrow("seq", first, reach),
                    allK == null ? near : new ConcatOp(List.of(allK, near), "seq").run(),
                    allV == null ? seen : new ConcatOp(List.of(allV, seen), "seq").run(),
                    hidden(places, T, first, from, size),
                    pass);
            parts.add(op.run().merge("hidden"));
            weights.add(op.weights());
        }
        if (Trace.running()) {
            Trace.next(
                    "attentions",
                    shown(weights, places, pass.positions().shape().size(1), T));
        }
        return new ConcatOp(parts, "seq").run();
    }

    /// The operation, with what dropout draws of its weights.
    static AttentionOp attention(Tensor q, Tensor k, Tensor v, Tensor bias, Pass pass) {
        Weighing weighing = new Weighing(0, null, 0, 0, 0);
        if (pass.dropout() != null) {
            weighing = pass.dropout()
                    .apply(
                            weighing,
                            q.shape().size(0),
                            q.shape().size(2),
                            q.shape().size(1),
                            k.shape().size(1));
        }
        double scale = 1 / Math.sqrt(q.shape().size(3));
        return AttentionOp.of(q, k, v, new Scoring(scale, bias, null, weighing), Visibility.ALL, Trace.running());
    }

    /// What hides keys from a chunk of queries: `(batch, 1, reach, keys)`.
    private Tensor hidden(Places places, int T, int first, int from, int size) {
        int B = places.all.size();
        int S = places.most + size;
        Tensor bias = Tensor.allocate(Shape.of("batch", B, "heads", 1, "seq", reach, "kv_seq", S), DType.F32);
        for (int b = 0; b < B; b++) {
            for (int i = 0; i < reach; i++) {
                for (int j = 0; j < S; j++) {
                    int key = from + j - places.most;
                    boolean sees = j < places.most
                            ? j < places.all.get(b).size()
                            : Math.abs(first + i - key) <= reach && places.mark(b, key, T) == 1;
                    bias.memory().set(((long) b * reach + i) * S + j, sees ? 0 : HIDDEN);
                }
            }
        }
        return bias;
    }

    /// The tokens that see all, on everything: `(batch, most, hidden)`.
    private Tensor global(Tensor x, Pass pass, Places places) {
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        Tensor bias = Tensor.allocate(Shape.of("batch", B, "heads", 1, "seq", places.most, "kv_seq", T), DType.F32);
        for (long i = 0; i < bias.count(); i++) {
            int b = (int) (i / ((long) places.most * T));
            boolean sees = i / T % places.most < places.all.get(b).size() && places.mark(b, (int) (i % T), T) != 0;
            bias.memory().set(i, sees ? 0 : HIDDEN);
        }
        AttentionOp op = attention(
                split(qAll.forward(places.rows(x)), "heads"),
                split(kAll.forward(x), "kv_heads"),
                split(vAll.forward(x), "kv_heads"),
                bias,
                pass);
        Tensor o = op.run();
        if (Trace.running()) {
            Trace.next(
                    "global_attentions",
                    op.weights().permute("batch", "heads", "kv_seq", "seq").copy());
        }
        return o.merge("hidden");
    }

    /// Weights as the reference shows them, `(batch, heads, seq, most + 2·reach + 1)`: of the tokens that see all, then
    /// of the window from its left end on; 0 for queries that see all, or nothing.
    private Tensor shown(List<Tensor> chunks, Places places, int tokens, int T) {
        int B = places.all.size();
        int wide = places.most + 2 * reach + 1;
        Tensor shown = Tensor.zerosLike(
                Tensor.allocate(Shape.of("batch", B, "heads", heads, "seq", tokens, "kv_seq", wide), DType.F32));
        for (long at = 0; at < shown.count(); at++) {
            int column = (int) (at % wide);
            int t = (int) (at / wide % tokens);
            long bh = at / wide / tokens;
            int chunk = t / reach;
            int from = Math.max(0, (chunk - 1) * reach);
            int key = t - reach + column - places.most;
            boolean near = column >= places.most && key >= 0 && key < T;
            if (places.mark((int) (bh / heads), t, T) == 1 && (column < places.most || near)) {
                int S = chunks.get(chunk).shape().size(3);
                long row = (bh * reach + t % reach) * S;
                long cell = column < places.most ? column : places.most + key - from;
                shown.memory().set(at, chunks.get(chunk).memory().get(row + cell));
            }
        }
        return shown;
    }
}
