package headway.kernels.attention;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Rows;

/// [FlashAttention] forward for a few queries against many keys, as in decoding: row by row, because a
/// tile of queries would be mostly empty. On vector lanes keys and values are read once for each query head, in machine
/// code ([FewQueries]) once for all that share them; bound by memory.
final class FlashDecode {
    /// Up to this many queries are better done row by row.
    static final int MOST_QUERIES = 3;

    /// Keys at a time: their scores stay in L1, and so do their values between the two passes.
    private static final int KEYS = 128;

    private FlashDecode() {}

    static long scratch(AttentionShape shape) {
        return Math.max(KEYS + FlashTile.lanes(shape.Dv()), Tier.machine() ? FewQueries.scratch(shape) : 0);
    }

    /// All queries of all heads of batch entry `b` that read head `kv` of keys and values.
    ///
    /// @param fast whether all operands are f32, and vectors are wanted
    /// @param machine whether machine code reads them all
    static void unit(
            boolean fast,
            boolean machine,
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            long scratch,
            int b,
            int kv) {
        int heads = shape.H() / shape.Hkv();
        for (int t = 0; t < shape.T(); t++) {
            if (machine) {
                FewQueries.group(o, lse, q, k, v, 0, shape, see, scratch, b, kv, t);
                continue;
            }
            for (int h = kv * heads; h < (kv + 1) * heads; h++) {
                int bh = b * shape.H() + h;
                if (fast) {
                    row(o, lse, q, k, v, shape, see, scratch, bh, t);
                } else {
                    FlashAttention.reference(o, lse, q, k, v, shape, see, scratch, bh, t);
                }
            }
        }
    }

    /// Query `t` of head `bh`. Scratch: scores (keys), then the output so far (Dv).
    private static void row(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            long scores,
            int bh,
            int t) {
        int b = bh / shape.H();
        int h = bh % shape.H();
        int kv = h / (shape.H() / shape.Hkv());
        long out = scores + 4L * KEYS;
        Rows.fill(out, 0f, shape.Dv());
        Weighing weighing = shape.weighing();
        float max = (float) weighing.sink(h);
        float total = weighing.sinks() == null ? 0 : 1;
        int last = see.last(t, shape.S());
        for (int j0 = see.first(t); j0 < last; j0 += KEYS) {
            int keys = Math.min(KEYS, last - j0);
            float high = Math.max(max, score(scores, q.address(b, t, h), k, b, h, j0, kv, keys, shape, see, t));
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
            if (weighing.dropout() != 0) {
                FlashTile.drop(scores, 1, 1, keys, shape, b, h, t, j0);
            }
            Rows.addWeighted(out, scores, v.address(b, j0, kv), 4 * v.rowStride(), keys, shape.Dv());
        }
        long target = o.address(b, t, h);
        if (total == 0) {
            FlashForward.average(target, v, b, kv, shape, h, t);
        } else {
            Rows.scale(target, out, 1 / total, shape.Dv());
        }
        if (lse != null) {
            float norm = total == 0 ? Float.POSITIVE_INFINITY : (float) (max + Math.log(total));
            Memory.f32(lse.address((long) bh * shape.T() + t), norm);
        }
    }

    /// Scores of a run of keys, -infinity where masked and up to whole vectors; returns their maximum.
    private static float score(
            long scores,
            long query,
            Heads k,
            int b,
            int h,
            int j0,
            int kv,
            int keys,
            AttentionShape shape,
            Visibility see,
            int t) {
        float scale = (float) shape.scale();
        long key = k.address(b, j0, kv);
        for (int j = 0; j < keys; j++) {
            Memory.f32(scores + 4L * j, scale * Rows.dot(query, key, shape.Dh()));
            key += 4 * k.rowStride();
        }
        if (shape.weighing().softCap() != 0) {
            FlashTile.cap(scores, keys, (float) shape.weighing().softCap());
        }
        if (shape.weighing().bias() != null) {
            shape.weighing().bias().addRow(scores, b, h, t, j0, keys);
        }
        FlashTile.mask(scores, 1, 1, keys, FlashTile.lanes(keys), see, b, t, j0, shape.S());
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            max = Math.max(max, Memory.f32(scores + 4L * j));
        }
        return max;
    }
}
