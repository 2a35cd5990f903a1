package headway.kernels.attention;

import static headway.kernels.simd.Simd.F;
import static headway.kernels.simd.Simd.LANES;

import headway.kernels.Memory;
import headway.kernels.Tier;
import headway.kernels.gemm.Bf16Pairs;
import headway.kernels.gemm.StridedRows;
import headway.kernels.random.Philox;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// Steps on the tiles of flash attention, in scratch memory.
///
/// Scores lie transposed, `(keys, queries)`: queries are the lanes. So maxima and sums run down the
/// rows without crossing lanes, keys are broadcast from where they lie, and the same tile is the left
/// operand of `P·V` and `Pᵀ·dO` as it is. Loaded by the vector tier alone.
final class FlashTile {
    /// Keys of a tile.
    static final int KEYS = 64;

    private FlashTile() {}

    /// `n` rounded up to whole vectors.
    static int lanes(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }

    /// `n` rounded up to whole register tiles.
    static int fours(int n) {
        return (n + 3) / 4 * 4;
    }

    /// Copies `rows` rows of `count` floats to rows of `width`, zeros in what is left of `allRows ·
    /// width`.
    static void copy(long to, int width, int allRows, Heads x, int b, int row0, int h, int rows, int count) {
        if (width % LANES == 0 && StridedRows.available()) {
            StridedRows.copy(to, 4L * width, x.address(b, row0, h), 4 * x.rowStride(), rows, count);
            for (int r = rows; r < allRows; r++) {
                fill(to + 4L * r * width, width, 0f);
            }
            return;
        }
        for (int r = 0; r < allRows; r++) {
            long target = to + 4L * r * width;
            int d = 0;
            if (r < rows) {
                long source = x.address(b, row0 + r, h);
                for (; d + LANES <= count; d += LANES) {
                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, source + 4L * d, Memory.ORDER)
                            .intoMemorySegment(Memory.ALL, target + 4L * d, Memory.ORDER);
                }
                for (; d < count; d++) {
                    Memory.f32(target + 4L * d, Memory.f32(source + 4L * d));
                }
            }
            for (; d < width; d++) {
                Memory.f32(target + 4L * d, 0f);
            }
        }
    }

    /// The same as rows of bf16, `step` bytes apart. Only where [Bf16Pairs#available].
    static void round(long to, long step, int allRows, Heads x, int b, int row0, int h, int rows, int count) {
        Bf16Pairs.rows(to, step, x.address(b, row0, h), 4 * x.rowStride(), rows, count);
        for (int r = rows; r < allRows; r++) {
            fill(to + r * step, Math.toIntExact(step / 4), 0f);
        }
    }

    /// `to[d][r] = factor · from[r][d]`; `from` has `width` rows, `stride` floats apart, of `count`.
    /// Four rows at a time, so that what is written is contiguous.
    static void transpose(long to, int width, long from, int stride, int count, float factor) {
        if (StridedRows.available()) {
            StridedRows.transpose(to, 4L * width, from, 4L * stride, width, count);
            if (factor != 1) {
                scale(to, width * count, factor);
            }
            return;
        }
        long row = 4L * stride;
        for (int r = 0; r < width; r += 4) {
            long source = from + r * row;
            long target = to + 4L * r;
            for (int d = 0; d < count; d++) {
                Memory.f32(target, factor * Memory.f32(source));
                Memory.f32(target + 4, factor * Memory.f32(source + row));
                Memory.f32(target + 8, factor * Memory.f32(source + 2 * row));
                Memory.f32(target + 12, factor * Memory.f32(source + 3 * row));
                source += 4;
                target += 4L * width;
            }
        }
    }

    static void fill(long to, int count, float value) {
        int i = 0;
        FloatVector lanes = FloatVector.broadcast(F, value);
        for (; i + LANES <= count; i += LANES) {
            lanes.intoMemorySegment(Memory.ALL, to + 4L * i, Memory.ORDER);
        }
        if (i < count) {
            Simd.store(lanes, to + 4L * i, Simd.first(count - i));
        }
    }

    /// `x[i] *= factor`.
    static void scale(long x, int count, float factor) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER)
                    .mul(factor)
                    .intoMemorySegment(Memory.ALL, x + 4L * i, Memory.ORDER);
        }
        for (; i < count; i++) {
            Memory.f32(x + 4L * i, factor * Memory.f32(x + 4L * i));
        }
    }

    /// `to[r][d] += from[r][d]`, `from` having rows of `width`.
    static void addTo(Heads to, int b, int row0, int h, long from, int width, int rows, int count) {
        for (int r = 0; r < rows; r++) {
            long target = to.address(b, row0 + r, h);
            long source = from + 4L * r * width;
            int d = 0;
            for (; d + LANES <= count; d += LANES) {
                FloatVector.fromMemorySegment(Simd.F, Memory.ALL, target + 4L * d, Memory.ORDER)
                        .add(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, source + 4L * d, Memory.ORDER))
                        .intoMemorySegment(Memory.ALL, target + 4L * d, Memory.ORDER);
            }
            for (; d < count; d++) {
                Memory.f32(target + 4L * d, Memory.f32(target + 4L * d) + Memory.f32(source + 4L * d));
            }
        }
    }

    /// Writes -infinity into the scores `(allKeys, width)` of pairs that may not see each other, keys
    /// past the last one included. For one key the queries that see it are a run `[low, high)`.
    static void mask(
            long scores, int width, int queries, int keys, int allKeys, Visibility see, int b, int t0, int j0, int S) {
        int i0 = see.offset() + t0;
        boolean past = !see.causal() || j0 + keys - 1 <= i0 || j0 + keys <= see.prefix();
        boolean near = see.window() == 0
                || i0 + queries - 1 - j0 < see.window() && (see.causal() || j0 + keys - 1 - i0 < see.window());
        // Where every pair sees each other only the keys past the end are left.
        int start = past && near && see.padding() == null ? keys : 0;
        for (int row = start; row < allKeys; row++) {
            int j = j0 + row;
            int low = see.causal() && j >= see.prefix() ? j - i0 : 0;
            int high = queries;
            if (see.window() > 0) {
                high = Math.min(high, j + see.window() - i0);
                low = see.causal() ? low : Math.max(low, j - see.window() + 1 - i0);
            }
            if (row >= keys || see.padding() != null && Memory.i8(see.padding().address((long) b * S + j)) == 0) {
                low = width;
            }
            long at = scores + 4L * row * width;
            fill(at, Math.min(Math.max(low, 0), width), Float.NEGATIVE_INFINITY);
            if (high < queries) {
                int from = Math.max(high, 0);
                fill(at + 4L * from, width - from, Float.NEGATIVE_INFINITY);
            }
        }
    }

    /// `x[i] = cap·tanh(x[i]/cap)`.
    static void cap(long x, int count, float cap) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            Simd.store(Simd.tanh(Simd.load(x + 4L * i).mul(1 / cap)).mul(cap), x + 4L * i);
        }
        for (; i < count; i++) {
            Memory.f32(x + 4L * i, cap * (float) Math.tanh(Memory.f32(x + 4L * i) / cap));
        }
    }

    /// Adds a bias to the scores `(keys, width)` of `queries` queries from `t0` on and keys from `j0` on.
    static void add(long scores, int width, int queries, int keys, PlaceBias bias, int b, int h, int t0, int j0) {
        for (int row = 0; row < keys; row++) {
            long to = scores + 4L * row * width;
            long from = bias.address(b, h, t0, j0 + row);
            if (bias.perQuery() == 0) {
                FloatVector one = FloatVector.broadcast(F, Memory.f32(from));
                for (int t = 0; t < width; t += LANES) {
                    Simd.store(Simd.load(to + 4L * t).add(one), to + 4L * t);
                }
                continue;
            }
            int t = 0;
            for (; t + LANES <= queries; t += LANES) {
                Simd.store(Simd.load(to + 4L * t).add(Simd.load(from + 4L * t)), to + 4L * t);
            }
            for (; t < queries; t++) {
                Memory.f32(to + 4L * t, Memory.f32(to + 4L * t) + Memory.f32(from + 4L * t));
            }
        }
    }

    /// Adds the gradients of scores `(keys, width)`, times `factor`, to those of the distances that they belong to.
    static void sum(
            PlaceBias to, long slopes, int width, int queries, int keys, float factor, int b, int h, int t0, int j0) {
        for (int row = 0; row < keys; row++) {
            Lanes.addScaled(to.address(b, h, t0, j0 + row), slopes + 4L * row * width, factor, queries);
        }
    }

    /// `y[i] *= 1 - (capped[i]/cap)²`: through the soft cap, whose outputs are `capped`; those of pairs
    /// that are masked are finite here. `count` is a multiple of the lanes.
    static void uncap(long y, long capped, int count, float cap) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector t = Simd.load(capped + 4L * i).mul(1 / cap);
            FloatVector v = Simd.load(y + 4L * i);
            Simd.store(v.sub(v.mul(t).mul(t)), y + 4L * i);
        }
    }

    /// Dropout of the weights `(keys, width)`, or of their gradients.
    static void drop(
            long weights, int width, int queries, int keys, AttentionShape shape, int b, int h, int t0, int j0) {
        Weighing weighing = shape.weighing();
        float factor = (float) (1 / (1 - weighing.dropout()));
        int threshold = (int) Math.ceil(weighing.dropout() * 0x1p24);
        for (int r = 0; r < queries; r++) {
            long draw = weighing.first(shape, b, h, t0 + r) + j0;
            long at = weights + 4L * r;
            Philox.scale(at, 4L * width, keys, weighing.key(), draw, threshold, factor);
        }
    }

    /// Online softmax of the scores `(keys, width)` in place; `max`, `sum` and `shrink` are `(width)`, `notes` are 64
    /// bytes of scratch. Returns whether any row has to shrink what it has summed so far.
    static boolean softmax(long scores, int width, int keys, long max, long sum, long shrink, long notes) {
        if (Tier.machine() && MachineSoftmaxTile.fits(width, keys)) {
            return MachineSoftmaxTile.softmax(scores, width, keys, max, sum, shrink, notes);
        }
        boolean shrinks = false;
        for (long t = 0; t < 4L * width; t += 4L * LANES) {
            shrinks |= raise(scores + t, width, keys, max + t, shrink + t);
            exponentiate(scores + t, width, keys, max + t, sum + t, shrink + t);
        }
        return shrinks;
    }

    // Vectors go from one of these methods to the next through memory: as arguments they would be
    // boxed.

    private static boolean raise(long scores, int width, int keys, long max, long shrink) {
        FloatVector old = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, max, Memory.ORDER);
        FloatVector high = old;
        for (int j = 0; j < keys; j++) {
            FloatVector s = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, scores + 4L * j * width, Memory.ORDER);
            // NaN compares false and is passed over here; e^NaN then carries it into sum and output.
            high = high.blend(s, high.lt(s));
        }
        high.intoMemorySegment(Memory.ALL, max, Memory.ORDER);
        // A row that has seen no key yet: -infinity minus -infinity would be NaN.
        FloatVector factor = Simd.exp(old.sub(high.blend(0f, high.eq(Float.NEGATIVE_INFINITY))));
        factor.intoMemorySegment(Memory.ALL, shrink, Memory.ORDER);
        return !factor.eq(1f).allTrue();
    }

    private static void exponentiate(long scores, int width, int keys, long max, long sum, long shrink) {
        FloatVector high = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, max, Memory.ORDER);
        FloatVector base = high.blend(0f, high.eq(Float.NEGATIVE_INFINITY));
        FloatVector total = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, sum, Memory.ORDER)
                .mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, shrink, Memory.ORDER));
        for (int j = 0; j < keys; j++) {
            long at = scores + 4L * j * width;
            FloatVector p = Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, at, Memory.ORDER)
                    .sub(base));
            p.intoMemorySegment(Memory.ALL, at, Memory.ORDER);
            total = total.add(p);
        }
        total.intoMemorySegment(Memory.ALL, sum, Memory.ORDER);
    }

    /// `p = e^(s - lse)` in `scores` and `ds = p · (dp - mean) · scale` in `dp`, both `(keys, width)`.
    static void differentiate(long scores, long dp, int width, int keys, long lse, long mean, float scale) {
        if (Tier.machine() && MachineSoftmaxTile.fits(width, keys)) {
            MachineSoftmaxTile.differentiate(scores, dp, width, keys, lse, mean, scale);
            return;
        }
        for (int t = 0; t < width; t += LANES) {
            FloatVector norm = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, lse + 4L * t, Memory.ORDER);
            FloatVector average = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, mean + 4L * t, Memory.ORDER);
            for (int j = 0; j < keys; j++) {
                long at = 4L * ((long) j * width + t);
                FloatVector p = Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, scores + at, Memory.ORDER)
                        .sub(norm));
                p.intoMemorySegment(Memory.ALL, scores + at, Memory.ORDER);
                p.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dp + at, Memory.ORDER)
                                .sub(average))
                        .mul(FloatVector.broadcast(F, scale))
                        .intoMemorySegment(Memory.ALL, dp + at, Memory.ORDER);
            }
        }
    }
}
