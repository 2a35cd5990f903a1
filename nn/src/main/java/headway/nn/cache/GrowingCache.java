package headway.nn.cache;

import headway.kernels.DType;
import headway.kernels.convert.ConvertKernel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/// Keeps every token; doubles its room when full. `2·L·Hkv·Dh·S` elements for `S` tokens.
/// f32 is kept as f16 where the process asks for it (`headway.cache`).
public final class GrowingCache implements KvCache {
    private final ArrayList<Layer> layers = new ArrayList<>();
    private final int room;
    private final CacheType type;

    /// @param room tokens to make room for at first
    public GrowingCache(int room) {
        this(room, CacheType.WANTED);
    }

    GrowingCache(int room, CacheType type) {
        this.room = Math.max(1, room);
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
            keys = room(arena, k, larger, type);
            values = room(arena, v, larger, type);
            if (old != null) {
                copyRows(oldKeys.narrow("kv_seq", 0, length), keys, 0);
                copyRows(oldValues.narrow("kv_seq", 0, length), values, 0);
                old.close();
            }
        }

        void free() {
            if (arena != null) {
                arena.close();
                arena = null;
            }
        }
    }

    /// Room for `tokens` tokens of each head of `like`, as `(batch, kv_seq, kv_heads, head_dim)`. In memory each
    /// head has its tokens one behind the other: the next token reads all of a head's, and finds them in order.
    static Tensor room(Arena arena, Tensor like, int tokens, CacheType type) {
        Shape s = like.shape();
        return Tensor.owned(
                        arena,
                        Shape.of("batch", s.size(0), "kv_heads", s.size(2), "kv_seq", tokens, "head_dim", s.size(3)),
                        type.of(like.dtype()))
                .permute("batch", "kv_seq", "kv_heads", "head_dim");
    }

    /// Copies tokens of `from` to position `at` of `to`, in its type, in as long runs as both have; axes batch, tokens,
    /// heads, head_dim. Both may lie in the same memory if they are of one type.
    static void copyRows(Tensor from, Tensor to, int at) {
        int tokens = from.shape().size(1);
        int heads = from.shape().size(2);
        int width = from.shape().size(3);
        boolean tokenByToken = from.stride(2) == width && to.stride(2) == width;
        boolean headByHead = from.stride(1) == width && to.stride(1) == width;
        if (from.count() == 0) {
            // Nothing has no place: a window of one token, or the values of latent attention.
            return;
        }
        for (int b = 0; b < from.shape().size(0); b++) {
            for (int h = 0; h < (tokenByToken ? 1 : heads); h++) {
                for (int t = 0; t < (headByHead && !tokenByToken ? 1 : tokens); t++) {
                    long run = (long) width * (tokenByToken ? heads : headByHead ? tokens : 1);
                    copy(
                            from,
                            b * from.stride(0) + t * from.stride(1) + h * from.stride(2),
                            to,
                            b * to.stride(0) + (at + t) * to.stride(1) + h * to.stride(2),
                            run);
                }
            }
        }
    }

    private static void copy(Tensor from, long source, Tensor to, long target, long count) {
        DType dtype = to.dtype();
        if (from.dtype() != dtype) {
            ConvertKernel.run(to.memory(), target, from.memory(), source, count);
            return;
        }
        MemorySegment.copy(
                from.memory().segment(),
                source * dtype.bytes(),
                to.memory().segment(),
                target * dtype.bytes(),
                count * dtype.bytes());
    }
}
