package headway.nn.attention;

import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.mask.Mask;
import headway.tensor.Tensor;

/// Attention of one sequence to another: queries from `x`, keys and values from `memory`.
///
/// - x `(batch, seq, hidden)`, memory `(batch, kv_seq, hidden)` → `(batch, seq, hidden)`
public record CrossAttention(Linear qProj, Linear kProj, Linear vProj, Linear oProj, int headDim, ScaledDotProduct core)
        implements Layer {
    /// @param padding `U8` `(batch, kv_seq)`, 0 for padding; or null
    public Tensor forward(Tensor x, Tensor memory, Tensor padding, Tensor residual) {
        Tensor q = heads(qProj.forward(x), "heads");
        Tensor k = heads(kProj.forward(memory), "kv_heads");
        Tensor v = heads(vProj.forward(memory), "kv_heads");
        var visible = new Mask.Bidirectional().visibility(0, padding == null ? null : padding.memory());
        return oProj.forward(core.attend(q, k, v, visible), residual);
    }

    private Tensor heads(Tensor x, String axis) {
        return x.split(axis, x.shape().last().size() / headDim, "head_dim", headDim);
    }
}
