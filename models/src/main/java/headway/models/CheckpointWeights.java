package headway.models;

import headway.io.StoredTensor;
import headway.io.gguf.GgufTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.quantized.BlockSpan;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.QuantizedParameter;
import headway.nn.WeightException;
import headway.nn.Weights;
import headway.tensor.QuantizedMatrix;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Parameters from a checkpoint, strictly: whatever is missing, unused or of another shape is reported at once by
/// [#finish].
final class CheckpointWeights implements Weights.Source {
    private final String file;
    private final Map<String, StoredTensor> stored;
    private final Map<String, GgufTensor> quantized;
    private final Loading loading;
    private final int[] blockSize;
    private final Arena arena;
    private final Set<String> used = new HashSet<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();

    /// @param stored tensors of plain elements, and quantized those in blocks
    /// @param blockSize see [ScaledBlocks#blockSize]
    CheckpointWeights(
            String file,
            Map<String, StoredTensor> stored,
            Map<String, GgufTensor> quantized,
            Loading loading,
            int[] blockSize,
            Arena arena) {
        this.file = file;
        this.stored = stored;
        this.quantized = quantized;
        this.loading = loading;
        this.blockSize = blockSize;
        this.arena = arena;
    }

    @Override
    public void skip(String path) {
        skipped.add(path + ".");
    }

    @Override
    public boolean has(String path) {
        return stored.containsKey(path) || quantized.containsKey(path);
    }

    /// Whether the file has `path` in this shape.
    boolean fits(String path, Shape shape) {
        return stored.containsKey(path) && Arrays.equals(stored.get(path).shape(), shape.sizes());
    }

    /// In blocks as in the file; null for training, and where a type of plain elements was asked for: [#parameter]
    /// widens it then.
    @Override
    public QuantizedParameter quantized(String path, Shape shape) {
        if (loading.dtype() != null || loading.training()) {
            return null;
        }
        GgufTensor found = quantized.get(path);
        if (found == null) {
            PackedExperts packed = stored.containsKey(path) ? null : PackedExperts.of(stored, path);
            if (packed == null || shape.rank() != 3 || !packed.fits(shape.size(0), shape.size(1), shape.size(2))) {
                return null;
            }
            use(path);
            return new QuantizedParameter(path, packed.matrix(arena, shape));
        }
        if (!Arrays.equals(found.shape(), shape.sizes())) {
            return null;
        }
        used.add(path);
        return new QuantizedParameter(path, matrix(found, shape));
    }

    /// Takes both tensors of packed experts.
    private void use(String path) {
        used.add(path + PackedExperts.BLOCKS);
        used.add(path + PackedExperts.SCALES);
    }

    private static QuantizedMatrix matrix(GgufTensor tensor, Shape shape) {
        return new QuantizedMatrix(new BlockSpan(tensor.data(), tensor.type().blocks()), shape);
    }

    @Override
    public boolean differ(String path, String other) {
        GgufTensor p = quantized.get(path);
        GgufTensor q = quantized.get(other);
        if (p != null || q != null) {
            return has(path)
                    && has(other)
                    && (p == null
                            || q == null
                            || !p.type().equals(q.type())
                            || p.data().mismatch(q.data()) >= 0);
        }
        StoredTensor a = stored.get(path);
        StoredTensor b = stored.get(other);
        return a != null && b != null && (a.dtype() != b.dtype() || a.data().mismatch(b.data()) >= 0);
    }

    @Override
    public Parameter parameter(String path, Shape shape, Init init) {
        StoredTensor found = stored.get(path);
        used.add(path);
        if (found == null && quantized.containsKey(path)) {
            return widened(path, quantized.get(path), shape);
        }
        PackedExperts packed = found == null ? PackedExperts.of(stored, path) : null;
        if (packed != null) {
            return widened(path, packed, shape);
        }
        ScaledBlocks scaled = ScaledBlocks.of(stored, path, blockSize);
        if (scaled != null) {
            return widened(path, scaled, shape);
        }
        if (found == null) {
            missing.add("%s %s".formatted(path, shape));
            return placeholder(path, shape);
        }
        if (!Arrays.equals(found.shape(), shape.sizes())) {
            misshapen.add("%s: the file has %s, the config asks for %s"
                    .formatted(path, Arrays.toString(found.shape()), shape));
            return placeholder(path, shape);
        }
        if (!found.dtype().isFloat()) {
            misshapen.add(
                    found.dtype() == DType.F8_E4M3
                            ? "%1$s: the file has F8_E4M3 without scales (%1$s%2$s)"
                                    .formatted(path, ScaledBlocks.SCALES)
                            : "%s: the file has %s, expected floating-point numbers".formatted(path, found.dtype()));
            return placeholder(path, shape);
        }
        Tensor mapped = Tensor.over(new Span(found.data(), found.dtype()), shape);
        DType wanted = wanted(shape, found.dtype());
        boolean own = loading.training() || wanted != found.dtype();
        Tensor t = own ? Tensor.owned(arena, shape, wanted).assign(mapped) : mapped;
        if (wanted == DType.BF16 && loading.dtype() == DType.BF16) {
            t.rounding();
        }
        return new Parameter(path, t.requireGradient(loading.training()));
    }

    /// A quantized matrix for a layer that reads plain ones, or for a user who asked for another type.
    private Parameter widened(String path, GgufTensor found, Shape shape) {
        if (!Arrays.equals(found.shape(), shape.sizes()) || shape.rank() != 2) {
            misshapen.add("%s: the file has %s, the config asks for %s".formatted(path, found, shape));
            return placeholder(path, shape);
        }
        DType wanted = loading.dtype() == null ? DType.F32 : loading.dtype();
        Tensor t = matrix(found, shape).dequantized(arena, wanted);
        return new Parameter(path, wanted == DType.BF16 ? t.rounding() : t);
    }

    private Parameter widened(String path, PackedExperts packed, Shape shape) {
        use(path);
        if (shape.rank() != 3 || !packed.fits(shape.size(0), shape.size(2), shape.size(1))) {
            misshapen.add("%s: the file has %s and %s, the config asks for %s"
                    .formatted(path, packed.blocks(), packed.scales(), shape));
            return placeholder(path, shape);
        }
        Tensor t = Tensor.owned(arena, shape, loading.dtype() == null ? DType.F32 : loading.dtype());
        packed.widen(t);
        return new Parameter(path, t.requireGradient(loading.training()));
    }

    private Parameter widened(String path, ScaledBlocks scaled, Shape shape) {
        used.add(path + ScaledBlocks.SCALES);
        if (!scaled.fits(shape)) {
            misshapen.add("%s: the file has values %s and scales %s in blocks of %d × %d, the config asks for %s"
                    .formatted(path, scaled.values(), scaled.scales(), scaled.rows(), scaled.columns(), shape));
            return placeholder(path, shape);
        }
        DType exact = scaled.scalesArePowersOfTwo() ? DType.BF16 : DType.F32;
        Tensor t = Tensor.owned(arena, shape, loading.dtype() == null ? exact : loading.dtype());
        scaled.widen(t);
        return new Parameter(path, t.requireGradient(loading.training()));
    }

    /// Stands in for what cannot be loaded until [#finish] reports it; one element, whatever was asked for.
    private Parameter placeholder(String path, Shape shape) {
        var ones = new ArrayList<Shape.Dim>();
        shape.dims().forEach(d -> ones.add(new Shape.Dim(d.name(), 1)));
        return new Parameter(path, Tensor.owned(arena, new Shape(ones), DType.F32));
    }

    private DType wanted(Shape shape, DType found) {
        if (shape.rank() < 2) {
            return DType.F32;
        }
        if (loading.dtype() != null) {
            return loading.dtype();
        }
        return found == DType.F64 ? DType.F32 : found;
    }

    /// Names that were asked for.
    Set<String> used() {
        return used;
    }

    /// Throws unless all that the model asked for was there, and nothing else but what `ignorable` knows.
    void finish(Predicate<String> ignorable) {
        List<String> unused = Stream.concat(stored.keySet().stream(), quantized.keySet().stream())
                .filter(name -> !used.contains(name)
                        && !ignorable.test(name)
                        && skipped.stream().noneMatch(name::startsWith))
                .toList();
        if (missing.isEmpty() && unused.isEmpty() && misshapen.isEmpty()) {
            return;
        }
        var text = new StringBuilder("[weights] %s does not fit its config".formatted(file));
        list(text, "missing", missing);
        list(text, "not used", unused);
        list(text, "of another shape or type", misshapen);
        text.append("\nCheck that config.json belongs to these weights.");
        throw new WeightException(text.toString());
    }

    private static void list(StringBuilder text, String what, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        text.append("\n%d %s:".formatted(names.size(), what));
        names.stream().limit(40).forEach(n -> text.append("\n  ").append(n));
        if (names.size() > 40) {
            text.append("\n  … and %d more".formatted(names.size() - 40));
        }
    }
}
