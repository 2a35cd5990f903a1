package headway.kernels.attention;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.gemm.Bf16Pairs;
import headway.kernels.gemm.StridedRows;
import headway.kernels.random.Philox;
import headway.kernels.simd.Rows;
import headway.kernels.simd.Simd;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Steps on the tiles of flash attention, in scratch memory.
///
/// Scores lie transposed, `(keys, queries)`: queries are the lanes. So maxima and sums run down the
/// rows without crossing lanes, keys are broadcast from where they lie, and the same tile is the left
/// operand of `P·V` and `Pᵀ·dO` as it is.
final class FlashTile {
    /// Keys of a tile.
    static final int KEYS = 64;

    private static final int LANES = Tier.lanes();

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
        long first = x.address(b, row0, h);
        if (StridedRows.available()) {
            StridedRows.copy(to, 4L * width, first, 4 * x.rowStride(), rows, count);
        } else {
            for (int r = 0; r < rows; r++) {
                long target = to + 4L * r * width;
                MemorySegment.copy(Memory.ALL, first + 4 * r * x.rowStride(), Memory.ALL, target, 4L * count);
                Rows.fill(target + 4L * count, 0f, width - count);
            }
        }
        Rows.fill(to + 4L * rows * width, 0f, (long) (allRows - rows) * width);
    }

    /// The same as rows of bf16, `step` bytes apart. Only where [Bf16Pairs#available].
    static void round(long to, long step, int allRows, Heads x, int b, int row0, int h, int rows, int count) {
        Bf16Pairs.rows(to, step, x.address(b, row0, h), 4 * x.rowStride(), rows, count);
        Rows.fill(to + rows * step, 0f, (allRows - rows) * step / 4);
    }

    /// `to[d][r] = factor · from[r][d]`; `from` has `width` rows, `stride` floats apart, of `count`.
    /// Four rows at a time, so that what is written is contiguous.
    static void transpose(long to, int width, long from, int stride, int count, float factor) {
        if (StridedRows.available()) {
            StridedRows.transpose(to, 4L * width, from, 4L * stride, width, count);
            if (factor != 1) {
                Rows.scale(to, to, factor, (long) width * count);
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

    /// `to[r][d] += from[r][d]`, `from` having rows of `width`.
    static void addTo(Heads to, int b, int row0, int h, long from, int width, int rows, int count) {
        for (int r = 0; r < rows; r++) {
            long target = to.address(b, row0 + r, h);
            Rows.add(target, target, from + 4L * r * width, count);
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
            Rows.fill(at, Float.NEGATIVE_INFINITY, Math.min(Math.max(low, 0), width));
            if (high < queries) {
                int from = Math.max(high, 0);
                Rows.fill(at + 4L * from, Float.NEGATIVE_INFINITY, width - from);
            }
        }
    }

    /// `x[i] = cap·tanh(x[i]/cap)`.
    static void cap(long x, int count, float cap) {
        Rows.scale(x, x, 1 / cap, count);
        Span scores = new Span(Memory.ALL.asSlice(x, 4L * count), DType.F32);
        ActivationKernel.forward(scores, scores, Activation.TANH, 0, count);
        Rows.scale(x, x, cap, count);
    }

    /// Adds a bias to the scores `(keys, width)` of `queries` queries from `t0` on and keys from `j0` on.
    static void add(long scores, int width, int queries, int keys, PlaceBias bias, int b, int h, int t0, int j0) {
        for (int row = 0; row < keys; row++) {
            long to = scores + 4L * row * width;
            long from = bias.address(b, h, t0, j0 + row);
            if (bias.perQuery() == 0) {
                Rows.shift(to, to, Memory.f32(from), width);
            } else {
                Rows.add(to, to, from, queries);
            }
        }
    }

    /// Adds the gradients of scores `(keys, width)`, times `factor`, to those of the distances that they belong to.
    static void sum(
            PlaceBias to, long slopes, int width, int queries, int keys, float factor, int b, int h, int t0, int j0) {
        for (int row = 0; row < keys; row++) {
            Rows.addScaled(to.address(b, h, t0, j0 + row), slopes + 4L * row * width, factor, queries);
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
        return Vectorized.softmax(scores, width, keys, max, sum, shrink);
    }

    /// `p = e^(s - lse)` in `scores` and `ds = p · (dp - mean) · scale` in `dp`, both `(keys, width)`.
    static void differentiate(long scores, long dp, int width, int keys, long lse, long mean, float scale) {
        if (Tier.machine() && MachineSoftmaxTile.fits(width, keys)) {
            MachineSoftmaxTile.differentiate(scores, dp, width, keys, lse, mean, scale);
            return;
        }
        Vectorized.differentiate(scores, dp, width, keys, lse, mean, scale);
    }

    /// The exponentials on vector lanes. Nested, so that the outer class loads without the incubator module.
    private static final class Vectorized {
        private Vectorized() {}

        static boolean softmax(long scores, int width, int keys, long max, long sum, long shrink) {
            boolean shrinks = false;
            for (long t = 0; t < 4L * width; t += 4L * Simd.LANES) {
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
                FloatVector s =
                        FloatVector.fromMemorySegment(Simd.F, Memory.ALL, scores + 4L * j * width, Memory.ORDER);
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

        static void differentiate(long scores, long dp, int width, int keys, long lse, long mean, float scale) {
            for (int t = 0; t < width; t += Simd.LANES) {
                FloatVector norm = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, lse + 4L * t, Memory.ORDER);
                FloatVector average = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, mean + 4L * t, Memory.ORDER);
                for (int j = 0; j < keys; j++) {
                    long at = 4L * ((long) j * width + t);
                    FloatVector p =
                            Simd.exp(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, scores + at, Memory.ORDER)
                                    .sub(norm));
                    p.intoMemorySegment(Memory.ALL, scores + at, Memory.ORDER);
                    p.mul(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, dp + at, Memory.ORDER)
                                    .sub(average))
                            .mul(FloatVector.broadcast(Simd.F, scale))
                            .intoMemorySegment(Memory.ALL, dp + at, Memory.ORDER);
                }
            }
        }
    }
}
