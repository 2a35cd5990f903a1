package headway.models;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.random.Philox;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;

/// The same random numbers in every matrix, between -0.02 and 0.02: a file whose size counts and not its content takes
/// no more memory than its largest matrix while it is made.
final class RepeatedWeights implements Weights.Source {
    private final Arena arena;
    private final DType dtype;
    private Span values;

    RepeatedWeights(Arena arena, DType dtype) {
        this.arena = arena;
        this.dtype = dtype;
    }

    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        long count = shape.count();
        if (values == null || values.count() < count) {
            Span more = Span.allocate(arena, dtype, count);
            Parallel.elements(count, 1 << 16, (lo, hi) -> Philox.uniform(more, 5, 0, -0.02, 0.02, lo, hi));
            values = more;
        }
        return new Parameter(path, Tensor.over(values.slice(0, count), shape));
    }

    @Override
    public boolean has(String path) {
        return true;
    }
}
