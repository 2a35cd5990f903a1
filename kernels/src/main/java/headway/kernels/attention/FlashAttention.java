package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;

/// Attention by tiles with an online softmax: the same numbers as [NaiveAttention] in memory linear in length.
///
///     m' = max(m, max_j s[j]),  l' = l·e^(m-m') + Σ_j e^(s[j]-m'),  o' = o·e^(m-m') + Σ_j e^(s[j]-m')·v[j]
///     o  = o / l,               lse = m + ln l
///
/// Backward makes the weights again from `lse`: `p = e^(s - lse)`, `D = Σ_d dO·o`, and then
///
///     dv[j] += Σ_t p[t,j]·dO[t]                 ds[t,j] = scale · p[t,j]·(dO[t]·v[j] - D[t])
///     dq[t] += Σ_j ds[t,j]·k[j]                 dk[j]   += Σ_t ds[t,j]·q[t]
///
/// | operand         | shape             | access        |
/// |-----------------|-------------------|---------------|
/// | `q`, `dq`       | `(B, T, H, Dh)`   | read; added to |
/// | `k`, `dk`       | `(B, S, Hkv, Dh)` | read; added to |
/// | `v`, `dv`       | `(B, S, Hkv, Dv)` | read; added to |
/// | `o`, `dO`       | `(B, T, H, Dv)`   | forward writes `o`; backward reads both |
/// | `lse`           | `(B, H, T)`       | forward writes; backward reads |
///
/// What a soft cap, a bias, sinks and dropout change says [Weighing]: `lse` counts the sink; backward draws again.
///
/// A query that sees no key weighs every key `1/S` and passes gradients on with these weights; its `lse` is
/// `+infinity`, a value that no softmax has, and by
/// which backward knows it. Values under a mask are multiplied by a weight of 0, so they have to be finite.
///
/// Cost: `2·B·H·T·S·(Dh + Dv)` FLOPs forward and `2·B·H·T·S·(3·Dh + 2·Dv)` backward, half of that where causal:
/// tiles that nobody sees are skipped. Papers: [Dao et al. 2022](https://arxiv.org/abs/2205.14135),
/// [Dao 2023](https://arxiv.org/abs/2307.08691).
public final class FlashAttention {
    /// Queries of a unit of forward work. It depends on nothing, so results do not depend on the number of threads.
    static final int QUERIES = 64;

    /// Queries of a head's last unit, which takes a short rest along: copying keys and values once more for a few
    /// queries costs more than they do.
    static final int MOST = QUERIES + QUERIES / 2;

    private FlashAttention() {}

    /// Units of work of [#forward], for splitting over threads: (batch, head, query tile); where queries are few,
    /// (batch, key/value head).
    public static int forwardUnits(AttentionShape shape) {
        return few(shape)
                ? Math.multiplyExact(shape.B(), shape.T() == 0 ? 0 : shape.Hkv())
                : Math.toIntExact((long) shape.B() * shape.H() * tiles(shape));
    }

    private static boolean few(AttentionShape shape) {
        return few(shape.T());
    }

    private static boolean few(int T) {
        return T <= FlashDecode.MOST_QUERIES;
    }

    /// Whether the forward pass of T queries of f32 reads keys and values of sixteen bits as fast as they come from
    /// memory; elsewhere it reads them one at a time, and who has many queries widens them first.
    public static boolean readsNarrow(int T) {
        return few(T) && Tier.machine();
    }

    private static int tiles(AttentionShape shape) {
        int T = shape.T();
        return T == 0 ? 0 : Math.max(1, (T + MOST - QUERIES - 1) / QUERIES);
    }

    /// Elements of f32 scratch that one thread needs for [#forward].
    public static long forwardScratch(AttentionShape shape) {
        return Tier.vectors() ? FlashForward.scratch(shape) : 2L * shape.Dv();
    }

    /// Writes `o` and, unless it is null, `lse` for the units `[u0, u1)`.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is smaller than the shape says.
    public static void forward(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        java.util.Objects.checkFromToIndex(u0, u1, forwardUnits(shape));
        Operands.check("flash attention", shape, see, q, k, v, o);
        scratch.require("flash attention", "scratch", forwardScratch(shape));
        if (lse != null) {
            lse.require("flash attention", "lse", (long) shape.B() * shape.H() * shape.T());
        }
        PlaceBias bias = shape.weighing().bias();
        if (bias != null) {
            bias.require("flash attention", shape);
        }
        boolean others = Tier.vectors()
                && (lse == null || lse.dtype() == DType.F32)
                && (bias == null || bias.span().dtype() == DType.F32);
        boolean fast = others && Operands.f32(q, k, v, o);
        if (few(shape)) {
            boolean machine = others
                    && Tier.machine()
                    && Operands.f32(q, q, o, o)
                    && FewQueries.reads(k, v)
                    && shape.weighing().dropout() == 0
                    && shape.Dh() > 0;
            long free = scratch.address();
            for (int u = u0; u < u1; u++) {
                int b = u / shape.Hkv();
                FlashDecode.unit(fast, machine, o, lse, q, k, v, shape, see, free, b, u % shape.Hkv());
            }
            return;
        }
        for (int u = u0; u < u1; u++) {
            int bh = u / tiles(shape);
            int t0 = u % tiles(shape) * QUERIES;
            int t1 = shape.T() - t0 <= MOST ? shape.T() : t0 + QUERIES;
            if (fast) {
                FlashForward.unit(o, lse, q, k, v, shape, see, scratch.address(), bh, t0, t1);
            } else {
                for (int t = t0; t < t1; t++) {
                    reference(o, lse, q, k, v, shape, see, scratch.address(), bh, t);
                }
            }
        }
    }

    /// Units of work of [#backward]: (batch, key/value head), so that each owns its part of dq, dk and dv.
    public static int backwardUnits(AttentionShape shape) {
        return Math.multiplyExact(shape.B(), shape.Hkv());
    }

    /// Elements of f32 scratch that one thread needs for [#backward].
    public static long backwardScratch(AttentionShape shape) {
        return Tier.vectors() ? FlashBackward.scratch(shape) : 2L * shape.Dh();
    }

    /// dq, dk, dv += … for the units `[u0, u1)`, from what forward read and wrote.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is smaller than the shape says.
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Heads q,
            Heads k,
            Heads v,
            Heads o,
            Heads dO,
            Span lse,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        backward(dq, dk, dv, q, k, v, o, dO, lse, null, shape, see, scratch, u0, u1);
    }

    /// The same, and what the bias gets.
    ///
    /// @param dBias `(B, H, T + S - 1)` by distance, added to, each batch entry for itself; null for none
    public static void backward(
            Heads dq,
            Heads dk,
            Heads dv,
            Heads q,
            Heads k,
            Heads v,
            Heads o,
            Heads dO,
            Span lse,
            Span dBias,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        java.util.Objects.checkFromToIndex(u0, u1, backwardUnits(shape));
        Operands.check("flash attention backward", shape, see, q, k, v, o);
        Operands.check("flash attention backward (gradients)", shape, see, dq, dk, dv, dO);
        lse.require("flash attention backward", "lse", (long) shape.B() * shape.H() * shape.T());
        scratch.require("flash attention backward", "scratch", backwardScratch(shape));
        PlaceBias bias = shape.weighing().bias();
        if (bias != null) {
            bias.require("flash attention backward", shape);
        }
        int distances = shape.T() + shape.S() - 1;
        PlaceBias sums = dBias == null
                ? null
                : new PlaceBias(dBias, shape.B(), (long) shape.H() * distances, distances, shape.S() - 1L, 1, -1);
        if (sums != null) {
            sums.require("flash attention backward (gradients)", shape);
        }
        boolean fast = Tier.vectors()
                && Operands.f32(q, k, v, o)
                && Operands.f32(dq, dk, dv, dO)
                && lse.dtype() == DType.F32
                && (bias == null || bias.span().dtype() == DType.F32)
                && (dBias == null || dBias.dtype() == DType.F32);
        int group = shape.H() / shape.Hkv();
        for (int u = u0; u < u1; u++) {
            int b = u / shape.Hkv();
            int kv = u % shape.Hkv();
            if (fast) {
                FlashBackward.unit(dq, dk, dv, q, k, v, o, dO, lse, sums, shape, see, scratch.address(), b, kv);
                continue;
            }
            for (int h = kv * group; h < (kv + 1) * group; h++) {
                for (int t = 0; t < shape.T(); t++) {
                    referenceBackward(dq, dk, dv, q, k, v, o, dO, lse, sums, shape, see, scratch.address(), b, h, t);
                }
            }
        }
    }

    /// One query by the online softmax in f64: the specification, for every type. `sums` holds Dv f64 sums.
    static void reference(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            long sums,
            int bh,
            int t) {
        int b = bh / shape.H();
        int h = bh % shape.H();
        int kv = h / (shape.H() / shape.Hkv());
        int S = shape.S();
        Weighing weighing = shape.weighing();
        long draw = weighing.first(shape, b, h, t);
        boolean blind = weighing.sinks() == null && Operands.blind(see, b, t, S);
        for (int d = 0; d < shape.Dv(); d++) {
            Memory.f64(sums + 8L * d, 0.0);
        }
        double max = weighing.sink(h);
        double total = weighing.sinks() == null ? 0 : 1;
        for (int j = 0; j < S; j++) {
            if (!blind && !see.sees(b, t, j, S)) {
                continue;
            }
            double score = blind ? 0 : weighing.cap(shape.scale() * Operands.dot(q, b, t, h, k, b, j, kv, shape.Dh()));
            score += blind ? 0 : weighing.added(b, h, t, j);
            double old = max;
            max = Math.max(max, score);
            double shrink = old == max ? 1 : Math.exp(old - max);
            double p = Math.exp(score - max);
            total = total * shrink + p;
            p *= weighing.kept(draw + j);
            for (int d = 0; d < shape.Dv(); d++) {
                double sum = Memory.f64(sums + 8L * d) * shrink;
                Memory.f64(sums + 8L * d, sum + p * Operands.get(v, b, j, kv, d));
            }
        }
        for (int d = 0; d < shape.Dv(); d++) {
            Operands.set(o, b, t, h, d, S == 0 ? 0 : Memory.f64(sums + 8L * d) / total);
        }
        if (lse != null) {
            lse.set((long) bh * shape.T() + t, blind ? Double.POSITIVE_INFINITY : max + Math.log(total));
        }
    }

    /// One query of backward in f64. `sums` holds Dh f64 sums.
    private static void referenceBackward(
            Heads dq,
            Heads dk,
            Heads dv,
            Heads q,
            Heads k,
            Heads v,
            Heads o,
            Heads dO,
            Span lse,
            PlaceBias dBias,
            AttentionShape shape,
            Visibility see,
            long sums,
            int b,
            int h,
            int t) {
        int kv = h / (shape.H() / shape.Hkv());
        int S = shape.S();
        double norm = lse.get(((long) b * shape.H() + h) * shape.T() + t);
        Weighing weighing = shape.weighing();
        long draw = weighing.first(shape, b, h, t);
        boolean blind = norm == Double.POSITIVE_INFINITY;
        double mean = Operands.dot(dO, b, t, h, o, b, t, h, shape.Dv());
        for (int d = 0; d < shape.Dh(); d++) {
            Memory.f64(sums + 8L * d, 0.0);
        }
        for (int j = 0; j < S; j++) {
            if (!blind && !see.sees(b, t, j, S)) {
                continue;
            }
            double score = weighing.cap(shape.scale() * Operands.dot(q, b, t, h, k, b, j, kv, shape.Dh()));
            double kept = weighing.kept(draw + j);
            double p = blind ? 1.0 / S : Math.exp(score + weighing.added(b, h, t, j) - norm);
            for (int d = 0; d < shape.Dv(); d++) {
                Operands.add(dv, b, j, kv, d, kept * p * Operands.get(dO, b, t, h, d));
            }
            double dp = kept * Operands.dot(dO, b, t, h, v, b, j, kv, shape.Dv());
            double ds = shape.scale() * weighing.slope(score) * p * (dp - mean);
            if (dBias != null) {
                long at = dBias.index(b, h, t, j);
                dBias.span().set(at, dBias.span().get(at) + p * (dp - mean));
            }
            for (int d = 0; d < shape.Dh(); d++) {
                Memory.f64(sums + 8L * d, Memory.f64(sums + 8L * d) + ds * Operands.get(k, b, j, kv, d));
                Operands.add(dk, b, j, kv, d, ds * Operands.get(q, b, t, h, d));
            }
        }
        for (int d = 0; d < shape.Dh(); d++) {
            Operands.add(dq, b, t, h, d, Memory.f64(sums + 8L * d));
        }
    }
}
