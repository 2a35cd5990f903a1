package headway.nn.attention;

import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.position.RotaryPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ContiguousOp;

/// Grouped-query attention whose queries, keys and values come from one projection, read in place where it can be.
///
/// - x `(batch, seq, hidden)`; the projection `(batch, seq, (H + 2·Hkv)·head_dim)`
///
/// @param packing how the projection's outputs lie
/// @param rotary null where positions come in another way
public record PackedAttention(
        Linear qkvProj,
        Linear oProj,
        Packing packing,
        int heads,
        int kvHeads,
        int headDim,
        RotaryPosition rotary,
        ScaledDotProduct core)
        implements Attention {
    /// Where q, k and v lie among the outputs of the projection.
    public enum Packing {
        /// All queries, then all keys, then all values: Phi-3, MPT.
        BLOCKS,
        /// For each key/value head its queries, its key, its value: GPT-NeoX, BLOOM, Falcon.
        GROUPS
    }

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        Tensor qkv = qkvProj.forward(x);
        String axis = qkv.shape().last().name();
        Tensor q;
        Tensor k;
        Tensor v;
        if (packing == Packing.BLOCKS || kvHeads == 1) {
            int wide = heads * headDim;
            int narrow = kvHeads * headDim;
            q = qkv.narrow(axis, 0, wide).split("heads", heads, "head_dim", headDim);
            k = qkv.narrow(axis, wide, narrow).split("kv_heads", kvHeads, "head_dim", headDim);
            v = qkv.narrow(axis, wide + narrow, narrow).split("kv_heads", kvHeads, "head_dim", headDim);
        } else {
            int wide = heads / kvHeads * headDim;
            Tensor groups = qkv.split("kv_heads", kvHeads, "head_dim", wide + 2 * headDim);
            q = queries(groups.narrow("head_dim", 0, wide));
            k = groups.narrow("head_dim", wide, headDim);
            v = groups.narrow("head_dim", wide + headDim, headDim);
        }
        if (rotary != null) {
            q = rotary.forward(q, pass.positions());
            k = rotary.forward(k, pass.positions());
        }
        return oProj.forward(core.attend(q, k, v, pass), residual);
    }

    /// The queries of all groups; several in a group have to be copied, for no stride steps over groups and their
    /// heads.
    private Tensor queries(Tensor groups) {
        if (heads == kvHeads) {
            return groups;
        }
        Shape s = groups.shape();
        return new ContiguousOp(groups)
                .run()
                .view(Shape.of("batch", s.size(0), "seq", s.size(1), "heads", heads, "head_dim", headDim));
    }
}
