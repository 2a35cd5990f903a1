package headway.kernels.attention;

import static headway.kernels.attention.FlashTile.KEYS;
import static headway.kernels.attention.FlashTile.fours;
import static headway.kernels.attention.FlashTile.lanes;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.gemm.Bf16Pairs;
import headway.kernels.gemm.StridedRows;
import headway.kernels.simd.Rows;
import headway.kernels.simd.TileKernel;

/// [FlashAttention] forward on lanes: one tile of queries against all keys they see.
final class FlashForward {
    private static final int QUERIES = FlashAttention.MOST;

    /// Keys of the last tile, which takes a short rest along, too.
    private static final int MOST_KEYS = KEYS + KEYS / 2;

    private FlashForward() {}

    static long scratch(AttentionShape shape) {
        long dv = lanes(shape.Dv());
        if (shape.T() <= FlashDecode.MOST_QUERIES) {
            return FlashDecode.scratch(shape);
        }
        long dh = lanes(shape.Dh());
        long whole = 16 + QUERIES * (dh + MOST_KEYS + dv + 4) + MOST_KEYS * (dh + dv) + dv + QUERIES * dv;
        return whole + (shape.pairs() ? pairs(shape) : 0);
    }

    /// Elements for the operands in bf16: rows of queries or keys, weights, values.
    private static long pairs(AttentionShape shape) {
        return MOST_KEYS * (lanes(shape.Dh()) + QUERIES + (long) lanes(shape.Dv())) / 2;
    }

    static void unit(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            AttentionShape shape,
            Visibility see,
            long scratch,
            int bh,
            int t0,
            int t1) {
        int b = bh / shape.H();
        int h = bh % shape.H();
        int kv = h / (shape.H() / shape.Hkv());
        int queries = t1 - t0;
        int width = lanes(queries);
        int wideV = lanes(shape.Dv());
        int Dh = shape.Dh();
        // Scratch, in order: notes (64 bytes), zeros (T), max (T), sum (T), shrink (T), Qᵀ (Dh, T), S (keys, T), O (T,
        // Dv), K, V.
        long zeros = scratch + 64;
        long max = zeros + 4L * QUERIES;
        long sum = max + 4L * QUERIES;
        long shrink = sum + 4L * QUERIES;
        long queriesT = shrink + 4L * QUERIES;
        long scores = queriesT + 4L * QUERIES * Dh;
        long out = scores + 4L * QUERIES * MOST_KEYS;
        long keyRows = out + 4L * QUERIES * wideV;
        int wideH = lanes(Dh);
        long rowK = 4L * wideH;
        long valueRows = keyRows + MOST_KEYS * rowK;
        boolean pairs = shape.pairs();
        long rows16 = scratch + 4 * (scratch(shape) - (pairs ? pairs(shape) : 0));
        long row16 = 2L * wideH;
        long weights16 = rows16 + MOST_KEYS * row16;
        long values16 = weights16 + 2L * MOST_KEYS * QUERIES;
        FlashTile.copy(keyRows, wideH, width, q, b, t0, h, queries, Dh);
        if (pairs) {
            Rows.scale(keyRows, keyRows, (float) shape.scale(), width * wideH);
            Bf16Pairs.rows(rows16, row16, keyRows, rowK, width, Dh);
            StridedRows.transpose(queriesT, 4L * width, rows16, row16, width, Dh / 2);
        } else {
            FlashTile.transpose(queriesT, width, keyRows, wideH, Dh, (float) shape.scale());
        }
        Rows.fill(zeros, 0f, width);
        Weighing weighing = shape.weighing();
        Rows.fill(max, (float) weighing.sink(h), width);
        Rows.fill(sum, weighing.sinks() == null ? 0f : 1f, width);
        Rows.fill(out, 0f, width * wideV);
        int last = see.last(t1 - 1, shape.S());
        int keys;
        for (int j0 = see.first(t0); j0 < last; j0 += keys) {
            keys = last - j0 <= MOST_KEYS ? last - j0 : KEYS;
            int rows = fours(keys);
            long row = 4L * width;
            long rowO = 4L * wideV;
            if (pairs) {
                FlashTile.round(rows16, row16, rows, k, b, j0, kv, keys, Dh);
                if (shape.Dv() == wideV && keys == rows) {
                    long from = v.address(b, j0, kv);
                    Bf16Pairs.across(values16, rowO, from, 4 * v.rowStride(), rows, wideV);
                } else {
                    FlashTile.copy(valueRows, wideV, rows, v, b, j0, kv, keys, shape.Dv());
                    Bf16Pairs.across(values16, rowO, valueRows, rowO, rows, wideV);
                }
                TileKernel.pairs(scores, row, false, rows16, row16, 4, queriesT, row, Dh / 2, rows, width);
            } else {
                FlashTile.copy(keyRows, wideH, rows, k, b, j0, kv, keys, Dh);
                FlashTile.copy(valueRows, wideV, rows, v, b, j0, kv, keys, shape.Dv());
                TileKernel.panel(scores, row, zeros, 0, keyRows, rowK, 4, queriesT, row, Dh, rows, width);
            }
            if (weighing.softCap() != 0) {
                FlashTile.cap(scores, rows * width, (float) weighing.softCap());
            }
            if (weighing.bias() != null) {
                FlashTile.add(scores, width, queries, keys, weighing.bias(), b, h, t0, j0);
            }
            FlashTile.mask(scores, width, queries, keys, rows, see, b, t0, j0, shape.S());
            if (FlashTile.softmax(scores, width, rows, max, sum, shrink, scratch)) {
                rescale(out, wideV, shrink, width);
            }
            if (weighing.dropout() != 0) {
                FlashTile.drop(scores, width, queries, keys, shape, b, h, t0, j0);
            }
            if (pairs) {
                Bf16Pairs.across(weights16, row, scores, row, rows, width);
                TileKernel.pairs(out, rowO, true, weights16, 4, row, values16, rowO, rows / 2, width, wideV);
            } else {
                TileKernel.panel(out, rowO, out, rowO, scores, 4, row, valueRows, rowO, keys, width, wideV);
            }
        }
        for (int r = 0; r < queries; r++) {
            float total = Memory.f32(sum + 4L * r);
            long target = o.address(b, t0 + r, h);
            if (total == 0) {
                average(target, v, b, kv, shape, h, t0 + r);
            } else {
                Rows.scale(target, out + 4L * r * wideV, 1 / total, shape.Dv());
            }
            if (lse != null) {
                float norm =
                        total == 0 ? Float.POSITIVE_INFINITY : (float) (Memory.f32(max + 4L * r) + Math.log(total));
                Memory.f32(lse.address((long) bh * shape.T() + t0 + r), norm);
            }
        }
    }

    /// Most rows have a factor of 1: their largest score did not change.
    private static void rescale(long out, int width, long shrink, int rows) {
        for (int r = 0; r < rows; r++) {
            float factor = Memory.f32(shrink + 4L * r);
            if (factor != 1) {
                long row = out + 4L * r * width;
                Rows.scale(row, row, factor, width);
            }
        }
    }

    /// The output of a query that sees no key: the mean of all values.
    static void average(long to, Heads v, int b, int kv, AttentionShape shape, int h, int t) {
        Rows.fill(to, 0f, shape.Dv());
        long draw = shape.weighing().first(shape, b, h, t);
        for (int j = 0; j < shape.S(); j++) {
            float p = (float) (shape.weighing().kept(draw + j) / shape.S());
            Rows.addScaled(to, v.address(b, j, kv), p, shape.Dv());
        }
    }
}
