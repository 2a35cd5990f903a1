package headway.nn.attention;

import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.norm.Norm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;

/// Attention whose query heads share key/value heads in groups: head `h` reads key/value head `h / (H/Hkv)`.
///
/// With as many key/value heads as query heads it is multi-head attention
/// ([Vaswani et al. 2017](https://arxiv.org/abs/1706.03762)), with one it is multi-query attention
/// ([Shazeer 2019](https://arxiv.org/abs/1911.02150)), between them grouped-query attention
/// ([Ainslie et al. 2023](https://arxiv.org/abs/2305.13245)). Keys and values are never repeated in memory.
///
/// - x `(batch, seq, hidden)`; q `(batch, seq, heads, head_dim)`; k, v `(batch, seq, kv_heads, head_dim)`
///
/// @param qNorm norm over each query head (Qwen3), and kNorm over each key head; or null
/// @param rotary null where positions come in another way
public record GroupedQueryAttention(
        Linear qProj,
        Linear kProj,
        Linear vProj,
        Linear oProj,
        Norm qNorm,
        Norm kNorm,
        RotaryPosition rotary,
        int headDim,
        ScaledDotProduct core)
        implements Attention {
    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        Tensor q = heads(qProj.forward(x), "heads", qNorm);
        Tensor k = heads(kProj.forward(x), "kv_heads", kNorm);
        Tensor v = heads(vProj.forward(x), "kv_heads", null);
        if (rotary != null) {
            q = rotary.forward(q, pass.positions());
            k = rotary.forward(k, pass.positions());
        }
        return oProj.forward(core.attend(q, k, v, pass), residual);
    }

    private Tensor heads(Tensor x, String axis, Norm norm) {
        Tensor split = x.split(axis, x.shape().last().size() / headDim, "head_dim", headDim);
        return norm == null ? split : norm.forward(split);
    }
}
