package headway.nn.attention;

import headway.kernels.convert.ConvertKernel;
import headway.nn.cache.KvCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ContiguousOp;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What an encoder made of its input, as the cross-attention of a decoder reads it. While a session
/// lasts, the keys and values that each block makes of it are computed once.
///
/// - states `(batch, enc_seq, hidden)`
public final class Encoded implements AutoCloseable {
    private final Tensor states;
    private final Tensor padding;
    private final Arena arena;
    private final Map<Integer, KvCache.Entry> kept = new HashMap<>();
    private Encoded spread;

    private Encoded(Tensor states, Tensor padding, Arena arena) {
        this.states = states;
        this.padding = padding;
        this.arena = arena;
    }

    /// For one pass.
    ///
    /// @param padding `U8` `(batch, enc_seq)`, 0 for padding; or null
    public static Encoded of(Tensor states, Tensor padding) {
        return new Encoded(states, padding, null);
    }

    /// A copy for a session of many passes; to be closed. Several rows of a decoder in succession may read one of its
    /// rows.
    public Encoded kept() {
        Arena own = Arena.ofShared();
        return new Encoded(repeated(own, states, 1), padding == null ? null : repeated(own, padding, 1), own);
    }

    /// This with a row for each of `rows` rows of a decoder, for what reads them row by row.
    public Encoded rows(int rows) {
        int times = rows / states.shape().size(0);
        if (times == 1) {
            return this;
        }
        if (spread == null || spread.states.shape().size(0) != rows) {
            Tensor marks = padding == null ? null : repeated(arena, padding, times);
            spread = new Encoded(repeated(arena, states, times), marks, arena);
        }
        return spread;
    }

    private static Tensor repeated(Arena arena, Tensor t, int times) {
        int B = t.shape().size(0);
        var batch = new Shape.Dim(t.shape().dims().getFirst().name(), B * times);
        Tensor copies = Tensor.owned(arena, t.shape().replace(0, batch), t.dtype());
        long row = t.count() / Math.max(1, B);
        for (int b = 0; b < B * times; b++) {
            ConvertKernel.run(copies.memory().slice(b * row, row), t.memory().slice(b / times * row, row), 0, row);
        }
        return copies;
    }

    /// What `attend` makes of queries `(rows, seq, heads, head_dim)`: those of rows that read the same input go through
    /// as one row, since an input has no order that a query would have to keep to.
    Tensor attended(Tensor q, UnaryOperator<Tensor> attend) {
        int rows = q.shape().size(0);
        int B = states.shape().size(0);
        if (rows == B) {
            return attend.apply(q);
        }
        Shape s = q.shape();
        int together = rows / B * s.size(1);
        Tensor dense = q.isContiguous() ? q : new ContiguousOp(q).run();
        Tensor o = attend.apply(
                dense.view(Shape.of("batch", B, "seq", together, "heads", s.size(2), "head_dim", s.size(3))));
        return o.view(Shape.of(
                "batch", rows, "seq", s.size(1), "hidden", o.shape().last().size()));
    }

    public Tensor states() {
        return states;
    }

    public Tensor padding() {
        return padding;
    }

    /// Keys and values of block `layer`, made by `project` where they are not there yet.
    public KvCache.Entry keysValues(int layer, Supplier<KvCache.Entry> project) {
        if (arena == null) {
            return project.get();
        }
        return kept.computeIfAbsent(layer, _ -> {
            KvCache.Entry made = project.get();
            return new KvCache.Entry(owned(made.keys()), owned(made.values()), 0);
        });
    }

    private Tensor owned(Tensor t) {
        return Tensor.owned(arena, t.shape(), t.dtype()).assign(t);
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
        }
    }
}
