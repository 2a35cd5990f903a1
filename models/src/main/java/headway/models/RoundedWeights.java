package headway.models;

import headway.kernels.DType;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;

/// Copies of other parameters, matrices in another type.
record RoundedWeights(Map<String, Parameter> originals, DType dtype, Arena arena) implements Weights.Source {
    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        Tensor original = originals.get(path).tensor();
        DType type = shape.rank() < 2 ? original.dtype() : dtype;
        Tensor copy = Tensor.owned(arena, shape, type).assign(original);
        return new Parameter(path, type == DType.BF16 ? copy.rounding() : copy);
    }

    @Override
    public boolean has(String path) {
        return originals.containsKey(path);
    }
}
