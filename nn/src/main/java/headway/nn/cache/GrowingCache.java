package headway.nn.cache;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/// Keeps every token; doubles its room when full. `2·L·Hkv·Dh·S` elements for `S` tokens.
public final class GrowingCache implements KvCache {
    private final ArrayList<Layer> layers = new ArrayList<>();
    private final int room;

    /// @param room tokens to make room for at first
    public GrowingCache(int room) {
        this.room = Math.max(1, room);
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
        return layers.isEmpty() ? 0 : layers.getLast().length;
    }

    @Override
    public void truncate(int length) {
        layers.forEach(l -> l.length = Math.min(l.length, length));
    }

    @Override
    public SharedCache repeated(int times) {
        var keys = new ArrayList<Tensor>();
        var values = new ArrayList<Tensor>();
        int batch = 0;
        for (Layer l : layers) {
            keys.add(l.arena == null ? null : l.keys);
            values.add(l.arena == null ? null : l.values);
            batch = l.arena == null ? batch : l.keys.shape().size(0);
        }
        var shared = new SharedCache(keys, values, batch, 0, length(), 0, times);
        close();
        return shared;
    }

    @Override
    public long bytes() {
        return layers.stream()
                .mapToLong(l -> l.arena == null
                        ? 0
                        : (l.keys.count() + l.values.count()) * l.keys.dtype().bytes())
                .sum();
    }

    @Override
    public void close() {
        layers.forEach(Layer::free);
        layers.clear();
    }

    private final class Layer {
        private Arena arena;
        private Tensor keys;
        private Tensor values;
        private int length;

        Entry append(Tensor k, Tensor v) {
            int seq = k.dim("seq");
            reserve(length + seq, k, v);
            copyRows(k, keys, length);
            copyRows(v, values, length);
            length += seq;
            return new Entry(keys.narrow("kv_seq", 0, length), values.narrow("kv_seq", 0, length), 0);
        }

        private void reserve(int tokens, Tensor k, Tensor v) {
            int capacity = arena == null ? 0 : keys.dim("kv_seq");
            if (tokens <= capacity) {
                return;
            }
            int larger = Math.max(tokens, Math.max(room, 2 * capacity));
            Arena old = arena;
            Tensor oldKeys = keys;
            Tensor oldValues = values;
            arena = Arena.ofShared();
            keys = empty(k, larger);
            values = empty(v, larger);
            if (old != null) {
                copyRows(oldKeys.narrow("kv_seq", 0, length), keys, 0);
                copyRows(oldValues.narrow("kv_seq", 0, length), values, 0);
                old.close();
            }
        }

        private Tensor empty(Tensor like, int tokens) {
            Shape s = like.shape();
            return Tensor.owned(
                    arena,
                    Shape.of("batch", s.size(0), "kv_seq", tokens, "kv_heads", s.size(2), "head_dim", s.size(3)),
                    like.dtype());
        }

        void free() {
            if (arena != null) {
                arena.close();
                arena = null;
            }
        }
    }

    /// Copies tokens of `from` to position `at` of `to`, row by row; axes batch, tokens, heads, head_dim.
    static void copyRows(Tensor from, Tensor to, int at) {
        DType dtype = to.dtype();
        int tokens = from.shape().size(1);
        int heads = from.shape().size(2);
        long row = (long) from.shape().size(3) * dtype.bytes();
        boolean dense = from.stride(2) == from.shape().size(3);
        for (int b = 0; b < from.shape().size(0); b++) {
            for (int t = 0; t < tokens; t++) {
                long source = b * from.stride(0) + t * from.stride(1);
                long target = b * to.stride(0) + (long) (at + t) * to.stride(1);
                for (int h = 0; h < (dense ? 1 : heads); h++) {
                    MemorySegment.copy(
                            from.memory().segment(),
                            (source + h * from.stride(2)) * dtype.bytes(),
                            to.memory().segment(),
                            (target + h * to.stride(2)) * dtype.bytes(),
                            dense ? heads * row : row);
                }
            }
        }
    }
}
