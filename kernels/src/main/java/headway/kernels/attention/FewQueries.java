package headway.kernels.attention;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Rows;

/// [FlashAttention] and [PagedAttention] for one query of all heads that share keys and values, in machine code: what
/// decoding does. Each key and value is read once for all of them, a run of keys at a time, so that it is still in the
/// cache for the next few heads. Loaded only where machine code runs.
final class FewQueries {
    /// Keys at a time.
    private static final int KEYS = 128;

    /// Scores of a head, with room for what is written behind the last one.
    static final int ROW = KEYS + 4;

    private static final Level LEVEL = Machine.level();
    private static final int HEADS = FewQueriesCode.heads(LEVEL);
    private static final CodeTable SCORES =
            new CodeTable(HEADS + 1, (a, heads) -> FewQueriesCode.scores(a, LEVEL, heads));
    private static final CodeTable SOFTMAX = new CodeTable(1, (a, _) -> FewQueriesCode.softmax(a, LEVEL));
    private static final CodeTable WEIGH =
            new CodeTable(HEADS + 1, (a, heads) -> FewQueriesCode.weigh(a, LEVEL, heads));

    private FewQueries() {}

    /// Elements of f32 scratch: scores, and of each head three numbers (and a fourth) and its output so far.
    static long scratch(AttentionShape shape) {
        return (long) HEADS * ROW + shape.H() / shape.Hkv() * (4L + shape.Dv());
    }

    /// Query `t` of all heads of batch entry `b` that read head `kv` of keys and values.
    ///
    /// @param lse written unless null
    /// @param slots address of the `I32` places of the keys, or 0 where key `j` lies at place `j` of entry `b`
    static void group(
            Heads o,
            Span lse,
            Heads q,
            Heads k,
            Heads v,
            long slots,
            AttentionShape shape,
            Visibility see,
            long scratch,
            int b,
            int kv,
            int t) {
        int heads = shape.H() / shape.Hkv();
        int first = kv * heads;
        int Dv = shape.Dv();
        long numbers = scratch + 4L * HEADS * ROW;
        long out = numbers + 16L * heads;
        clear(numbers, out, shape.weighing(), first, heads, Dv);
        int last = see.last(t, shape.S());
        for (int j0 = see.first(t); j0 < last; j0 += KEYS) {
            int keys = Math.min(KEYS, last - j0);
            for (int h = 0; h < heads; h += HEADS) {
                int some = Math.min(HEADS, heads - h);
                long from = q.address(b, t, first + h);
                for (int j = 0, end; j < keys; j = end) {
                    end = end(slots, j0, j, keys);
                    score(scratch + 4L * j, from, q, row(k, slots, b, j0 + j, kv), k, shape, some, end - j);
                }
                for (int i = 0; i < some; i++) {
                    finish(scratch + 4L * ROW * i, shape, see, b, first + h + i, t, j0, keys);
                }
                long outputs = out + 4L * h * Dv;
                Machine.call(SOFTMAX.of(0), scratch, keys, numbers + 16L * h, some, outputs, 4L * Dv, Dv, 0);
                for (int j = 0, end; j < keys; j = end) {
                    end = end(slots, j0, j, keys);
                    long values = row(v, slots, b, j0 + j, kv);
                    long p = scratch + 4L * j;
                    Machine.call(WEIGH.of(some), outputs, 4L * Dv, p, values, 4 * v.rowStride(), end - j, Dv, 0);
                }
            }
        }
        for (int h = 0; h < heads; h++) {
            float max = Memory.f32(numbers + 16L * h);
            float total = Memory.f32(numbers + 16L * h + 4);
            long target = o.address(b, t, first + h);
            if (total == 0) {
                average(target, v, slots, b, kv, shape);
            } else {
                Rows.scale(target, out + 4L * h * Dv, 1 / total, Dv);
            }
            if (lse != null) {
                long place = ((long) b * shape.H() + first + h) * shape.T() + t;
                Memory.f32(lse.address(place), logSumExp(max, total));
            }
        }
    }

    /// Infinite, which no softmax has, where no key was seen.
    private static float logSumExp(float max, float total) {
        return total == 0 ? Float.POSITIVE_INFINITY : (float) (max + Math.log(total));
    }

    private static void clear(long numbers, long out, Weighing weighing, int first, int heads, int Dv) {
        for (int h = 0; h < heads; h++) {
            Memory.f32(numbers + 16L * h, (float) weighing.sink(first + h));
            Memory.f32(numbers + 16L * h + 4, weighing.sinks() == null ? 0f : 1f);
        }
        Rows.fill(out, 0f, heads * Dv);
    }

    private static long row(Heads x, long slots, int b, int j, int kv) {
        return slots == 0 ? x.address(b, j, kv) : x.address(0, Memory.i32(slots + 4L * j), kv);
    }

    /// Where the neighbours in memory of key `j` of a run end.
    private static int end(long slots, int j0, int j, int keys) {
        if (slots == 0) {
            return keys;
        }
        int end = j + 1;
        int place = Memory.i32(slots + 4L * (j0 + j));
        while (end < keys && Memory.i32(slots + 4L * (j0 + end)) == place + end - j) {
            end++;
        }
        return end;
    }

    /// Whole fours of scores are written; the next neighbours overwrite what is too much.
    private static void score(
            long to, long from, Heads q, long keys, Heads k, AttentionShape shape, int heads, int count) {
        Machine.call(
                SCORES.of(heads),
                to,
                from,
                4 * q.headStride(),
                keys,
                4 * k.rowStride(),
                shape.Dh(),
                count,
                Float.floatToRawIntBits((float) shape.scale()) & 0xFFFFFFFFL);
    }

    /// What comes between a product and the softmax.
    private static void finish(
            long scores, AttentionShape shape, Visibility see, int b, int h, int t, int j0, int keys) {
        Weighing weighing = shape.weighing();
        if (weighing.softCap() != 0) {
            FlashTile.cap(scores, keys, (float) weighing.softCap());
        }
        if (weighing.bias() != null) {
            weighing.bias().addRow(scores, b, h, t, j0, keys);
        }
        for (int j = 0; see.padding() != null && j < keys; j++) {
            if (!see.sees(b, t, j0 + j, shape.S())) {
                Memory.f32(scores + 4L * j, Float.NEGATIVE_INFINITY);
            }
        }
    }

    /// The output of a query that sees no key: the mean of all values.
    private static void average(long to, Heads v, long slots, int b, int kv, AttentionShape shape) {
        for (int d = 0; d < shape.Dv(); d++) {
            float sum = 0;
            for (int j = 0; j < shape.S(); j++) {
                sum += Memory.f32(row(v, slots, b, j, kv) + 4L * d);
            }
            Memory.f32(to + 4L * d, shape.S() == 0 ? 0 : sum / shape.S());
        }
    }
}
