package headway.nn;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/// Parameters of a new model: each is drawn from a random stream of its own, told by the seed and its name, so that
/// neither the order of loading nor the number of threads changes a value.
public record NewWeights(Arena arena, DType dtype, long seed) implements Weights.Source {
    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        Tensor t = Tensor.owned(arena, shape, dtype);
        init.fill(t.memory(), shape, key(path));
        return new Parameter(path, t.requireGradient(true));
    }

    @Override
    public boolean has(String path) {
        return true;
    }

    /// FNV-1a of the name, mixed with the seed.
    private long key(String path) {
        long hash = 0xcbf29ce484222325L ^ (seed * 0x9E3779B97F4A7C15L);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
