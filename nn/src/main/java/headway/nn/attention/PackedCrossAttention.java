package headway.nn.attention;

import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Trace;
import headway.nn.cache.KvCache;
import headway.nn.mask.Mask;
import headway.tensor.Tensor;
import headway.tensor.op.ContiguousOp;

/// Attention of one sequence to another, whose keys and values come from one projection `[k | v]`, as in
/// GPT-2.
///
/// - x `(batch, seq, hidden)`, encoded `(batch, enc_seq, hidden)` → `(batch, seq, hidden)`
public record PackedCrossAttention(Linear qProj, Linear kvProj, Linear oProj, int headDim, ScaledDotProduct core)
        implements Layer {
    /// The value, plus `residual`, which may be null.
    public Tensor forward(Tensor x, Encoded encoded, Tensor residual) {
        Tensor q = qProj.forward(x);
        int heads = q.shape().last().size() / headDim;
        KvCache.Entry kv = encoded.keysValues(core.layer(), () -> {
            Tensor both = kvProj.forward(encoded.states());
            return new KvCache.Entry(half(both, 0, heads), half(both, 1, heads), 0);
        });
        var visible = new Mask.Bidirectional()
                .visibility(
                        0, encoded.padding() == null ? null : encoded.padding().memory());
        Tensor queries = q.split("heads", heads, "head_dim", headDim);
        Tensor o = encoded.attended(
                queries, rows -> Trace.part("cross_", () -> core.attend(rows, kv.keys(), kv.values(), null, visible)));
        return oProj.forward(o, residual);
    }

    /// Keys (0) or values (1), in memory of their own: a session keeps them.
    private Tensor half(Tensor both, int which, int heads) {
        int D = heads * headDim;
        Tensor part = both.narrow(both.shape().last().name(), which * D, D);
        return new ContiguousOp(part.split("kv_heads", heads, "head_dim", headDim)).run();
    }
}
