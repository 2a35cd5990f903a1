package headway.nn.attention;

import headway.nn.cache.KvCache;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What an encoder made of its input, as the cross-attention of a decoder reads it. While a session
/// lasts, the keys and values that each block makes of it are computed once.
///
/// - states `(batch, enc_seq, hidden)`
public final class Encoded implements AutoCloseable {
    private final Tensor states;
    private final Tensor padding;
    private final Arena arena;
    private final Map<Integer, KvCache.Entry> kept = new HashMap<>();

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

    /// A copy for a session of many passes, each row `times` times in succession; to be closed.
    public Encoded kept(int times) {
        Arena own = Arena.ofShared();
        return new Encoded(repeated(own, states, times), padding == null ? null : repeated(own, padding, times), own);
    }

    private static Tensor repeated(Arena arena, Tensor t, int times) {
        int B = t.shape().size(0);
        var batch = new headway.tensor.Shape.Dim(t.shape().dims().getFirst().name(), B * times);
        Tensor copies = Tensor.owned(arena, t.shape().replace(0, batch), t.dtype());
        long row = t.count() / Math.max(1, B);
        for (int b = 0; b < B * times; b++) {
            headway.kernels.convert.ConvertKernel.run(
                    copies.memory().slice(b * row, row), t.memory().slice(b / times * row, row), 0, row);
        }
        return copies;
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
