package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Rows;

/// Attention to keys and values that lie in a pool, found through a table: several sequences share what they have in
/// common, and none of it is ever moved. [Kwon et al. 2023](https://arxiv.org/abs/2309.06180), a token to a page.
///
///     s[j] = cap(scale · q[t]·k[slot[b,j]]) + bias[b,h,t,j],   o[t] = Σ_j softmax(s)[j] · v[slot[b,j]]
///
/// | operand | shape           | access |
/// |---------|-----------------|--------|
/// | `q`     | `(B, T, H, Dh)` | read   |
/// | `k`     | `(1, P, Hkv, Dh)` | read |
/// | `v`     | `(1, P, Hkv, Dv)` | read |
/// | `slots` | `(B, S)` of `I32`, each in `0 … P-1` | read |
/// | `o`     | `(B, T, H, Dv)` | write  |
///
/// For decoding: query by query, with no gradient and no dropout. A query that sees no key weighs every key `1/S`.
/// Cost: `2·B·H·T·S·(Dh + Dv)` FLOPs; bound by memory.
public final class PagedAttention {
    /// Keys at a time: their scores stay in L1, and so do their values between the two passes.
    private static final int KEYS = 128;

    private PagedAttention() {}

    /// Units of work: (batch, key/value head, query).
    public static int units(AttentionShape shape) {
        return Math.toIntExact((long) shape.B() * shape.Hkv() * shape.T());
    }

    /// Elements of f32 scratch that one thread needs.
    public static long scratch(AttentionShape shape) {
        return Math.max(KEYS + 2L * (shape.Dv() + 64), Tier.machine() ? FewQueries.scratch(shape) : 0);
    }

    /// Writes `o` for the units `[u0, u1)`.
    ///
    /// @param pool tokens that the pool has room for
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is smaller than the sizes say or a slot lies outside the
    /// pool.
    public static void forward(
            Heads o,
            Heads q,
            Heads k,
            Heads v,
            Span slots,
            int pool,
            AttentionShape shape,
            Visibility see,
            Span scratch,
            int u0,
            int u1) {
        java.util.Objects.checkFromToIndex(u0, u1, units(shape));
        if (shape.weighing().dropout() != 0) {
            throw new IllegalArgumentException("[paged attention] dropout=%s; expected 0: it serves decoding alone"
                    .formatted(shape.weighing().dropout()));
        }
        q.require("paged attention", "q", shape.B(), shape.T(), shape.H(), shape.Dh());
        o.require("paged attention", "o", shape.B(), shape.T(), shape.H(), shape.Dv());
        k.require("paged attention", "k", 1, pool, shape.Hkv(), shape.Dh());
        v.require("paged attention", "v", 1, pool, shape.Hkv(), shape.Dv());
        slots.requireType("paged attention", "slots", DType.I32);
        slots.require("paged attention", "slots", (long) shape.B() * shape.S());
        Operands.checkPadding("paged attention", shape, see);
        scratch.require("paged attention", "scratch", scratch(shape));
        PlaceBias bias = shape.weighing().bias();
        if (bias != null) {
            bias.require("paged attention", shape);
        }
        boolean others = Tier.vectors() && (bias == null || bias.span().dtype() == DType.F32);
        boolean fast = others && Operands.f32(q, k, v, o);
        boolean machine =
                others && Tier.machine() && Operands.f32(q, q, o, o) && FewQueries.reads(k, v) && shape.Dh() > 0;
        int heads = shape.H() / shape.Hkv();
        for (int u = u0; u < u1; u++) {
            int b = u / shape.T() / shape.Hkv();
            int kv = u / shape.T() % shape.Hkv();
            int t = u % shape.T();
            inside(slots, b, shape.S(), pool);
            if (machine) {
                long table = slots.address((long) b * shape.S());
                FewQueries.group(o, null, q, k, v, table, shape, see, scratch.address(), b, kv, t);
                continue;
            }
            for (int h = kv * heads; h < (kv + 1) * heads; h++) {
                int bh = b * shape.H() + h;
                if (fast) {
                    Vectorized.forward(o, q, k, v, slots, shape, see, scratch.address(), bh, t);
                } else {
                    reference(o, q, k, v, slots, shape, see, scratch.address(), bh, t);
                }
            }
        }
    }

    private static void inside(Span slots, int b, int S, int pool) {
        for (int j = 0; j < S; j++) {
            int slot = Memory.i32(slots.address((long) b * S + j));
            if (slot < 0 || slot >= pool) {
                throw new IndexOutOfBoundsException(
                        "[paged attention] slot %d of key %d in row %d; the pool has %d".formatted(slot, j, b, pool));
            }
        }
    }

    /// One query by the online softmax in f64: the specification, for every type. `sums` holds Dv f64 sums.
    private static void reference(
            Heads o,
            Heads q,
            Heads k,
            Heads v,
            Span slots,
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
            int slot = Memory.i32(slots.address((long) b * S + j));
            double score =
                    blind ? 0 : weighing.cap(shape.scale() * Operands.dot(q, b, t, h, k, 0, slot, kv, shape.Dh()));
            score += blind ? 0 : weighing.added(b, h, t, j);
            double old = max;
            max = Math.max(max, score);
            double shrink = old == max ? 1 : Math.exp(old - max);
            double p = Math.exp(score - max);
            total = total * shrink + p;
            for (int d = 0; d < shape.Dv(); d++) {
                double sum = Memory.f64(sums + 8L * d) * shrink;
                Memory.f64(sums + 8L * d, sum + p * Operands.get(v, 0, slot, kv, d));
            }
        }
        for (int d = 0; d < shape.Dv(); d++) {
            Operands.set(o, b, t, h, d, S == 0 ? 0 : Memory.f64(sums + 8L * d) / total);
        }
    }

    /// The same on vector lanes, a run of keys at a time.
    private static final class Vectorized {
        private Vectorized() {}

        static void forward(
                Heads o,
                Heads q,
                Heads k,
                Heads v,
                Span slots,
                AttentionShape shape,
                Visibility see,
                long scores,
                int bh,
                int t) {
            int b = bh / shape.H();
            int h = bh % shape.H();
            int kv = h / (shape.H() / shape.Hkv());
            long out = scores + 4L * KEYS;
            long table = slots.address((long) b * shape.S());
            PlaceBias bias = shape.weighing().bias();
            Rows.fill(out, 0f, shape.Dv());
            float max = (float) shape.weighing().sink(h);
            float total = shape.weighing().sinks() == null ? 0 : 1;
            int last = see.last(t, shape.S());
            for (int j0 = see.first(t); j0 < last; j0 += KEYS) {
                int keys = Math.min(KEYS, last - j0);
                long run = table + 4L * j0;
                score(scores, q.address(b, t, h), k, run, kv, keys, shape);
                if (bias != null) {
                    bias.addRow(scores, b, h, t, j0, keys);
                }
                FlashTile.mask(scores, 1, 1, keys, FlashTile.lanes(keys), see, b, t, j0, shape.S());
                float high = max;
                for (int j = 0; j < keys; j++) {
                    high = Math.max(high, Memory.f32(scores + 4L * j));
                }
                if (high == Float.NEGATIVE_INFINITY) {
                    continue;
                }
                if (high != max && total != 0) {
                    float shrink = (float) Math.exp(max - high);
                    total *= shrink;
                    Rows.scale(out, out, shrink, shape.Dv());
                }
                max = high;
                total += Rows.exponentials(scores, FlashTile.lanes(keys), max);
                weigh(out, scores, v, run, kv, keys, shape.Dv());
            }
            long target = o.address(b, t, h);
            if (total == 0) {
                average(target, v, table, kv, shape);
            } else {
                Rows.scale(target, out, 1 / total, shape.Dv());
            }
        }

        private static void score(long scores, long query, Heads k, long run, int kv, int keys, AttentionShape shape) {
            float scale = (float) shape.scale();
            for (int j = 0; j < keys; j++) {
                long key = k.address(0, Memory.i32(run + 4L * j), kv);
                Memory.f32(scores + 4L * j, scale * Rows.dot(query, key, shape.Dh()));
            }
            if (shape.weighing().softCap() != 0) {
                FlashTile.cap(scores, keys, (float) shape.weighing().softCap());
            }
        }

        /// Neighbours in the pool go together, so that the output stays in registers over a shared beginning.
        private static void weigh(long out, long p, Heads v, long run, int kv, int keys, int Dv) {
            for (int j = 0; j < keys; ) {
                int first = Memory.i32(run + 4L * j);
                int end = j + 1;
                while (end < keys && Memory.i32(run + 4L * end) == first + end - j) {
                    end++;
                }
                Rows.addWeighted(out, p + 4L * j, v.address(0, first, kv), 4 * v.rowStride(), end - j, Dv);
                j = end;
            }
        }

        private static void average(long to, Heads v, long table, int kv, AttentionShape shape) {
            Rows.fill(to, 0f, shape.Dv());
            for (int j = 0; j < shape.S(); j++) {
                Rows.addScaled(to, v.address(0, Memory.i32(table + 4L * j), kv), 1f / shape.S(), shape.Dv());
            }
        }
    }
}
