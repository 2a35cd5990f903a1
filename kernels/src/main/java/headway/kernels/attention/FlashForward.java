package headway.kernels.attention;

import static headway.kernels.attention.FlashTile.KEYS;
import static headway.kernels.attention.FlashTile.fours;
import static headway.kernels.attention.FlashTile.lanes;
import static headway.kernels.simd.Simd.LANES;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.simd.Simd;
import headway.kernels.simd.TileKernel;
import jdk.incubator.vector.FloatVector;

/// [FlashAttention] forward on vector lanes: one tile of queries against all keys they see.
final class FlashForward {
    private static final int QUERIES = FlashAttention.QUERIES;

    private FlashForward() {}

    static long scratch(AttentionShape shape) {
        long dv = lanes(shape.Dv());
        if (shape.T() <= FlashDecode.MOST_QUERIES) {
            return FlashDecode.scratch(shape);
        }
        return 16 + QUERIES * ((long) shape.Dh() + KEYS + dv + 4) + KEYS * (shape.Dh() + dv) + dv + QUERIES * dv;
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
        if (t1 - t0 <= FlashDecode.MOST_QUERIES) {
            for (int t = t0; t < t1; t++) {
                FlashDecode.row(o, lse, q, k, v, shape, see, scratch, bh, t);
            }
            return;
        }
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
        long out = scores + 4L * QUERIES * KEYS;
        long keyRows = out + 4L * QUERIES * wideV;
        long valueRows = keyRows + 4L * KEYS * Dh;
        FlashTile.copy(keyRows, Dh, width, q, b, t0, h, queries, Dh);
        FlashTile.transpose(queriesT, width, keyRows, Dh, Dh, (float) shape.scale());
        FlashTile.fill(zeros, width, 0f);
        Weighing weighing = shape.weighing();
        FlashTile.fill(max, width, (float) weighing.sink(h));
        FlashTile.fill(sum, width, weighing.sinks() == null ? 0f : 1f);
        FlashTile.fill(out, width * wideV, 0f);
        int last = see.last(t1 - 1, shape.S());
        for (int j0 = see.first(t0); j0 < last; j0 += KEYS) {
            int keys = Math.min(KEYS, last - j0);
            int rows = fours(keys);
            FlashTile.copy(keyRows, Dh, rows, k, b, j0, kv, keys, Dh);
            FlashTile.copy(valueRows, wideV, rows, v, b, j0, kv, keys, shape.Dv());
            TileKernel.panel(scores, 4L * width, zeros, 0, keyRows, 4L * Dh, 4, queriesT, 4L * width, Dh, rows, width);
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
            long rowO = 4L * wideV;
            TileKernel.panel(out, rowO, out, rowO, scores, 4, 4L * width, valueRows, rowO, keys, width, wideV);
        }
        for (int r = 0; r < queries; r++) {
            float total = Memory.f32(sum + 4L * r);
            long target = o.address(b, t0 + r, h);
            if (total == 0) {
                average(target, v, b, kv, shape, h, t0 + r);
            } else {
                Lanes.scale(target, out + 4L * r * wideV, 1 / total, shape.Dv());
            }
            if (lse != null) {
                float norm =
                        total == 0 ? Float.POSITIVE_INFINITY : (float) (Memory.f32(max + 4L * r) + Math.log(total));
                Memory.f32(lse.address((long) bh * shape.T() + t0 + r), norm);
            }
        }
    }

    private static void rescale(long out, int width, long shrink, int rows) {
        for (int r = 0; r < rows; r++) {
            FloatVector factor = FloatVector.broadcast(Simd.F, Memory.f32(shrink + 4L * r));
            long row = out + 4L * r * width;
            for (int d = 0; d < width; d += LANES) {
                FloatVector.fromMemorySegment(Simd.F, Memory.ALL, row + 4L * d, Memory.ORDER)
                        .mul(factor)
                        .intoMemorySegment(Memory.ALL, row + 4L * d, Memory.ORDER);
            }
        }
    }

    /// The output of a query that sees no key: the mean of all values.
    static void average(long to, Heads v, int b, int kv, AttentionShape shape, int h, int t) {
        FlashTile.fill(to, shape.Dv(), 0f);
        long draw = shape.weighing().first(shape, b, h, t);
        for (int j = 0; j < shape.S(); j++) {
            float p = (float) (shape.weighing().kept(draw + j) / shape.S());
            Lanes.addScaled(to, v.address(b, j, kv), p, shape.Dv());
        }
    }
}
