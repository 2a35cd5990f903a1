package headway.nn.attention;

import headway.kernels.attention.Visibility;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.cache.KvCache;
import headway.nn.mask.Mask;
import headway.tensor.Tensor;
import headway.tensor.op.AttentionOp;

/// `softmax(scale · q·kᵀ + bias + mask) · v`, with the keys and values of earlier tokens where there is a
/// cache. [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762), section 3.2.1.
///
/// Queries stand at the end of the keys (bottom-right), so that a cache changes nothing.
public record ScaledDotProduct(double scale, Mask mask, int layer) {
    /// q `(batch, seq, heads, head_dim)`, k and v `(batch, seq, kv_heads, head_dim)` → `(batch, seq, hidden)`.
    public Tensor attend(Tensor q, Tensor k, Tensor v, Pass pass) {
        KvCache cache = pass.keyValues();
        KvCache.Entry seen = cache == null ? new KvCache.Entry(k, v, 0) : cache.append(layer, k, v);
        int S = seen.keys().shape().size(1);
        int T = q.shape().size(1);
        Visibility visible = mask.visibility(S - T, pass.paddingOf(seen.first(), S));
        return attend(q, seen.keys(), seen.values(), pass.bias(), visible);
    }

    /// Attention to keys that are given: another sequence's, or those of a window.
    ///
    /// @param bias added to scores; or null
    public Tensor attend(Tensor q, Tensor k, Tensor v, Tensor bias, Visibility visible) {
        AttentionOp attention = AttentionOp.of(q, k, v, bias, scale, visible, Trace.running());
        Tensor o = attention.run();
        if (Trace.running()) {
            Trace.next("attentions", attention.weights());
        }
        return o.merge("hidden");
    }
}
