package headway.nn.attention;

import headway.kernels.DType;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.cache.KvCache;
import headway.nn.norm.Norm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import java.util.List;

/// Multi-head latent attention: keys and values of all heads are made from one narrow vector a token, and that vector
/// is
/// what a session keeps, beside one rotated key that all heads share.
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2405.04434), section 2.1.
///
///     [c | r] = kvDown(x),   [k | v] = kvUp(norm(c)),   key_h = [k_h | rotated r],   query_h = [q_h | rotated q'_h]
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`; kept are c `(batch, seq, 1, rank)` and the rotated r
///
/// @param qDown null where queries come from x by `qUp` alone, and so the norm behind it
public record LatentAttention(
        Linear qDown,
        Norm qNorm,
        Linear qUp,
        Linear kvDown,
        Norm kvNorm,
        Linear kvUp,
        Linear oProj,
        RotaryPosition rotary,
        Widths widths,
        ScaledDotProduct core)
        implements Attention {
    /// Widths of one head.
    ///
    /// @param plain of the part of queries and keys without position, turned of the part with
    public record Widths(int heads, int plain, int turned, int value) {}

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        Tensor q = (qDown == null ? qUp.forward(x) : qUp.forward(qNorm.forward(qDown.forward(x))))
                .split("heads", widths.heads, "head_dim", widths.plain + widths.turned);
        Tensor turned = rotary.forward(q.narrow("head_dim", widths.plain, widths.turned), pass.positions());
        Tensor queries = new ConcatOp(List.of(q.narrow("head_dim", 0, widths.plain), turned), "head_dim").run();

        Tensor down = kvDown.forward(x);
        String axis = down.shape().last().name();
        int rank = down.shape().last().size() - widths.turned;
        Tensor latent = kvNorm.forward(new ContiguousOp(down.narrow(axis, 0, rank)).run());
        Tensor shared = rotary.forward(
                down.narrow(axis, rank, widths.turned).split("kv_heads", 1, "head_dim", widths.turned),
                pass.positions());
        KvCache.Entry kept = core.kept(latent.split("kv_heads", 1, "head_dim", rank), shared, pass)
                .ordered()
                .as(latent.dtype());
        return oProj.forward(core.attend(queries, expanded(kept, rank), pass), residual);
    }

    /// Keys and values of all heads from what is kept.
    private KvCache.Entry expanded(KvCache.Entry kept, int rank) {
        int B = kept.keys().shape().size(0);
        int S = kept.keys().shape().size(1);
        Tensor latent = dense(kept.keys()).view(Shape.of("batch", B, "kv_seq", S, "rank", rank));
        Tensor both = kvUp.forward(latent).split("kv_heads", widths.heads, "head_dim", widths.plain + widths.value);
        Tensor row = Tensor.allocate(Shape.of("batch", B, "kv_seq", S, "kv_heads", widths.heads), DType.I32);
        for (long i = 0; i < row.count(); i++) {
            row.memory().set(i, i / widths.heads);
        }
        Tensor rows = dense(kept.values()).view(Shape.of("row", B * S, "head_dim", widths.turned));
        Tensor shared = new EmbeddingOp(rows, row, -1).run();
        Tensor each = shared.view(row.shape()
                .replace(2, new Shape.Dim("kv_heads", widths.heads), new Shape.Dim("head_dim", widths.turned)));
        Tensor keys = new ConcatOp(List.of(both.narrow("head_dim", 0, widths.plain), each), "head_dim").run();
        return new KvCache.Entry(keys, both.narrow("head_dim", widths.plain, widths.value), kept.first());
    }

    private static Tensor dense(Tensor t) {
        return t.isContiguous() ? t : new ContiguousOp(t).run();
    }
}
