package headway.nn.cache;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keys and values of several texts after each of some prompts: a prompt's are there once for all of its texts, and
/// what a text adds once for all that go on from it. Rows that go on from others change a table of who wrote which
/// token; keys and values stay where they are. [Kwon et al. 2023](https://arxiv.org/abs/2309.06180), section 4.4, with
/// pages of one token.
///
/// A layer's pool holds the prompts, row after row, and then for each row what it has added. Where attention looks back
/// on a window, the place of a token that nobody sees any longer is used again.
public final class SharedCache implements KvCache, BranchingCache {
    /// Tokens to make room for at first, for each row.
    private static final int ROOM = 64;

    private final List<Layer> layers = new ArrayList<>();
    private final int prompts;

    /// Numbers of the first token of the prompts that is here, and of the first one after them.
    private final int first;

    private final int end;

    /// 0 where attention sees all.
    private final int window;

    /// For each row its prompt, and the rows that wrote its tokens after the prompt.
    private final int[] prompt;

    private final int[][] writers;
    private int length;

    /// Texts after prompts whose keys and values are `(prompts, kv_seq, kv_heads, head_dim)`, which are copied.
    ///
    /// @param keys a tensor a block; null where a block keeps none
    /// @param first number of the token that key 0 belongs to
    /// @param window keys that attention looks back on; 0 for all
    /// @param times texts after each prompt
    SharedCache(List<Tensor> keys, List<Tensor> values, int prompts, int first, int end, int window, int times) {
        this.prompts = prompts;
        this.first = first;
        this.end = end;
        this.length = end;
        this.window = window;
        this.prompt = new int[prompts * times];
        this.writers = new int[prompts * times][ROOM];
        for (int b = 0; b < prompt.length; b++) {
            prompt[b] = b / times;
        }
        for (int i = 0; i < keys.size(); i++) {
            layers.add(keys.get(i) == null ? null : new Layer(keys.get(i), values.get(i)));
        }
    }

    @Override
    public Entry append(int layer, Tensor keys, Tensor values) {
        int B = prompt.length;
        int seq = keys.dim("seq");
        if (keys.shape().size(0) != B || layer >= layers.size() || layers.get(layer) == null) {
            throw new ShapeException("[cache] keys%s for block %d; expected batch=%d and one of %d blocks"
                    .formatted(keys.shape(), layer, B, layers.size()));
        }
        Layer l = layers.get(layer);
        // The first block to come speaks for all: they go through the same tokens.
        if (l.length == length) {
            advance(seq);
        }
        l.write(keys, values, seq);
        int from = window == 0 ? first : Math.max(first, length - seq - (window - 1));
        return new Entry(l.keys, l.values, from, slots(l, from));
    }

    private void advance(int seq) {
        for (int b = 0; b < writers.length; b++) {
            int after = length + seq - end;
            if (after > writers[b].length) {
                writers[b] = Arrays.copyOf(writers[b], Math.max(after, 2 * writers[b].length));
            }
            Arrays.fill(writers[b], length - end, after, b);
        }
        length += seq;
    }

    /// Where the tokens `from … length - 1` of each row lie, `(batch, kv_seq)`.
    private Tensor slots(Layer l, int from) {
        int S = length - from;
        Tensor table = Tensor.allocate(Shape.of("batch", prompt.length, "kv_seq", S), DType.I32);
        int[] row = new int[S];
        for (int b = 0; b < prompt.length; b++) {
            for (int t = from; t < length; t++) {
                row[t - from] = t < end ? prompt[b] * (end - first) + t - first : l.slot(writers[b][t - end], t);
            }
            MemorySegment.copy(row, 0, table.memory().segment(), ValueLayout.JAVA_INT, 4L * b * S, S);
        }
        return table;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void truncate(int to) {
        if (to < end || window != 0 && to < length) {
            throw new ShapeException("[cache] cannot go back to token %d: texts share what comes before token %d"
                    .formatted(to, window == 0 ? end : length));
        }
        length = Math.min(length, to);
        layers.stream().filter(l -> l != null).forEach(l -> l.length = Math.min(l.length, to));
    }

    @Override
    public void select(int[] rows) {
        int[] old = prompt.clone();
        int[][] before = writers.clone();
        for (int b = 0; b < rows.length; b++) {
            prompt[b] = old[rows[b]];
            writers[b] = rows[b] == b ? before[b] : before[rows[b]].clone();
        }
    }

    @Override
    public SharedCache repeated(int times) {
        throw new ShapeException(
                "[cache] rows that share a prompt already cannot be repeated %d times".formatted(times));
    }

    @Override
    public long bytes() {
        return layers.stream()
                .filter(l -> l != null)
                .mapToLong(l -> l.keys.count() * l.keys.dtype().bytes()
                        + l.values.count() * l.values.dtype().bytes())
                .sum();
    }

    @Override
    public void close() {
        layers.stream().filter(l -> l != null).forEach(l -> l.arena.close());
        layers.clear();
    }

    private final class Layer {
        private Arena arena = Arena.ofShared();
        private Tensor keys;
        private Tensor values;

        /// Tokens after the prompt that each row has room for; a number beyond goes round.
        private int room = ROOM;

        private int length = end;

        Layer(Tensor promptKeys, Tensor promptValues) {
            keys = pool(arena, promptKeys, room);
            values = pool(arena, promptValues, room);
            for (int p = 0; p < prompts; p++) {
                copy(promptKeys, p, 0, keys, p * (end - first), end - first);
                copy(promptValues, p, 0, values, p * (end - first), end - first);
            }
        }

        private Tensor pool(Arena arena, Tensor like, int room) {
            Shape s = like.shape();
            int slots = Math.addExact(prompts * (end - first), Math.multiplyExact(prompt.length, room));
            return Tensor.owned(
                    arena,
                    Shape.of("batch", 1, "kv_seq", slots, "kv_heads", s.size(2), "head_dim", s.size(3)),
                    like.dtype());
        }

        int slot(int row, int token) {
            return prompts * (end - first) + row * room + (token - end) % room;
        }

        void write(Tensor k, Tensor v, int seq) {
            int after = length + seq - end;
            reserve(window == 0 ? after : Math.min(after, window - 1 + seq));
            for (int b = 0; b < prompt.length; b++) {
                for (int t = 0; t < seq; t++) {
                    copy(k, b, t, keys, slot(b, length + t), 1);
                    copy(v, b, t, values, slot(b, length + t), 1);
                }
            }
            length += seq;
        }

        private void reserve(int tokens) {
            if (tokens <= room) {
                return;
            }
            int larger = Math.max(tokens, 2 * room);
            int oldRoom = room;
            Arena old = arena;
            Tensor oldKeys = keys;
            Tensor oldValues = values;
            arena = Arena.ofShared();
            keys = pool(arena, oldKeys, larger);
            values = pool(arena, oldValues, larger);
            copy(oldKeys, 0, 0, keys, 0, prompts * (end - first));
            copy(oldValues, 0, 0, values, 0, prompts * (end - first));
            for (int b = 0; b < prompt.length; b++) {
                for (int t = Math.max(end, length - oldRoom); t < length; t++) {
                    room = oldRoom;
                    int from = slot(b, t);
                    room = larger;
                    copy(oldKeys, 0, from, keys, slot(b, t), 1);
                    copy(oldValues, 0, from, values, slot(b, t), 1);
                }
            }
            room = larger;
            old.close();
        }
    }

    /// Copies `tokens` tokens of row `b` from number `at` on to slot `slot` of a pool.
    private static void copy(Tensor from, int b, int at, Tensor pool, int slot, int tokens) {
        if (tokens > 0) {
            Tensor row = from.narrow(from.shape().dims().getFirst().name(), b, 1);
            GrowingCache.copyRows(row.narrow(row.shape().dims().get(1).name(), at, tokens), pool, slot);
        }
    }
}
