package headway.nn.cache;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/// States of recurrent layers: of the same size however long the text is.
public final class StateCache implements BranchingCache {
    private final Arena arena = Arena.ofShared();
    private final Map<String, Tensor> states = new LinkedHashMap<>();
    private int length;

    /// No state yet.
    public StateCache() {}

    /// The state `name` of block `layer`, of `shape` with the batch first; 0 at the start.
    public Tensor state(int layer, String name, Shape shape) {
        return states.computeIfAbsent(layer + "." + name, _ -> Tensor.owned(arena, shape, DType.F32));
    }

    /// Counts the tokens that all states have seen now.
    public void advance(int tokens) {
        length += tokens;
    }

    @Override
    public int length() {
        return length;
    }

    /// A state forgets how it came about, so that only the present length and 0 will do.
    @Override
    public void truncate(int to) {
        if (to == 0) {
            states.values().forEach(t -> t.memory().segment().fill((byte) 0));
            length = 0;
        } else if (to != length) {
            throw new IllegalStateException(
                    "[cache] a state cannot go back to token %d of %d; start the text again".formatted(to, length));
        }
    }

    @Override
    public StateCache repeated(int times) {
        var more = new StateCache();
        states.forEach((name, t) -> {
            int B = t.shape().size(0);
            long row = bytesOfRow(t);
            var batch = new Shape.Dim(t.shape().dims().getFirst().name(), B * times);
            Tensor copies = Tensor.owned(more.arena, t.shape().replace(0, batch), t.dtype());
            for (int b = 0; b < B * times; b++) {
                MemorySegment.copy(
                        t.memory().segment(), b / times * row, copies.memory().segment(), b * row, row);
            }
            more.states.put(name, copies);
        });
        more.length = length;
        close();
        return more;
    }

    private static long bytesOfRow(Tensor t) {
        return t.count() / t.shape().size(0) * t.dtype().bytes();
    }

    /// States differ from token to token, so those of rows that change are copied: they are of one size for all
    /// lengths.
    @Override
    public void select(int[] rows) {
        try (Arena scratch = Arena.ofConfined()) {
            for (Tensor t : states.values()) {
                long row = bytesOfRow(t);
                MemorySegment now = t.memory().segment();
                MemorySegment old = scratch.allocate(row * rows.length, 64).copyFrom(now.asSlice(0, row * rows.length));
                for (int b = 0; b < rows.length; b++) {
                    if (rows[b] != b) {
                        MemorySegment.copy(old, rows[b] * row, now, b * row, row);
                    }
                }
            }
        }
    }

    @Override
    public long bytes() {
        return states.values().stream()
                .mapToLong(t -> t.count() * t.dtype().bytes())
                .sum();
    }

    @Override
    public void close() {
        arena.close();
    }
}
