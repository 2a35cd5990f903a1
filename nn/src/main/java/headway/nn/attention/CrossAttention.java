package headway.nn.attention;

import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Trace;
import headway.nn.cache.KvCache;
import headway.nn.mask.Mask;
import headway.tensor.Tensor;

/// Attention of one sequence to another: queries from `x`, keys and values from what an encoder made.
///
/// - x `(batch, seq, hidden)`, encoded `(batch, enc_seq, hidden)` → `(batch, seq, hidden)`
public record CrossAttention(Linear qProj, Linear kProj, Linear vProj, Linear oProj, int headDim, ScaledDotProduct core)
        implements Layer {
    /// The value, plus `residual`, which may be null.
    public Tensor forward(Tensor x, Encoded encoded, Tensor residual) {
        Tensor q = heads(qProj.forward(x), "heads");
        KvCache.Entry kv = encoded.keysValues(
                core.layer(),
                () -> new KvCache.Entry(
                        heads(kProj.forward(encoded.states()), "kv_heads"),
                        heads(vProj.forward(encoded.states()), "kv_heads"),
                        0));
        var visible = new Mask.Bidirectional()
                .visibility(
                        0, encoded.padding() == null ? null : encoded.padding().memory());
        Tensor o = encoded.attended(
                q, rows -> Trace.part("cross_", () -> core.attend(rows, kv.keys(), kv.values(), null, visible)));
        return oProj.forward(o, residual);
    }

    private Tensor heads(Tensor x, String axis) {
        return x.split(axis, x.shape().last().size() / headDim, "head_dim", headDim);
    }
}
