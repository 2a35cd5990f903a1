package headway.tensor.op;

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

/// Attention of sequences that lie in one row, each to itself alone: [AttentionOp] with one entry of the
/// batch a sequence, without the padding that would make them equally long.
///
///     o[t] = Σ_j softmax_j(cap(scale · q[t]·k[j]))·v[j],  j in the sequence of t and visible
///
/// It has no derivative: for inference. [Krell et al. 2021](https://arxiv.org/abs/2107.02027), section 3.2.
///
/// - q `(1, seq, heads, head_dim)`, k and v `(1, seq, kv_heads, head_dim)` → `(1, seq, heads, head_dim)`
public final class SegmentedAttention {
    private SegmentedAttention() {}

    /// @param visible which keys of its own sequence a query sees; without padding
    public static Tensor run(
            Tensor q, Tensor k, Tensor v, double scale, Weighing weighing, Visibility visible, Segments segments) {
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
        long most = scratch;
        Parallel.range(units[shapes.length], 1, (lo, hi) -> {
            for (int u = lo; u < hi; u++) {
                int i = segment(units, u);
                int row = segments.start(i);
                int own = u - units[i];
                FlashAttention.forward(
                        from(o, row),
                        null,
                        from(q, row),
                        from(k, row),
                        from(v, row),
                        shapes[i],
                        visible,
                        Parallel.scratch(most),
                        own,
                        own + 1);
            }
        });
        return o;
    }

    /// The sequence that unit `u` belongs to.
    private static int segment(int[] units, int u) {
        int found = java.util.Arrays.binarySearch(units, u);
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
