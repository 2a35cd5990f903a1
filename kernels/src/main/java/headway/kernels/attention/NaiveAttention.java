package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Rows;

/// Attention that keeps its weights: what `trace` shows, and the oracle for [FlashAttention].
///
///     s[t,j] = scale · q[t]·k[j] + bias[t,j]     for the keys j that t sees
///     p[t,j] = e^(s[t,j] - max_j s) / Σ_j e^(s[t,j] - max_j s),   0 for keys that t does not see
///     o[t]   = Σ_j p[t,j] · v[j]
///
/// [Weighing] says what a soft cap, sinks and dropout change; the weights that are stored are those before dropout.
///
/// A query that sees no key has `p = 1/S` everywhere, and a gradient like any other. Backward, with the gradient `dO`
/// of `o`:
///
///     dv[j] += Σ_t p[t,j] · dO[t]
///     dp[t,j] = dO[t]·v[j]
///     ds[t,j] = p[t,j] · (dp[t,j] - Σ_i p[t,i]·dp[t,i])
///     dq[t] += scale · Σ_j ds[t,j] · k[j]
///     dk[j] += scale · Σ_t ds[t,j] · q[t]
///     dbias[t,j] = ds[t,j]
///
/// | operand         | shape            | access                      |
/// |-----------------|------------------|-----------------------------|
/// | `q`, `dq`       | `(B, T, H, Dh)`  | read; added to              |
/// | `k`, `dk`       | `(B, S, Hkv, Dh)`| read; added to              |
/// | `v`, `dv`       | `(B, S, Hkv, Dv)`| read; added to              |
/// | `o`, `dO`       | `(B, T, H, Dv)`  | written; read               |
/// | `weights` (`p`) | `(B, H, T, S)`   | written; read               |
/// | `bias`          | `(≤B, ≤H, ≤T, S)`| read; may be null           |
/// | `ds`            | `(B, H, T, S)`   | written; may be null        |
///
/// Cost: `2·B·H·T·S·(Dh + Dv)` FLOPs forward, about three times that backward, and `B·H·T·S` elements
/// of memory. Paper: [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762).
public final class NaiveAttention {
    private NaiveAttention() {}

    /// Writes `weights` and `o` for the heads `bh = b·H + h` in `[bh0, bh1)`.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is smaller than the shape says.
    public static void forward(
            Heads o, Span weights, Heads q, Heads k, Heads v, AttentionShape shape, Visibility see, int bh0, int bh1) {
        forward(o, weights, q, k, v, null, shape, see, bh0, bh1);
    }

    /// The same with something added to scores.
    ///
    /// @param bias null for nothing
    public static void forward(
            Heads o,
            Span weights,
            Heads q,
            Heads k,
            Heads v,
            ScoreBias bias,
            AttentionShape shape,
            Visibility see,
            int bh0,
            int bh1) {
        java.util.Objects.checkFromToIndex(bh0, bh1, shape.B() * shape.H());
        Operands.check("naive attention", shape, see, q, k, v, o);
        if (bias != null) {
            bias.require("naive attention", shape);
        }
        weights.require("naive attention", "weights", (long) shape.B() * shape.H() * shape.T() * shape.S());
        boolean fast = Tier.vectors()
                && Operands.f32(q, k, v, o)
                && weights.dtype() == DType.F32
                && (bias == null || bias.span().dtype() == DType.F32);
        for (int bh = bh0; bh < bh1; bh++) {
            int b = bh / shape.H();
            int h = bh % shape.H();
            for (int t = 0; t < shape.T(); t++) {
                long row = ((long) bh * shape.T() + t) * shape.S();
                if (fast) {
                    ByRows.forward(o, weights.address(row), q, k, v, bias, shape, see, b, h, t);
                } else {
                    reference(o, weights, row, q, k, v, bias, shape, see, b, h, t);
                }
            }
        }
    }

    /// dq, dk, dv += …, from the stored weights. Units are (b, key/value head) in `[u0, u1)`, so that
    /// each owns its dk and dv.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is smaller than the shape says.
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Span weights,
            Heads q,
            Heads k,
            Heads v,
            Heads dO,
            AttentionShape shape,
            Visibility see,
            int u0,
            int u1) {
        backward(dq, dk, dv, null, weights, q, k, v, dO, shape, see, u0, u1);
    }

    /// The same, and the gradient of the scores themselves, which is that of what was added to them.
    ///
    /// @param ds `(B, H, T, S)`, written; null where nobody wants it
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Span ds,
            Span weights,
            Heads q,
            Heads k,
            Heads v,
            Heads dO,
            AttentionShape shape,
            Visibility see,
            int u0,
            int u1) {
        java.util.Objects.checkFromToIndex(u0, u1, shape.B() * shape.Hkv());
        Operands.check("naive attention backward", shape, see, q, k, v, dO);
        Operands.check("naive attention backward (gradients)", shape, see, dq, dk, dv, dO);
        weights.require("naive attention backward", "weights", (long) shape.B() * shape.H() * shape.T() * shape.S());
        boolean fast = Tier.vectors()
                && Operands.f32(q, k, v, dO)
                && Operands.f32(dq, dk, dv, dO)
                && weights.dtype() == DType.F32;
        if (ds != null) {
            ds.require("naive attention backward", "ds", (long) shape.B() * shape.H() * shape.T() * shape.S());
        }
        int group = shape.H() / shape.Hkv();
        for (int u = u0; u < u1; u++) {
            int b = u / shape.Hkv();
            for (int g = 0; g < group; g++) {
                int h = u % shape.Hkv() * group + g;
                for (int t = 0; t < shape.T(); t++) {
                    long row = (((long) b * shape.H() + h) * shape.T() + t) * shape.S();
                    if (fast) {
                        ByRows.backward(dq, dk, dv, weights.address(row), q, k, v, dO, shape, b, h, t);
                    } else {
                        referenceBackward(dq, dk, dv, weights, row, q, k, v, dO, shape, b, h, t);
                    }
                    if (ds != null) {
                        scoreGradient(ds, weights, row, v, dO, shape, b, h, t);
                    }
                }
            }
        }
    }

    /// `ds` of one query of one head.
    private static void scoreGradient(
            Span ds, Span weights, long row, Heads v, Heads dO, AttentionShape shape, int b, int h, int t) {
        int kv = h / (shape.H() / shape.Hkv());
        double mean = 0;
        long draw = shape.weighing().first(shape, b, h, t);
        for (int j = 0; j < shape.S(); j++) {
            double p = weights.get(row + j);
            double kept = p == 0 ? 0 : shape.weighing().kept(draw + j);
            double dp = kept == 0 ? 0 : kept * Operands.dot(dO, b, t, h, v, b, j, kv, shape.Dv());
            ds.set(row + j, dp);
            mean += p * dp;
        }
        for (int j = 0; j < shape.S(); j++) {
            ds.set(row + j, weights.get(row + j) * (ds.get(row + j) - mean));
        }
    }

    /// Score of one pair.
    private static double score(
            Heads q, Heads k, ScoreBias bias, AttentionShape shape, int b, int h, int t, int j, int kv) {
        double s = shape.weighing().cap(shape.scale() * Operands.dot(q, b, t, h, k, b, j, kv, shape.Dh()));
        return bias == null ? s : s + bias.get(b, h, t, j);
    }

    /// One query of one head: the specification.
    private static void reference(
            Heads o,
            Span weights,
            long row,
            Heads q,
            Heads k,
            Heads v,
            ScoreBias bias,
            AttentionShape shape,
            Visibility see,
            int b,
            int h,
            int t) {
        int kv = h / (shape.H() / shape.Hkv());
        int S = shape.S();
        Weighing weighing = shape.weighing();
        if (Operands.blind(see, b, t, S)) {
            for (int j = 0; j < S; j++) {
                weights.set(row + j, weighing.sinks() == null ? 1.0 / S : 0);
            }
        } else {
            double max = weighing.sink(h);
            for (int j = 0; j < S; j++) {
                if (see.sees(b, t, j, S)) {
                    max = Math.max(max, score(q, k, bias, shape, b, h, t, j, kv));
                }
            }
            double sum = weighing.sinks() == null ? 0 : Math.exp(weighing.sink(h) - max);
            for (int j = 0; j < S; j++) {
                if (see.sees(b, t, j, S)) {
                    sum += Math.exp(score(q, k, bias, shape, b, h, t, j, kv) - max);
                }
            }
            for (int j = 0; j < S; j++) {
                weights.set(
                        row + j,
                        see.sees(b, t, j, S) ? Math.exp(score(q, k, bias, shape, b, h, t, j, kv) - max) / sum : 0);
            }
        }
        long draw = weighing.first(shape, b, h, t);
        for (int d = 0; d < shape.Dv(); d++) {
            double sum = 0;
            for (int j = 0; j < S; j++) {
                double p = weights.get(row + j) * weighing.kept(draw + j);
                // A weight of 0 hides whatever lies in the value, NaN of unwritten memory included.
                sum += p == 0 ? 0 : p * Operands.get(v, b, j, kv, d);
            }
            Operands.set(o, b, t, h, d, sum);
        }
    }

    private static void referenceBackward(
            Heads dq,
            Heads dk,
            Heads dv,
            Span weights,
            long row,
            Heads q,
            Heads k,
            Heads v,
            Heads dO,
            AttentionShape shape,
            int b,
            int h,
            int t) {
        int kv = h / (shape.H() / shape.Hkv());
        int S = shape.S();
        Weighing weighing = shape.weighing();
        long draw = weighing.first(shape, b, h, t);
        double mean = 0;
        for (int j = 0; j < S; j++) {
            double p = weights.get(row + j) * weighing.kept(draw + j);
            if (p != 0) {
                mean += p * Operands.dot(dO, b, t, h, v, b, j, kv, shape.Dv());
            }
        }
        for (int j = 0; j < S; j++) {
            double p = weights.get(row + j);
            if (p == 0) {
                continue;
            }
            double kept = weighing.kept(draw + j);
            double dp = kept * Operands.dot(dO, b, t, h, v, b, j, kv, shape.Dv());
            double slope = weighing.slope(score(q, k, null, shape, b, h, t, j, kv));
            double ds = shape.scale() * slope * p * (dp - mean);
            for (int d = 0; d < shape.Dv(); d++) {
                Operands.add(dv, b, j, kv, d, kept * p * Operands.get(dO, b, t, h, d));
            }
            if (ds != 0) {
                for (int d = 0; d < shape.Dh(); d++) {
                    Operands.add(dq, b, t, h, d, ds * Operands.get(k, b, j, kv, d));
                    Operands.add(dk, b, j, kv, d, ds * Operands.get(q, b, t, h, d));
                }
            }
        }
    }

    /// The same row by row on lanes.
    private static final class ByRows {
        private ByRows() {}

        static void forward(
                Heads o,
                long p,
                Heads q,
                Heads k,
                Heads v,
                ScoreBias bias,
                AttentionShape shape,
                Visibility see,
                int b,
                int h,
                int t) {
            int kv = h / (shape.H() / shape.Hkv());
            int S = shape.S();
            Weighing weighing = shape.weighing();
            if (Operands.blind(see, b, t, S)) {
                for (int j = 0; j < S; j++) {
                    Memory.f32(p + 4L * j, weighing.sinks() == null ? 1f / S : 0f);
                }
            } else {
                long query = q.address(b, t, h);
                float sink = (float) weighing.sink(h);
                float max = sink;
                for (int j = 0; j < S; j++) {
                    float s = Float.NEGATIVE_INFINITY;
                    if (see.sees(b, t, j, S)) {
                        s = (float) shape.scale() * Rows.dot(query, k.address(b, j, kv), shape.Dh());
                        s = weighing.softCap() == 0 ? s : (float) weighing.cap(s);
                        s = bias == null ? s : s + Memory.f32(bias.address(b, h, t) + 4L * j);
                        max = Math.max(max, s);
                    }
                    Memory.f32(p + 4L * j, s);
                }
                softmax(p, S, max, weighing.sinks() == null ? 0f : (float) Math.exp(sink - max));
            }
            long draw = weighing.first(shape, b, h, t);
            long out = o.address(b, t, h);
            for (int d = 0; d < shape.Dv(); d++) {
                Memory.f32(out + 4L * d, 0f);
            }
            for (int j = 0; j < S; j++) {
                float weight = Memory.f32(p + 4L * j);
                if (weight != 0 && weighing.dropout() != 0) {
                    weight *= (float) weighing.kept(draw + j);
                }
                if (weight != 0) {
                    Rows.addScaled(out, v.address(b, j, kv), weight, shape.Dv());
                }
            }
        }

        private static void softmax(long p, int S, float max, float first) {
            float sum = first + Rows.exponentials(p, S, max);
            Rows.scale(p, p, 1 / sum, S);
        }

        static void backward(
                Heads dq,
                Heads dk,
                Heads dv,
                long p,
                Heads q,
                Heads k,
                Heads v,
                Heads dO,
                AttentionShape shape,
                int b,
                int h,
                int t) {
            int kv = h / (shape.H() / shape.Hkv());
            long query = q.address(b, t, h);
            long gradient = dO.address(b, t, h);
            Weighing weighing = shape.weighing();
            long draw = weighing.first(shape, b, h, t);
            float mean = 0;
            for (int j = 0; j < shape.S(); j++) {
                float weight = Memory.f32(p + 4L * j);
                if (weight != 0 && weighing.dropout() != 0) {
                    weight *= (float) weighing.kept(draw + j);
                }
                if (weight != 0) {
                    mean = Math.fma(weight, Rows.dot(gradient, v.address(b, j, kv), shape.Dv()), mean);
                }
            }
            for (int j = 0; j < shape.S(); j++) {
                float weight = Memory.f32(p + 4L * j);
                if (weight == 0) {
                    continue;
                }
                float kept = weighing.dropout() == 0 ? 1 : (float) weighing.kept(draw + j);
                float dp = kept * Rows.dot(gradient, v.address(b, j, kv), shape.Dv());
                float ds = (float) shape.scale() * weight * (dp - mean);
                if (weighing.softCap() != 0) {
                    float s = (float) shape.scale() * Rows.dot(query, k.address(b, j, kv), shape.Dh());
                    ds *= (float) weighing.slope(weighing.cap(s));
                }
                Rows.addScaled(dq.address(b, t, h), k.address(b, j, kv), ds, shape.Dh());
                Rows.addScaled(dk.address(b, j, kv), query, ds, shape.Dh());
                Rows.addScaled(dv.address(b, j, kv), gradient, kept * weight, shape.Dv());
            }
        }
    }
}
