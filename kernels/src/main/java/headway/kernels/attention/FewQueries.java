package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Rows;

/// [FlashAttention] and [PagedAttention] for one query of all heads that share keys and values, in machine code: what
/// decoding does. Each key and value is read once for all of them, a run of keys at a time, so that it is still in the
/// cache for the next few heads. Keys and values of sixteen bits become f32 there, a run at a time: memory brings half
/// as much. Loaded only where machine code runs.
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

    /// Elements of f32 scratch: scores, of each head three numbers (and a fourth) and its output so far, and a run of
    /// keys and values as f32.
    static long scratch(AttentionShape shape) {
        return wide(shape) + (long) KEYS * (shape.Dh() + shape.Dv());
    }

    private static long wide(AttentionShape shape) {
        return (long) HEADS * ROW + shape.H() / shape.Hkv() * (4L + shape.Dv());
    }

    /// Whether keys and values are f32, or both of the same sixteen bits.
    static boolean reads(Heads k, Heads v) {
        DType type = k.span().dtype();
        return type == v.span().dtype() && (type == DType.F32 || type == DType.F16 || type == DType.BF16);
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
        int Dh = shape.Dh();
        int Dv = shape.Dv();
        long numbers = scratch + 4L * HEADS * ROW;
        long out = numbers + 16L * heads;
        clear(numbers, out, shape.weighing(), first, heads, Dv);
        boolean narrow = k.span().dtype() != DType.F32;
        long wideKeys = scratch + 4 * wide(shape);
        long wideValues = wideKeys + 4L * KEYS * Dh;
        int last = see.last(t, shape.S());
        for (int j0 = see.first(t); j0 < last; j0 += KEYS) {
            int keys = Math.min(KEYS, last - j0);
            if (narrow) {
                widen(wideKeys, k, slots, b, j0, keys, kv, Dh);
                widen(wideValues, v, slots, b, j0, keys, kv, Dv);
            }
            for (int h = 0; h < heads; h += HEADS) {
                int some = Math.min(HEADS, heads - h);
                long from = q.address(b, t, first + h);
                for (int j = 0, end; j < keys; j = end) {
                    end = narrow ? keys : end(slots, j0, j, keys);
                    long key = narrow ? wideKeys : row(k, slots, b, j0 + j, kv);
                    score(scratch + 4L * j, from, q, key, narrow ? Dh : k.rowStride(), shape, some, end - j);
                }
                for (int i = 0; i < some; i++) {
                    finish(scratch + 4L * ROW * i, shape, see, b, first + h + i, t, j0, keys);
                }
                long outputs = out + 4L * h * Dv;
                Machine.call(SOFTMAX.of(0), scratch, keys, numbers + 16L * h, some, outputs, 4L * Dv, Dv, 0);
                weigh(outputs, scratch, narrow ? wideValues : 0, v, slots, b, j0, keys, kv, some, Dv);
            }
        }
        for (int h = 0; h < heads; h++) {
            long target = o.address(b, t, first + h);
            if (Memory.f32(numbers + 16L * h + 4) == 0) {
                average(target, v, slots, b, kv, shape);
            } else {
                Rows.scale(target, out + 4L * h * Dv, 1 / Memory.f32(numbers + 16L * h + 4), Dv);
            }
            if (lse != null) {
                long place = ((long) b * shape.H() + first + h) * shape.T() + t;
                Memory.f32(lse.address(place), logSumExp(numbers + 16L * h));
            }
        }
    }

    /// @param wide address of the values as f32, or 0 where they are read as they lie
    private static void weigh(
            long outputs,
            long scores,
            long wide,
            Heads v,
            long slots,
            int b,
            int j0,
            int keys,
            int kv,
            int heads,
            int Dv) {
        for (int j = 0, end; j < keys; j = end) {
            end = wide != 0 ? keys : end(slots, j0, j, keys);
            long values = wide != 0 ? wide : row(v, slots, b, j0 + j, kv);
            long apart = wide != 0 ? Dv : v.rowStride();
            long p = scores + 4L * j;
            Machine.call(WEIGH.of(heads), outputs, 4L * Dv, p, values, 4 * apart, end - j, Dv, 0);
        }
    }

    /// Infinite, which no softmax has, where no key was seen.
    private static float logSumExp(long numbers) {
        float max = Memory.f32(numbers);
        float total = Memory.f32(numbers + 4);
        return total == 0 ? Float.POSITIVE_INFINITY : (float) (max + Math.log(total));
    }

    private static void clear(long numbers, long out, Weighing weighing, int first, int heads, int Dv) {
        for (int h = 0; h < heads; h++) {
            Memory.f32(numbers + 16L * h, (float) weighing.sink(first + h));
            Memory.f32(numbers + 16L * h + 4, weighing.sinks() == null ? 0f : 1f);
        }
        Rows.fill(out, 0f, heads * Dv);
    }

    /// Rows of keys `j0 … j0 + keys - 1` as f32, one behind the other.
    private static void widen(long to, Heads x, long slots, int b, int j0, int keys, int kv, int width) {
        DType type = x.span().dtype();
        for (int j = 0, end; j < keys; j = end) {
            end = x.rowStride() == width ? end(slots, j0, j, keys) : j + 1;
            ConvertKernel.widen(to + 4L * j * width, row(x, slots, b, j0 + j, kv), type, (end - j) * width);
        }
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
            long to, long from, Heads q, long keys, long apart, AttentionShape shape, int heads, int count) {
        Machine.call(
                SCORES.of(heads),
                to,
                from,
                4 * q.headStride(),
                keys,
                4 * apart,
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
                DType type = v.span().dtype();
                sum += (float) type.get(row(v, slots, b, j, kv) + (long) d * type.bytes());
            }
            Memory.f32(to + 4L * d, shape.S() == 0 ? 0 : sum / shape.S());
        }
    }
}
