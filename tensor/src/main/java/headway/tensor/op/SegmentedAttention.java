package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.AttentionShape;
import headway.kernels.attention.FlashAttention;
import headway.kernels.attention.Heads;
import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.tensor.Parallel;
import headway.tensor.Segments;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import java.util.Arrays;

/// Attention of sequences that lie in one row, each to itself alone: [AttentionOp] with one entry of the
/// batch a sequence, without the padding that would make them equally long.
///
///     o[t] = Σ_j softmax_j(cap(scale · q[t]·k[j]))·v[j],  j in the sequence of t and visible
///
/// It has no derivative: for inference. [Krell et al. 2021](https://arxiv.org/abs/2107.02027), section 3.2.
///
/// - q `(1, seq, heads, head_dim)`, k and v `(1, seq, kv_heads, head_dim)` → `(1, seq, heads, head_dim)`
public final class SegmentedAttention {
    /// Sequences from which on each is one piece of work.
    private static final int MANY = 8;

    /// Elements that stay in the second cache.
    private static final long NEAR = 1 << 18;

    private SegmentedAttention() {}

    /// @param visible which keys of its own sequence a query sees; without padding
    public static Tensor run(
            Tensor q, Tensor k, Tensor v, double scale, Weighing weighing, Visibility visible, Segments segments) {
        require(q, k, v, visible, segments);
        Tensor o = Tensor.allocate(q.shape().withLast("head_dim", v.shape().size(3)), q.dtype());
        var shapes = new AttentionShape[segments.count()];
        int[] units = new int[segments.count() + 1];
        long scratch = 0;
        for (int i = 0; i < shapes.length; i++) {
            int T = segments.length(i);
            shapes[i] = new AttentionShape(
                            1,
                            q.shape().size(2),
                            k.shape().size(2),
                            T,
                            T,
                            q.shape().size(3),
                            v.shape().size(3),
                            scale,
                            weighing)
                    .rounding(q.rounds());
            units[i + 1] = units[i] + FlashAttention.forwardUnits(shapes[i]);
            scratch = Math.max(scratch, FlashAttention.forwardScratch(shapes[i]));
        }
        long own = scratch;
        int longest = Arrays.stream(shapes).mapToInt(AttentionShape::T).max().orElse(0);
        long copied = (q.count() + k.count() + v.count()) / segments.rows() * longest;
        boolean plain = q.dtype() == DType.F32 && q.isContiguous() && k.isContiguous() && v.isContiguous();
        if (plain && shapes.length >= MANY && copied <= NEAR) {
            Parallel.range(shapes.length, 1, (lo, hi) -> {
                for (int i = lo; i < hi; i++) {
                    Span memory = Parallel.scratch(own + copied);
                    whole(o, q, k, v, shapes[i], visible, segments.start(i), memory, own);
                }
            });
            return o;
        }
        Parallel.range(units[shapes.length], 1, (lo, hi) -> {
            for (int u = lo; u < hi; u++) {
                int i = segment(units, u);
                int row = segments.start(i);
                int unit = u - units[i];
                FlashAttention.forward(
                        from(o, row),
                        null,
                        from(q, row),
                        from(k, row),
                        from(v, row),
                        shapes[i],
                        visible,
                        Parallel.scratch(own),
                        unit,
                        unit + 1);
            }
        });
        return o;
    }

    private static void require(Tensor q, Tensor k, Tensor v, Visibility visible, Segments segments) {
        int N = segments.rows();
        boolean fits = q.shape().size(0) == 1
                && q.shape().size(1) == N
                && k.shape().size(0) == 1
                && k.shape().size(1) == N
                && v.shape().size(0) == 1
                && v.shape().size(1) == N;
        if (!fits) {
            throw new ShapeException("[attention] q%s, k%s, v%s do not fit %d sequences of %d rows together"
                    .formatted(q.shape(), k.shape(), v.shape(), segments.count(), N));
        }
        if (Tape.running() || visible.padding() != null) {
            throw new IllegalStateException(
                    "[attention] sequences in one row have neither derivative nor padding; give them as a batch");
        }
    }

    /// All heads of one sequence, whose rows are copied side by side first: read in order they come from the third
    /// cache several times as fast as head by head.
    private static void whole(
            Tensor o,
            Tensor q,
            Tensor k,
            Tensor v,
            AttentionShape shape,
            Visibility visible,
            int row,
            Span memory,
            long at) {
        long afterQ = at + (long) shape.T() * shape.H() * shape.Dh();
        long afterK = afterQ + (long) shape.T() * shape.Hkv() * shape.Dh();
        FlashAttention.forward(
                from(o, row),
                null,
                copied(q, row, shape.T(), memory, at),
                copied(k, row, shape.T(), memory, afterQ),
                copied(v, row, shape.T(), memory, afterK),
                shape,
                visible,
                memory,
                0,
                FlashAttention.forwardUnits(shape));
    }

    private static Heads copied(Tensor x, int row, int rows, Span memory, long at) {
        int heads = x.shape().size(2);
        int width = x.shape().size(3);
        long count = (long) rows * heads * width;
        Span to = memory.slice(at, count);
        to.segment()
                .copyFrom(x.memory().slice((long) row * heads * width, count).segment());
        return Heads.rows(to, rows, heads, width);
    }

    /// The sequence that unit `u` belongs to.
    private static int segment(int[] units, int u) {
        int found = Arrays.binarySearch(units, u);
        return found >= 0 ? found : -found - 2;
    }

    /// The same rows from `row` on.
    private static Heads from(Tensor x, int row) {
        Heads heads = x.heads();
        long skipped = row * heads.rowStride();
        return new Heads(
                heads.span().slice(skipped, heads.span().count() - skipped),
                heads.batchStride(),
                heads.rowStride(),
                heads.headStride());
    }
}
