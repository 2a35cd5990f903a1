package headway.nn.attention;

import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;

/// Multi-head attention whose queries, keys and values come from one projection `[q | k | v]`, as in GPT-2.
///
/// - x `(batch, seq, hidden)`; the projection `(batch, seq, 3·hidden)` is read in place
///
/// @param rotary null where positions come in another way
public record FusedAttention(Linear qkvProj, Linear oProj, RotaryPosition rotary, int headDim, ScaledDotProduct core)
        implements Attention {
    /// Without rotary positions.
    public FusedAttention(Linear qkvProj, Linear oProj, int headDim, ScaledDotProduct core) {
        this(qkvProj, oProj, null, headDim, core);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        Tensor qkv = qkvProj.forward(x);
        String axis = qkv.shape().last().name();
        int hidden = qkv.shape().last().size() / 3;
        int heads = hidden / headDim;
        Tensor q = qkv.narrow(axis, 0, hidden).split("heads", heads, "head_dim", headDim);
        Tensor k = qkv.narrow(axis, hidden, hidden).split("kv_heads", heads, "head_dim", headDim);
        Tensor v = qkv.narrow(axis, 2 * hidden, hidden).split("kv_heads", heads, "head_dim", headDim);
        if (rotary != null) {
            q = rotary.forward(q, pass.positions());
            k = rotary.forward(k, pass.positions());
        }
        return oProj.forward(core.attend(q, k, v, pass), residual);
    }
}
