package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.AttentionShape;
import headway.kernels.attention.FlashAttention;
import headway.kernels.attention.Heads;
import headway.kernels.attention.NaiveAttention;
import headway.kernels.attention.PlaceBias;
import headway.kernels.attention.ScoreBias;
import headway.kernels.attention.SinkGradient;
import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// `softmax(scale · q·kᵀ + bias, what is visible) · v` for each head; query head `h` reads key/value head
/// `h / (H/Hkv)`.
///
/// The flash kernel never forms the weights; the naive one does and keeps them, for [#weights] to be looked at. A bias
/// by distance, or one of a number for each key, is the flash kernel's too; any other takes the naive one, since its
/// gradient is that of every score.
/// [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762), [Dao 2023](https://arxiv.org/abs/2307.08691).
///
/// @param q `(batch, seq, heads, head_dim)`, at any strides
/// @param k `(batch, kv_seq, kv_heads, head_dim)`, and v the same with its own width
/// @param scoring what becomes of scores
/// @param lse log-sum-exp of each row of scores `(batch, heads, seq)`, where a gradient will be wanted
/// @param weights `(batch, heads, seq, kv_seq)` for the naive kernel, else null
public record AttentionOp(
        Tensor q,
        Tensor k,
        Tensor v,
        Scoring scoring,
        AttentionShape sizes,
        Visibility visible,
        Tensor lse,
        Tensor weights)
        implements Op {
    /// How scores become weights.
    ///
    /// @param scale factor on `q·k`
    /// @param bias added to scores: `(batch, heads, seq, kv_seq)`, shorter axes repeated, see [ScoreBias]; or by
    ///     distance, `(heads, seq + kv_seq - 1)`, entry `t - j + kv_seq - 1` for query t and key j; or null
    /// @param sinks `(heads)`, further entries in the sum of each softmax; or null
    /// @param weighing soft cap and dropout; its own sinks are not looked at
    public record Scoring(double scale, Tensor bias, Tensor sinks, Weighing weighing) {
        /// With a plain softmax.
        public static Scoring scaled(double scale) {
            return new Scoring(scale, null, null, Weighing.PLAIN);
        }

        /// The weighing as kernels take it, with the sinks' memory and a bias by place or null.
        private Weighing weighed(PlaceBias places) {
            Span memory = sinks == null ? null : sinks.contiguousMemory("attention");
            return new Weighing(
                    weighing.softCap(), memory, weighing.dropout(), weighing.key(), weighing.counter(), places);
        }
    }

    /// With a plain softmax.
    public static AttentionOp of(Tensor q, Tensor k, Tensor v, double scale, Visibility visible, boolean materialize) {
        return of(q, k, v, Scoring.scaled(scale), visible, materialize);
    }

    /// With a bias and a plain softmax.
    public static AttentionOp of(
            Tensor q, Tensor k, Tensor v, Tensor bias, double scale, Visibility visible, boolean materialize) {
        return of(q, k, v, new Scoring(scale, bias, null, Weighing.PLAIN), visible, materialize);
    }

    /// @param materialize whether to form the attention weights, as trace does
    public static AttentionOp of(
            Tensor q, Tensor k, Tensor v, Scoring scoring, Visibility visible, boolean materialize) {
        Tensor bias = scoring.bias;
        int B = q.shape().size(0);
        int T = q.shape().size(1);
        int H = q.shape().size(2);
        int S = k.shape().size(1);
        boolean fits = k.shape().size(0) == B
                && v.shape().size(0) == B
                && v.shape().size(1) == S
                && v.shape().size(2) == k.shape().size(2)
                && k.shape().size(3) == q.shape().size(3);
        if (!fits) {
            throw new ShapeException("[attention] q%s, k%s, v%s do not fit: batch and kv_seq, kv_heads of k and v, and"
                            .formatted(q.shape(), k.shape(), v.shape())
                    + " head_dim of q and k must be equal");
        }
        if (scoring.sinks != null && scoring.sinks.count() != H) {
            throw new ShapeException("[attention] sinks%s do not fit q%s: one for each of heads=%d is expected"
                    .formatted(scoring.sinks.shape(), q.shape(), H));
        }
        var sizes = new AttentionShape(
                        B,
                        H,
                        k.shape().size(2),
                        T,
                        S,
                        q.shape().size(3),
                        v.shape().size(3),
                        scoring.scale,
                        scoring.weighed(null))
                .rounding(q.rounds());
        if (bias != null && !fits(bias, sizes)) {
            throw new ShapeException(
                    "[attention] bias%s does not repeat into the scores (batch=%d, heads=%d, seq=%d, kv_seq=%d)"
                            .formatted(bias.shape(), B, H, T, S));
        }
        DType dtype = q.dtype() == DType.F64 ? DType.F64 : DType.F32;
        PlaceBias places = bias == null ? null : places(bias, sizes);
        boolean forms = materialize || bias != null && places == null;
        if (!forms && bias != null) {
            sizes = sizes.weighing(scoring.weighed(places));
        }
        boolean inPlace = !forms && !Tape.running() && q.dtype() == DType.F32 && FlashAttention.readsNarrow(T);
        if (k.dtype() != q.dtype() && !inPlace) {
            // A cache of sixteen bits, which many queries or a bias by hand read as their own type.
            return of(q, new CastOp(k, q.dtype()).run(), new CastOp(v, q.dtype()).run(), scoring, visible, materialize);
        }
        Tensor lse =
                Tape.running() && !forms ? Tensor.allocate(Shape.of("batch", B, "heads", H, "seq", T), dtype) : null;
        Tensor weights = forms ? Tensor.allocate(Shape.of("batch", B, "heads", H, "seq", T, "kv_seq", S), dtype) : null;
        return new AttentionOp(q, k, v, scoring, sizes, visible, lse, weights);
    }

    private static boolean fits(Tensor bias, AttentionShape sizes) {
        Shape s = bias.shape();
        return s.rank() == 2
                ? s.size(0) == sizes.H() && s.size(1) == sizes.T() + sizes.S() - 1
                : s.rank() == 4 && scores(bias).fits(sizes);
    }

    /// A bias that takes memory linear in length, as the flash kernels read it; null for any other.
    public static PlaceBias places(Tensor bias, AttentionShape sizes) {
        Shape s = bias.shape();
        Span memory = bias.contiguousMemory("attention");
        if (s.rank() == 2) {
            return PlaceBias.distances(memory, sizes.T(), sizes.S());
        }
        boolean byKey = s.size(2) == 1 && s.size(1) == sizes.H() && !bias.requiresGradient();
        return byKey ? PlaceBias.keys(memory, s.size(0), s.size(1), s.size(3)) : null;
    }

    /// The bias of every score, written out where it is one by distance.
    private ScoreBias written(Tensor bias) {
        if (bias.shape().rank() == 4) {
            return scores(bias);
        }
        int T = sizes.T();
        int S = sizes.S();
        Tensor whole = Tensor.allocate(Shape.of("batch", 1, "heads", sizes.H(), "seq", T, "kv_seq", S), bias.dtype());
        Span from = bias.contiguousMemory("attention");
        for (int h = 0; h < sizes.H(); h++) {
            for (int t = 0; t < T; t++) {
                for (int j = 0; j < S; j++) {
                    long at = (long) h * (T + S - 1) + t - j + S - 1;
                    whole.memory().set(((long) h * T + t) * S + j, from.get(at));
                }
            }
        }
        return scores(whole);
    }

    private static ScoreBias scores(Tensor bias) {
        Shape s = bias.shape();
        return new ScoreBias(bias.contiguousMemory("attention"), s.size(0), s.size(1), s.size(2), s.size(3));
    }

    @Override
    public List<Tensor> inputs() {
        return Arrays.asList(q, k, v, scoring.bias, scoring.sinks);
    }

    @Override
    public List<Tensor> saved() {
        if (weights != null) {
            return List.of(weights);
        }
        return lse != null ? List.of(lse) : List.of();
    }

    @Override
    public boolean readsValue() {
        return true;
    }

    @Override
    public Tensor forward() {
        Tensor o = Tensor.allocate(q.shape().withLast("head_dim", sizes.Dv()), q.dtype());
        Heads to = o.heads();
        if (weights != null) {
            ScoreBias added = scoring.bias == null ? null : written(scoring.bias);
            Parallel.range(
                    sizes.B() * sizes.H(),
                    1,
                    (lo, hi) -> NaiveAttention.forward(
                            to, weights.memory(), q.heads(), k.heads(), v.heads(), added, sizes, visible, lo, hi));
        } else {
            Span rows = lse == null ? null : lse.memory();
            long scratch = FlashAttention.forwardScratch(sizes);
            Parallel.range(
                    FlashAttention.forwardUnits(sizes),
                    1,
                    (lo, hi) -> FlashAttention.forward(
                            to,
                            rows,
                            q.heads(),
                            k.heads(),
                            v.heads(),
                            sizes,
                            visible,
                            Parallel.scratch(scratch),
                            lo,
                            hi));
        }
        return o;
    }

    @Override
    public void backward(Tensor o, Tensor dO, Gradients gradients) {
        Heads dq = accumulating(gradients, q);
        Heads dk = accumulating(gradients, k);
        Heads dv = accumulating(gradients, v);
        if (scoring.sinks != null && gradients.wanted(scoring.sinks)) {
            sinkGradient(o, dO, gradients.of(scoring.sinks));
        }
        if (weights != null) {
            naiveBackward(dq, dk, dv, dO, gradients);
            return;
        }
        long scratch = FlashAttention.backwardScratch(sizes);
        Tensor distances = gradients.wanted(scoring.bias)
                ? Tensor.zerosLike(Tensor.allocate(
                        Shape.of("batch", sizes.B(), "heads", sizes.H(), "distance", sizes.T() + sizes.S() - 1),
                        scoring.bias.dtype()))
                : null;
        Parallel.range(
                FlashAttention.backwardUnits(sizes),
                1,
                (lo, hi) -> FlashAttention.backward(
                        dq,
                        dk,
                        dv,
                        q.heads(),
                        k.heads(),
                        v.heads(),
                        o.heads(),
                        dO.heads(),
                        lse.memory(),
                        distances == null ? null : distances.memory(),
                        sizes,
                        visible,
                        Parallel.scratch(scratch),
                        lo,
                        hi));
        if (distances != null) {
            summed(distances, gradients.of(scoring.bias));
        }
    }

    /// Adds the gradients `(batch, heads, distance)` of all batch entries, in order.
    private static void summed(Tensor each, Gradients.Sink sink) {
        Span into = sink.tensor().contiguousMemory("attention");
        long n = into.count();
        if (!sink.accumulate()) {
            ElementwiseKernel.fill(into, 0, 0, n);
        }
        for (int b = 0; b < each.shape().size(0); b++) {
            ElementwiseKernel.axpy(into, each.memory().slice(b * n, n), 1, 0, n);
        }
    }

    private void naiveBackward(Heads dq, Heads dk, Heads dv, Tensor dO, Gradients gradients) {
        Tensor bias = scoring.bias;
        Tensor scores = gradients.wanted(bias) ? Tensor.allocate(weights.shape(), weights.dtype()) : null;
        Parallel.range(
                sizes.B() * sizes.Hkv(),
                1,
                (lo, hi) -> NaiveAttention.backward(
                        dq,
                        dk,
                        dv,
                        scores == null ? null : scores.memory(),
                        weights.memory(),
                        q.heads(),
                        k.heads(),
                        v.heads(),
                        dO.heads(),
                        sizes,
                        visible,
                        lo,
                        hi));
        if (scores != null && bias.shape().rank() == 2) {
            summed(byDistance(scores), gradients.of(bias));
        } else if (scores != null) {
            biasGradient(scores, gradients.of(bias));
        }
    }

    private Tensor byDistance(Tensor scores) {
        int T = sizes.T();
        int S = sizes.S();
        Tensor sums = Tensor.zerosLike(Tensor.allocate(
                Shape.of("batch", sizes.B(), "heads", sizes.H(), "distance", T + S - 1), scores.dtype()));
        Parallel.range(sizes.B() * sizes.H(), 1, (lo, hi) -> {
            for (int bh = lo; bh < hi; bh++) {
                for (int t = 0; t < T; t++) {
                    for (int j = 0; j < S; j++) {
                        long at = (long) bh * (T + S - 1) + t - j + S - 1;
                        double ds = scores.memory().get(((long) bh * T + t) * S + j);
                        sums.memory().set(at, sums.memory().get(at) + ds);
                    }
                }
            }
        });
        return sums;
    }

    /// Sums the gradients of all scores that an element of the bias was added to, in order.
    private void biasGradient(Tensor scores, Gradients.Sink sink) {
        Span into = sink.tensor().contiguousMemory("attention");
        if (!sink.accumulate()) {
            Parallel.elements(scoring.bias.count(), 1 << 16, (lo, hi) -> ElementwiseKernel.fill(into, 0, lo, hi));
        }
        Tensor bias = scoring.bias;
        int Hb = bias.shape().size(1);
        int Tb = bias.shape().size(2);
        int S = sizes.S();
        // Heads of the bias are shared out, so that each row has one owner.
        Parallel.range(Hb, 1, (lo, hi) -> {
            for (int row = 0; row < scores.count() / S; row++) {
                int h = row / sizes.T() % sizes.H() % Hb;
                if (h >= lo && h < hi) {
                    int b = row / sizes.T() / sizes.H() % bias.shape().size(0);
                    long to = (((long) b * Hb + h) * Tb + row % sizes.T() % Tb) * S;
                    ElementwiseKernel.axpy(into.slice(to, S), scores.memory().slice((long) row * S, S), 1, 0, S);
                }
            }
        });
    }

    private void sinkGradient(Tensor o, Tensor dO, Gradients.Sink sink) {
        Span into = sink.tensor().contiguousMemory("attention");
        if (!sink.accumulate()) {
            ElementwiseKernel.fill(into, 0, 0, sizes.H());
        }
        Parallel.range(
                sizes.H(),
                1,
                (lo, hi) -> SinkGradient.run(
                        into,
                        lse == null ? null : lse.memory(),
                        weights == null ? null : weights.memory(),
                        o.heads(),
                        dO.heads(),
                        sizes,
                        lo,
                        hi));
    }

    /// Gradient memory that can be added to: the kernels visit an element more than once.
    private static Heads accumulating(Gradients gradients, Tensor x) {
        Gradients.Sink sink = gradients.of(x);
        if (sink == null) {
            return Tensor.zerosLike(x).heads();
        }
        if (!sink.accumulate()) {
            var memory = sink.tensor().contiguousMemory("attention");
            Parallel.elements(sink.tensor().count(), 1 << 16, (lo, hi) -> ElementwiseKernel.fill(memory, 0, lo, hi));
        }
        return sink.tensor().heads();
    }
}
