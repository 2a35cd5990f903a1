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

/// [FlashAttention] backward on lanes: for one key/value head, tiles of queries against all keys they see.
///
/// Keys and values are laid side by side once, and so are the sums of their gradients, which the products add to as
/// they
/// go: rows of different heads lie kilobytes apart, where few sets of the first cache hold them. Tiles of queries are
/// twice as long as forward's, so that keys, values and sums pass through the caches half as often.
final class FlashBackward {
    private static final int QUERIES = 128;

    private FlashBackward() {}

    static long scratch(AttentionShape shape) {
        long dh = lanes(shape.Dh());
        long dv = lanes(shape.Dv());
        long widest = Math.max(QUERIES, Math.max(dh, dv));
        return widest
                + 2L * QUERIES
                + 3 * QUERIES * dh
                + 2 * QUERIES * dv
                + (shape.weighing().softCap() == 0 ? 2L : 3L) * KEYS * QUERIES
                + 2L * fours(shape.S()) * (dh + dv)
                + (shape.pairs() ? pairs(shape) : 0);
    }

    /// Elements for the operands in bf16: keys as rows and as pairs of rows, values as rows; then of a tile queries and
    /// gradients as pairs of rows, weights as rows, slopes as rows and as pairs of rows.
    private static long pairs(AttentionShape shape) {
        long dh = lanes(shape.Dh());
        long dv = lanes(shape.Dv());
        return fours(shape.S()) * (2 * dh + dv) / 2
                + QUERIES * (dh + dv + Math.max(dh, dv)) / 2
                + 3L * KEYS * QUERIES / 2;
    }

    /// Places of the operands in bf16, and distances of their rows in bytes.
    private record Rounded(long start, int all, long rowK, long rowV) {
        static Rounded of(AttentionShape shape, long end) {
            return new Rounded(
                    end - 4 * pairs(shape), fours(shape.S()), 2L * lanes(shape.Dh()), 2L * lanes(shape.Dv()));
        }

        long keys() {
            return start;
        }

        long keyPairs() {
            return keys() + all * rowK;
        }

        long values() {
            return keyPairs() + all * rowK;
        }

        long queryPairs() {
            return values() + all * rowV;
        }

        long gradientPairs() {
            return queryPairs() + QUERIES * rowK;
        }

        long weights() {
            return gradientPairs() + QUERIES * rowV;
        }

        long slopes() {
            return weights() + 2L * KEYS * QUERIES;
        }

        long slopePairs() {
            return slopes() + 2L * KEYS * QUERIES;
        }

        /// Rows on their way to be turned.
        long rows() {
            return slopePairs() + 2L * KEYS * QUERIES;
        }
    }

    /// Everything of key/value head `kv` of batch entry `b`.
    static void unit(
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
            long scratch,
            int b,
            int kv) {
        int S = shape.S();
        int rows = fours(S);
        int wideH = lanes(shape.Dh());
        int wideV = lanes(shape.Dv());
        long end = scratch + 4 * (scratch(shape) - (shape.pairs() ? pairs(shape) : 0));
        long sumV = end - 4L * rows * wideV;
        long sumK = sumV - 4L * rows * wideH;
        long rowsV = sumK - 4L * rows * wideV;
        long rowsK = rowsV - 4L * rows * wideH;
        FlashTile.copy(rowsK, wideH, rows, k, b, 0, kv, S, shape.Dh());
        FlashTile.copy(rowsV, wideV, rows, v, b, 0, kv, S, shape.Dv());
        Memory.ALL.asSlice(sumK, 4L * rows * (wideH + wideV)).fill((byte) 0);
        if (shape.pairs()) {
            Rounded r = Rounded.of(shape, scratch + 4 * scratch(shape));
            Bf16Pairs.rows(r.keys(), r.rowK, rowsK, 4L * wideH, rows, wideH);
            Bf16Pairs.across(r.keyPairs(), 4L * wideH, rowsK, 4L * wideH, rows, wideH);
            Bf16Pairs.rows(r.values(), r.rowV, rowsV, 4L * wideV, rows, wideV);
        }
        int group = shape.H() / shape.Hkv();
        for (int h = kv * group; h < (kv + 1) * group; h++) {
            for (int t0 = 0; t0 < shape.T(); t0 += QUERIES) {
                int t1 = Math.min(shape.T(), t0 + QUERIES);
                tile(dq, dk, dv, q, k, v, o, dO, lse, dBias, shape, see, scratch, rowsK, b, h, t0, t1);
            }
        }
        FlashTile.addTo(dk, b, 0, kv, sumK, wideH, S, shape.Dh());
        FlashTile.addTo(dv, b, 0, kv, sumV, wideV, S, shape.Dv());
    }

    private static void tile(
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
            long scratch,
            long packed,
            int b,
            int h,
            int t0,
            int t1) {
        int queries = t1 - t0;
        int width = lanes(queries);
        int Dh = shape.Dh();
        int Dv = shape.Dv();
        int wideH = lanes(Dh);
        int wideV = lanes(Dv);
        long zeros = scratch;
        long norms = zeros + 4L * Math.max(QUERIES, Math.max(wideH, wideV));
        long means = norms + 4L * QUERIES;
        long rowsQ = means + 4L * QUERIES;
        long rowsG = rowsQ + 4L * QUERIES * wideH;
        long queriesT = rowsG + 4L * QUERIES * wideV;
        long gradientsT = queriesT + 4L * QUERIES * wideH;
        long sumQ = gradientsT + 4L * QUERIES * wideV;
        long scores = sumQ + 4L * QUERIES * wideH;
        long slopes = scores + 4L * KEYS * QUERIES;
        long capped = slopes + 4L * KEYS * QUERIES;
        long all = fours(shape.S());
        Weighing weighing = shape.weighing();
        float cap = (float) weighing.softCap();
        Rows.fill(zeros, 0f, Math.max(QUERIES, Math.max(wideH, wideV)));
        FlashTile.copy(rowsQ, wideH, width, q, b, t0, h, queries, Dh);
        FlashTile.copy(rowsG, wideV, width, dO, b, t0, h, queries, Dv);
        Rounded r16 = shape.pairs() ? Rounded.of(shape, scratch + 4 * scratch(shape)) : null;
        if (r16 != null) {
            Bf16Pairs.across(r16.queryPairs(), 4L * wideH, rowsQ, 4L * wideH, width, wideH);
            Bf16Pairs.across(r16.gradientPairs(), 4L * wideV, rowsG, 4L * wideV, width, wideV);
            Bf16Pairs.rows(r16.rows(), r16.rowV, rowsG, 4L * wideV, width, wideV);
            StridedRows.transpose(gradientsT, 4L * width, r16.rows(), r16.rowV, width, Dv / 2);
            Rows.scale(rowsQ, rowsQ, (float) shape.scale(), width * wideH);
            Bf16Pairs.rows(r16.rows(), r16.rowK, rowsQ, 4L * wideH, width, wideH);
            StridedRows.transpose(queriesT, 4L * width, r16.rows(), r16.rowK, width, Dh / 2);
        } else {
            FlashTile.transpose(queriesT, width, rowsQ, wideH, Dh, (float) shape.scale());
            FlashTile.transpose(gradientsT, width, rowsG, wideV, Dv, 1f);
        }
        Rows.fill(sumQ, 0f, width * wideH);
        for (int r = 0; r < width; r++) {
            boolean real = r < queries;
            float norm = real
                    ? Memory.f32(lse.address(((long) b * shape.H() + h) * shape.T() + t0 + r))
                    : Float.POSITIVE_INFINITY;
            // With an infinite norm every weight of the tile is 0: right for lanes without a query; a query that sees
            // nothing has uniform weights, keys outside of the tiles included, and is done by itself.
            Memory.f32(norms + 4L * r, norm);
            Memory.f32(means + 4L * r, real ? Rows.dot(dO.address(b, t0 + r, h), o.address(b, t0 + r, h), Dv) : 0f);
            if (real && norm == Float.POSITIVE_INFINITY) {
                uniform(dq, dk, dv, q, k, v, dO, dBias, Memory.f32(means + 4L * r), shape, b, h, t0 + r);
            }
        }
        int last = see.last(t1 - 1, shape.S());
        long row = 4L * width;
        // Pairs of keys begin at even ones.
        int first = r16 == null ? see.first(t0) : see.first(t0) / 2 * 2;
        for (int j0 = first; j0 < last; j0 += KEYS) {
            int keys = Math.min(KEYS, last - j0);
            int rows = fours(keys);
            long rowsK = packed + 4L * j0 * wideH;
            long rowsV = packed + 4L * (all * wideH + (long) j0 * wideV);
            long sumK = packed + 4L * (all * (wideH + wideV) + (long) j0 * wideH);
            long sumV = packed + 4L * (all * (2L * wideH + wideV) + (long) j0 * wideV);
            if (r16 != null) {
                long keys16 = r16.keys() + j0 * r16.rowK;
                long values16 = r16.values() + j0 * r16.rowV;
                TileKernel.pairs(scores, row, false, keys16, r16.rowK, 4, queriesT, row, Dh / 2, rows, width);
                TileKernel.pairs(slopes, row, false, values16, r16.rowV, 4, gradientsT, row, Dv / 2, rows, width);
            } else {
                TileKernel.panel(scores, row, zeros, 0, rowsK, 4L * wideH, 4, queriesT, row, Dh, rows, width);
                TileKernel.panel(slopes, row, zeros, 0, rowsV, 4L * wideV, 4, gradientsT, row, Dv, rows, width);
            }
            if (cap != 0) {
                FlashTile.cap(scores, rows * width, cap);
                java.lang.foreign.MemorySegment.copy(Memory.ALL, scores, Memory.ALL, capped, 4L * rows * width);
            }
            if (weighing.bias() != null) {
                FlashTile.add(scores, width, queries, keys, weighing.bias(), b, h, t0, j0);
            }
            if (weighing.dropout() != 0) {
                FlashTile.drop(slopes, width, queries, keys, shape, b, h, t0, j0);
            }
            FlashTile.mask(scores, width, queries, keys, rows, see, b, t0, j0, shape.S());
            FlashTile.differentiate(scores, slopes, width, rows, norms, means, (float) shape.scale());
            if (dBias != null) {
                FlashTile.sum(dBias, slopes, width, queries, keys, 1 / (float) shape.scale(), b, h, t0, j0);
            }
            if (cap != 0) {
                Rows.uncap(slopes, capped, 1 / cap, rows * width);
            }
            if (weighing.dropout() != 0) {
                FlashTile.drop(scores, width, queries, keys, shape, b, h, t0, j0);
            }
            if (r16 != null) {
                addPairs(r16, scores, slopes, rows, width, j0, sumK, sumV, sumQ, wideH, wideV);
                continue;
            }
            TileKernel.panel(
                    sumV, 4L * wideV, sumV, 4L * wideV, scores, row, 4, rowsG, 4L * wideV, queries, rows, wideV);
            TileKernel.panel(
                    sumK, 4L * wideH, sumK, 4L * wideH, slopes, row, 4, rowsQ, 4L * wideH, queries, rows, wideH);
            TileKernel.panel(sumQ, 4L * wideH, sumQ, 4L * wideH, slopes, 4, row, rowsK, 4L * wideH, keys, width, wideH);
        }
        FlashTile.addTo(dq, b, t0, h, sumQ, wideH, queries, Dh);
    }

    /// `dV += P·dO`, `dK += dS·Q`, `dQ += dSᵀ·K` of one tile, in pairs along what is summed over.
    private static void addPairs(
            Rounded r,
            long scores,
            long slopes,
            int rows,
            int width,
            int j0,
            long sumK,
            long sumV,
            long sumQ,
            int wideH,
            int wideV) {
        long row = 4L * width;
        long row16 = 2L * width;
        long rowH = 4L * wideH;
        long rowV = 4L * wideV;
        Bf16Pairs.rows(r.weights(), row16, scores, row, rows, width);
        Bf16Pairs.rows(r.slopes(), row16, slopes, row, rows, width);
        Bf16Pairs.across(r.slopePairs(), row, slopes, row, rows, width);
        TileKernel.pairs(sumV, rowV, true, r.weights(), row16, 4, r.gradientPairs(), rowV, width / 2, rows, wideV);
        TileKernel.pairs(sumK, rowH, true, r.slopes(), row16, 4, r.queryPairs(), rowH, width / 2, rows, wideH);
        long keys = r.keyPairs() + (long) j0 / 2 * rowH;
        TileKernel.pairs(sumQ, rowH, true, r.slopePairs(), 4, row, keys, rowH, rows / 2, width, wideH);
    }

    /// The query `t`, which sees no key: an ordinary softmax row with `p = 1/S`.
    private static void uniform(
            Heads dq,
            Heads dk,
            Heads dv,
            Heads q,
            Heads k,
            Heads v,
            Heads dO,
            PlaceBias dBias,
            float mean,
            AttentionShape shape,
            int b,
            int h,
            int t) {
        int kv = h / (shape.H() / shape.Hkv());
        float p = 1f / shape.S();
        long gradient = dO.address(b, t, h);
        Weighing weighing = shape.weighing();
        long draw = weighing.first(shape, b, h, t);
        for (int j = 0; j < shape.S(); j++) {
            float kept = (float) weighing.kept(draw + j);
            float dp = kept * Rows.dot(gradient, v.address(b, j, kv), shape.Dv());
            float ds = (float) shape.scale() * p * (dp - mean);
            if (dBias != null) {
                long at = dBias.address(b, h, t, j);
                Memory.f32(at, Memory.f32(at) + p * (dp - mean));
            }
            if (weighing.softCap() != 0) {
                float s = (float) shape.scale() * Rows.dot(q.address(b, t, h), k.address(b, j, kv), shape.Dh());
                ds *= (float) weighing.slope(weighing.cap(s));
            }
            Rows.addScaled(dq.address(b, t, h), k.address(b, j, kv), ds, shape.Dh());
            Rows.addScaled(dk.address(b, j, kv), q.address(b, t, h), ds, shape.Dh());
            Rows.addScaled(dv.address(b, j, kv), gradient, kept * p, shape.Dv());
        }
    }
}
