package headway.nn.cache;

import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;

/// Keeps the last `window` tokens, in order: for attention that looks no further back, in memory that does not grow.
/// f32 is kept as f16 where the process asks for it (`headway.cache`).
///
/// The buffer has room for a window twice; when it is full, the last `window - 1` tokens move to its front, which
/// costs one copy a token on average and keeps keys in the order of their positions.
public final class RollingCache implements KvCache {
    private final Arena arena = Arena.ofShared();
    private final ArrayList<Layer> layers = new ArrayList<>();
    private final int window;
    private final CacheType type;

    /// @param window tokens that attention looks back on, its own included
    public RollingCache(int window) {
        this(window, CacheType.WANTED);
    }

    RollingCache(int window, CacheType type) {
        if (window < 1) {
            throw new IllegalArgumentException("[cache] window=%d; expected at least 1".formatted(window));
        }
        this.window = window;
        this.type = type;
    }

    @Override
    public Entry append(int layer, Tensor keys, Tensor values) {
        while (layers.size() <= layer) {
            layers.add(new Layer());
        }
        return layers.get(layer).append(keys, values);
    }

    @Override
    public int length() {
        return layers.isEmpty() ? 0 : layers.getLast().first + layers.getLast().kept;
    }

    @Override
    public void truncate(int length) {
        for (Layer l : layers) {
            // The next token sees window - 1 earlier ones, and they have to be here still.
            if (l.first > 0 && length - (window - 1) < l.first) {
                throw new ShapeException(
                        "[cache] cannot go back to token %d: it sees %d tokens before it, and those before token %d"
                                        .formatted(length, window - 1, l.first)
                                + " are gone");
            }
            l.kept = Math.min(l.kept, length - l.first);
        }
    }

    @Override
    public SharedCache repeated(int times) {
        var keys = new ArrayList<Tensor>();
        var values = new ArrayList<Tensor>();
        int batch = 0;
        int first = 0;
        for (Layer l : layers) {
            keys.add(l.keys);
            values.add(l.values);
            batch = l.keys == null ? batch : l.keys.shape().size(0);
            first = l.keys == null ? first : l.first;
        }
        var shared = new SharedCache(keys, values, batch, first, length(), window, times);
        close();
        return shared;
    }

    @Override
    public long bytes() {
        return layers.stream()
                .mapToLong(l ->
                        l.keys == null ? 0 : 2 * l.keys.count() * l.keys.dtype().bytes())
                .sum();
    }

    @Override
    public void close() {
        arena.close();
    }

    private final class Layer {
        private Tensor keys;
        private Tensor values;
        private int kept;
        private int first;

        Entry append(Tensor k, Tensor v) {
            int seq = k.dim("seq");
            if (keys == null) {
                keys = GrowingCache.room(arena, k, 2 * window, type);
                values = GrowingCache.room(arena, v, 2 * window, type);
            }
            if (kept + seq > keys.dim("kv_seq")) {
                slide();
            }
            if (kept + seq > keys.dim("kv_seq")) {
                return beyond(k, v);
            }
            GrowingCache.copyRows(k, keys, kept);
            GrowingCache.copyRows(v, values, kept);
            kept += seq;
            return new Entry(keys.narrow("kv_seq", 0, kept), values.narrow("kv_seq", 0, kept), first);
        }

        /// More new tokens than fit: this pass sees old and new in memory of its own, the cache keeps the last window.
        private Entry beyond(Tensor k, Tensor v) {
            int seq = k.dim("seq");
            Tensor allKeys = Tensor.allocate(axes(k, kept + seq), k.dtype());
            Tensor allValues = Tensor.allocate(axes(v, kept + seq), v.dtype());
            GrowingCache.copyRows(keys.narrow("kv_seq", 0, kept), allKeys, 0);
            GrowingCache.copyRows(values.narrow("kv_seq", 0, kept), allValues, 0);
            GrowingCache.copyRows(k, allKeys, kept);
            GrowingCache.copyRows(v, allValues, kept);
            Entry entry = new Entry(allKeys, allValues, first);
            int drop = kept + seq - Math.min(window, kept + seq);
            int keep = kept + seq - drop;
            GrowingCache.copyRows(allKeys.narrow("kv_seq", drop, keep), keys, 0);
            GrowingCache.copyRows(allValues.narrow("kv_seq", drop, keep), values, 0);
            first += drop;
            kept = keep;
            return entry;
        }

        private void slide() {
            int keep = Math.min(kept, window - 1);
            int drop = kept - keep;
            GrowingCache.copyRows(keys.narrow("kv_seq", drop, keep), keys, 0);
            GrowingCache.copyRows(values.narrow("kv_seq", drop, keep), values, 0);
            first += drop;
            kept = keep;
        }

        private static Shape axes(Tensor like, int tokens) {
            Shape s = like.shape();
            return Shape.of("batch", s.size(0), "kv_seq", tokens, "kv_heads", s.size(2), "head_dim", s.size(3));
        }
    }
}
