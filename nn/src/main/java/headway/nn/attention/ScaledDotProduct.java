package headway.nn.attention;

import headway.kernels.Span;
import headway.kernels.attention.AttentionShape;
import headway.kernels.attention.FlashAttention;
import headway.kernels.attention.PagedAttention;
import headway.kernels.attention.PlaceBias;
import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.cache.KvCache;
import headway.nn.mask.Mask;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.AttentionOp.Scoring;
import headway.tensor.op.SegmentedAttention;

/// `softmax(cap(scale · q·kᵀ) + bias + mask) · v`, with the keys and values of earlier tokens where there is a
/// cache; attention weights are dropped while dropout draws. [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762),
/// section 3.2.1.
///
/// Queries stand at the end of the keys (bottom-right), so that a cache changes nothing. Where the pass has segments,
/// each of them is a sequence by itself.
///
/// @param softCap bound of scores, `cap(s) = softCap·tanh(s / softCap)`; 0 for none
/// @param sinks `(heads)`, one more entry in the sum of each softmax; or null
public record ScaledDotProduct(double scale, Mask mask, int layer, double softCap, Parameter sinks) implements Layer {
    /// With a plain softmax.
    public ScaledDotProduct(double scale, Mask mask, int layer) {
        this(scale, mask, layer, 0, null);
    }

    /// q `(batch, seq, heads, head_dim)`, k and v `(batch, seq, kv_heads, head_dim)` → `(batch, seq, hidden)`.
    public Tensor attend(Tensor q, Tensor k, Tensor v, Pass pass) {
        return attend(q, kept(k, v, pass), pass);
    }

    /// What is kept of this pass and those before it, in whatever form the family keeps it.
    KvCache.Entry kept(Tensor k, Tensor v, Pass pass) {
        KvCache cache = pass.keyValues();
        return cache == null ? new KvCache.Entry(k, v, 0) : cache.append(layer, k, v);
    }

    /// The same with the keys and values that queries may see.
    Tensor attend(Tensor q, KvCache.Entry seen, Pass pass) {
        if (pass.segments() != null) {
            return segmented(q, seen, pass);
        }
        int S = seen.slots() == null
                ? seen.keys().shape().size(1)
                : seen.slots().shape().size(1);
        int T = q.shape().size(1);
        Visibility visible = mask.visibility(S - T, pass.paddingOf(seen.first(), S));
        Weighing weighing = new Weighing(softCap, null, 0, 0, 0);
        if (pass.dropout() != null) {
            weighing =
                    pass.dropout().apply(weighing, q.shape().size(0), q.shape().size(2), T, S);
        }
        boolean narrow = seen.keys().dtype() != q.dtype() && !FlashAttention.readsNarrow(T);
        if (seen.slots() != null && !Trace.running() && !narrow) {
            return paged(q, seen, pass.bias(), visible);
        }
        KvCache.Entry ordered = seen.ordered();
        return attend(q, ordered.keys(), ordered.values(), pass.bias(), visible, weighing);
    }

    /// Keys and values where they lie in their pool: rows of a search share them, and no step copies them.
    private Tensor paged(Tensor q, KvCache.Entry seen, Tensor bias, Visibility visible) {
        Shape s = q.shape();
        Shape pool = seen.keys().shape();
        int Dv = seen.values().shape().size(3);
        Span sink = sinks == null ? null : sinks.tensor().contiguousMemory("attention");
        var plain = new AttentionShape(
                s.size(0),
                s.size(2),
                pool.size(2),
                s.size(1),
                seen.slots().shape().size(1),
                s.size(3),
                Dv,
                scale,
                new Weighing(softCap, sink, 0, 0, 0));
        PlaceBias places = bias == null ? null : AttentionOp.places(bias, plain);
        if (bias != null && places == null) {
            KvCache.Entry ordered = seen.ordered();
            return attend(q, ordered.keys(), ordered.values(), bias, visible);
        }
        AttentionShape sizes = plain.weighing(new Weighing(softCap, sink, 0, 0, 0, places));
        Tensor o = Tensor.allocate(s.withLast("head_dim", Dv), q.dtype());
        long scratch = PagedAttention.scratch(sizes);
        Parallel.range(
                PagedAttention.units(sizes),
                1,
                (lo, hi) -> PagedAttention.forward(
                        o.heads(),
                        q.heads(),
                        seen.keys().heads(),
                        seen.values().heads(),
                        seen.slots().memory(),
                        pool.size(1),
                        sizes,
                        visible,
                        Parallel.scratch(scratch),
                        lo,
                        hi));
        return o.merge("hidden");
    }

    private Tensor segmented(Tensor q, KvCache.Entry seen, Pass pass) {
        if (pass.bias() != null || pass.cache() != null || pass.dropout() != null || Trace.running()) {
            throw new ShapeException(
                    "[attention] sequences in one row have neither bias, cache and dropout nor weights to look at; give them as a batch");
        }
        Weighing weighing =
                new Weighing(softCap, sinks == null ? null : sinks.tensor().contiguousMemory("attention"), 0, 0, 0);
        Visibility visible = mask.visibility(0, null);
        return SegmentedAttention.run(q, seen.keys(), seen.values(), scale, weighing, visible, pass.segments())
                .merge("hidden");
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
