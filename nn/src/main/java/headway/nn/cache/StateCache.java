package headway.nn.cache;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;

/// States of recurrent layers: of the same size however long the text is.
public final class StateCache implements SessionCache {
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
    public void select(int[] rows) {
        for (Tensor t : states.values()) {
            long row = t.count() / t.shape().size(0);
            float[] old = t.toFloats();
            for (int b = 0; b < rows.length; b++) {
                for (long i = 0; i < row; i++) {
                    t.memory().set(b * row + i, old[Math.toIntExact(rows[b] * row + i)]);
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
