package headway.models;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.quantized.BlockSpan;
import headway.kernels.quantized.BlockType;
import headway.kernels.quantized.QuantizeKernel;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.QuantizedParameter;
import headway.nn.Weights;
import headway.tensor.Parallel;
import headway.tensor.QuantizedMatrix;
import headway.tensor.Rows;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;

/// Copies of other parameters in f32: matrices whose rows are whole blocks quantized, all others as they are.
record QuantizedWeights(Map<String, Parameter> originals, BlockType type, Arena arena) implements Weights.Source {
    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        Tensor original = originals.get(path).tensor();
        return new Parameter(path, Tensor.owned(arena, shape, original.dtype()).assign(original));
    }

    @Override
    public QuantizedParameter quantized(String path, Shape shape) {
        Parameter original = originals.get(path);
        if (original == null || shape.rank() != 2 || shape.size(1) % type.size() != 0) {
            return null;
        }
        Span from = original.tensor().contiguousMemory("quantize");
        from.requireType("quantize", path, DType.F32);
        BlockSpan to = BlockSpan.allocate(arena, type, shape.count());
        int width = shape.size(1);
        Parallel.range(shape.size(0), Rows.grain(width), (lo, hi) -> QuantizeKernel.run(to, from, width, lo, hi));
        return new QuantizedParameter(path, new QuantizedMatrix(to, shape));
    }

    @Override
    public boolean has(String path) {
        return originals.containsKey(path);
    }
}
