package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.quantized.BlockSpan;
import headway.kernels.quantized.BlockType;
import headway.kernels.quantized.ByteActivations;
import headway.kernels.quantized.QuantizedGemmKernel;
import headway.kernels.quantized.QuantizedMatVecKernel;
import java.lang.foreign.Arena;
import java.util.ArrayList;

/// A matrix of a few bits a value: read, never trained. Its rows are what a product sums over.
///
/// @param blocks rows one after the other, each of whole blocks
/// @param shape two axes, rows first: `(out, in)` of a linear map, `(vocab, hidden)` of a table
public record QuantizedMatrix(BlockSpan blocks, Shape shape) {
    /// Values that a chunk of a product with many rows keeps in another form: few enough for the second-level cache.
    private static final int PANEL = 1 << 18;

    /// Matrices of fewer values lie in cache: widening them costs little, so that x need not be rounded.
    private static final int SMALL = 1 << 16;

    public QuantizedMatrix {
        if (shape.rank() != 2) {
            throw new ShapeException("[quantized] %s has %d axes; expected two".formatted(shape, shape.rank()));
        }
        blocks.require("quantized", shape.toString(), shape.size(0), shape.size(1));
    }

    /// How values are kept.
    public BlockType type() {
        return blocks.type();
    }

    /// Bytes of the matrix.
    public long bytes() {
        return shape.size(0) * type().bytes(shape.size(1));
    }

    /// The rows `first … first + rows - 1`, in the same memory.
    public QuantizedMatrix part(int first, int rows) {
        java.util.Objects.checkFromIndexSize(first, rows, shape.size(0));
        return new QuantizedMatrix(
                blocks.part(first, rows, shape.size(1)),
                shape.replace(0, new Shape.Dim(shape.dims().getFirst().name(), rows)));
    }

    /// `y = x·Wᵀ + bias + residual` over the innermost axis of x. Where that is faster, x is rounded to fifteen bits:
    /// [ByteActivations].
    ///
    /// - x `(…, in)` → y `(…, out)`
    ///
    /// @param bias `(out)` or null
    /// @param residual of y's sizes, or null
    /// @throws IllegalStateException where a gradient would have to pass
    public Tensor times(Tensor x, Tensor bias, Tensor residual) {
        return times(x, bias, residual, shape.count() >= SMALL);
    }

    /// The same product with nothing rounded below f32.
    public Tensor exactly(Tensor x, Tensor bias, Tensor residual) {
        return times(x, bias, residual, false);
    }

    private Tensor times(Tensor x, Tensor bias, Tensor residual, boolean rounded) {
        int N = shape.size(0);
        int K = shape.size(1);
        int M = x.shape().rows();
        if (x.shape().last().size() != K) {
            throw new ShapeException("[linear] inner axes differ: x%s × weight%s of %s: %s ≠ in=%d"
                    .formatted(x.shape(), shape, type(), x.shape().last(), K));
        }
        if (residual != null && residual.count() != (long) M * N) {
            throw new ShapeException(
                    "[linear] residual%s does not fit x%s × weight%s".formatted(residual.shape(), x.shape(), shape));
        }
        if (Tape.running() && (x.requiresGradient() || residual != null && residual.requiresGradient())) {
            throw new IllegalStateException(
                    "[linear] weight%s is quantized as %s: gradients do not pass through it; train from a checkpoint in F32, BF16 or F16"
                            .formatted(shape, type()));
        }
        Tensor y = Tensor.allocate(x.shape().withLast(shape.dims().getFirst().name(), N), DType.F32);
        Span from = x.contiguousMemory("linear");
        Span to = y.memory();
        var epilogue = new Epilogue(
                bias == null ? null : bias.memory(),
                Activation.IDENTITY,
                residual == null ? null : residual.contiguousMemory("linear"),
                N);
        Span shared = rounded ? shared(from, M, K) : null;
        if (M <= MatVecKernel.MAX_ROWS) {
            Parallel.range(N, Math.max(16, (1 << 16) / Math.max(1, K)), (lo, hi) -> {
                Span scratch = Parallel.scratch(QuantizedMatVecKernel.scratch(K));
                QuantizedMatVecKernel.run(to, from, shared, blocks, M, N, K, epilogue, scratch, lo, hi);
            });
        } else {
            Parallel.range(N, Math.clamp(PANEL / Math.max(1, K), 32, 128) / 32 * 32, (lo, hi) -> {
                Span scratch = Parallel.scratch(QuantizedGemmKernel.scratch(hi - lo, K));
                QuantizedGemmKernel.run(to, from, shared, blocks, M, N, K, epilogue, scratch, lo, hi);
            });
        }
        return y;
    }

    /// x in the form in which all threads read it; null where that is x itself.
    private Span shared(Span x, int M, int K) {
        long elements = ByteActivations.shared(type(), M, K);
        if (elements == 0) {
            return null;
        }
        Span shared = Tensor.allocate(Shape.of("element", Math.toIntExact(elements)), DType.F32)
                .memory();
        Parallel.range(M, Rows.grain(K), (lo, hi) -> ByteActivations.prepare(shared, x, type(), M, lo, hi, K));
        return shared;
    }

    /// Row `ids[r]` for each id, in f32.
    ///
    /// - ids `(…)` → `(…, hidden)`
    public Tensor rows(Tensor ids) {
        int V = shape.size(0);
        int D = shape.size(1);
        var dims = new ArrayList<>(ids.shape().dims());
        dims.add(shape.last());
        Tensor y = Tensor.allocate(new Shape(dims), DType.F32);
        Span which = ids.contiguousMemory("embedding");
        for (int r = 0; r < ids.count(); r++) {
            int id = (int) which.get(r);
            if (id < 0 || id >= V) {
                throw new IndexOutOfBoundsException(
                        "[embedding] id %d at position %d is outside the vocabulary 0 … %d".formatted(id, r, V - 1));
            }
            blocks.dequantize(y.memory(), (long) r * D, D, id, id + 1);
        }
        return y;
    }

    /// All values as a tensor of `dtype` in memory of `arena`.
    public Tensor dequantized(Arena arena, DType dtype) {
        Tensor all = Tensor.owned(arena, shape, dtype);
        int D = shape.size(1);
        Parallel.range(shape.size(0), Rows.grain(D), (lo, hi) -> {
            Span wide = Parallel.scratch((long) (hi - lo) * D);
            blocks.dequantize(wide, 0, D, lo, hi);
            headway.kernels.convert.ConvertKernel.run(all.memory(), (long) lo * D, wide, 0, (long) (hi - lo) * D);
        });
        return all;
    }
}
