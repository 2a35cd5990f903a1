package headway.nn.attention;

import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.cache.KvCache;
import headway.nn.mask.Mask;
import headway.tensor.Tensor;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.AttentionOp.Scoring;

/// `softmax(cap(scale · q·kᵀ) + bias + mask) · v`, with the keys and values of earlier tokens where there is a
/// cache; attention weights are dropped while dropout draws. [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762),
/// section 3.2.1.
///
/// Queries stand at the end of the keys (bottom-right), so that a cache changes nothing.
///
/// @param softCap bound of scores, `cap(s) = softCap·tanh(s / softCap)`; 0 for none
/// @param sinks `(heads)`, one more entry in the sum of each softmax; or null
public record ScaledDotProduct(double scale, Mask mask, int layer, double softCap, Parameter sinks) {
    /// With a plain softmax.
    public ScaledDotProduct(double scale, Mask mask, int layer) {
        this(scale, mask, layer, 0, null);
    }

    /// q `(batch, seq, heads, head_dim)`, k and v `(batch, seq, kv_heads, head_dim)` → `(batch, seq, hidden)`.
    public Tensor attend(Tensor q, Tensor k, Tensor v, Pass pass) {
        KvCache cache = pass.keyValues();
        KvCache.Entry seen = cache == null ? new KvCache.Entry(k, v, 0) : cache.append(layer, k, v);
        int S = seen.keys().shape().size(1);
        int T = q.shape().size(1);
        Visibility visible = mask.visibility(S - T, pass.paddingOf(seen.first(), S));
        Weighing weighing = new Weighing(softCap, null, 0, 0, 0);
        if (pass.dropout() != null) {
            weighing =
                    pass.dropout().apply(weighing, q.shape().size(0), q.shape().size(2), T, S);
        }
        return attend(q, seen.keys(), seen.values(), pass.bias(), visible, weighing);
    }

    /// Attention to keys that are given: another sequence's, or those of a window.
    ///
    /// @param bias added to scores; or null
    public Tensor attend(Tensor q, Tensor k, Tensor v, Tensor bias, Visibility visible) {
        return attend(q, k, v, bias, visible, new Weighing(softCap, null, 0, 0, 0));
    }

    private Tensor attend(Tensor q, Tensor k, Tensor v, Tensor bias, Visibility visible, Weighing weighing) {
        var scoring = new Scoring(scale, bias, sinks == null ? null : sinks.tensor(), weighing);
        AttentionOp attention = AttentionOp.of(q, k, v, scoring, visible, Trace.running());
        Tensor o = attention.run();
        if (Trace.running()) {
            Trace.next("attentions", attention.weights());
            o = HeadGates.apply(o);
        }
        return o.merge("hidden");
    }
}
