package headway.models;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.nn.Dropout;
import headway.nn.Pass;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Arguments of one forward pass, by the names that Hugging Face gives them. What is read is copied into
/// the current workspace in the type that kernels take, and its shape is checked against what the model
/// expects there.
///
/// @param values in any type; axis names do not matter
/// @param dropout null outside of training
/// @param segments the sequences that the only row of the batch consists of; null where a row is a sequence
public record Inputs(Map<String, Tensor> values, Dropout dropout, Segments segments) {
    public Inputs(Map<String, Tensor> values, Dropout dropout) {
        this(values, dropout, null);
    }

    /// Stands for "any size" where a shape is expected.
    public static final int ANY = -1;

    /// Inputs from a file.
    public static Inputs of(Map<String, StoredTensor> stored) {
        var values = new LinkedHashMap<String, Tensor>();
        stored.forEach((name, t) -> {
            var dims = new ArrayList<Shape.Dim>();
            for (long size : t.shape()) {
                dims.add(new Shape.Dim("axis" + dims.size(), Math.toIntExact(size)));
            }
            values.put(name, Tensor.over(new Span(t.data(), t.dtype()), new Shape(dims)));
        });
        return new Inputs(values, null);
    }

    /// The same in training.
    public Inputs training(Dropout draws) {
        return new Inputs(values, draws, segments);
    }

    /// The same with `value` under `name`.
    public Inputs with(String name, Tensor value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Inputs(more, dropout, segments);
    }

    /// Fails for an input that is not among `known`.
    public void requireOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new ShapeException("[trace] input '%s' is not an argument of this model; known: %s"
                        .formatted(
                                name, String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    /// Whether `name` is given.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Whether `name` holds floating-point numbers.
    public boolean isFloat(String name) {
        return values.get(name).dtype().isFloat();
    }

    /// Number of axes of `name`.
    public int rank(String name) {
        return values.get(name).shape().rank();
    }

    /// Row `b` of the integers `name`, which has two axes.
    public int[] row(String name, int b) {
        Tensor all = values.get(name);
        int T = all.shape().size(1);
        int[] row = new int[T];
        for (int t = 0; t < T; t++) {
            row[t] = (int) all.memory().get((long) b * T + t);
        }
        return row;
    }

    /// Continuations that each text comes with: the second axis of `input_ids` or `inputs_embeds`.
    public int choices() {
        Tensor first = has("input_ids") ? values.get("input_ids") : values.get("inputs_embeds");
        if (first == null || first.shape().rank() < 3) {
            throw new ShapeException("[trace] input_ids has shape %s; expected (batch, choices, seq)"
                    .formatted(
                            first == null
                                    ? "none"
                                    : Arrays.toString(first.shape().sizes())));
        }
        return first.shape().size(1);
    }

    /// Each text with each of its continuations as an entry of the batch.
    public Inputs withoutChoices() {
        choices();
        var merged = new LinkedHashMap<>(values);
        merged.replaceAll((name, t) -> {
            if (t.shape().rank() < 3) {
                return t;
            }
            var dims = new ArrayList<>(t.shape().dims().subList(2, t.shape().rank()));
            dims.addFirst(new Shape.Dim("batch", t.shape().size(0) * t.shape().size(1)));
            return t.view(new Shape(dims));
        });
        return new Inputs(merged, dropout, segments);
    }

    /// The input `name` as `I32` with these axes and sizes, [#ANY] for one that is not known before; null
    /// where it is not given.
    public Tensor integers(String name, Object... namesAndSizes) {
        return converted(name, DType.I32, namesAndSizes);
    }

    /// The same as `F32`.
    public Tensor numbers(String name, Object... namesAndSizes) {
        return converted(name, DType.F32, namesAndSizes);
    }

    private Tensor converted(String name, DType type, Object... namesAndSizes) {
        Tensor given = values.get(name);
        if (given == null) {
            return null;
        }
        Shape shape = expected(name, given.shape(), namesAndSizes);
        Tensor copy = Tensor.allocate(shape, type);
        ConvertKernel.run(copy.memory(), given.contiguousMemory(name), 0, copy.count());
        return copy;
    }

    private static Shape expected(String name, Shape given, Object... namesAndSizes) {
        int rank = namesAndSizes.length / 2;
        boolean fits = given.rank() == rank;
        var dims = new ArrayList<Shape.Dim>();
        var wanted = new ArrayList<String>();
        for (int i = 0; i < rank; i++) {
            var axis = (String) namesAndSizes[2 * i];
            int size = (Integer) namesAndSizes[2 * i + 1];
            wanted.add(size == ANY ? axis : axis + "=" + size);
            fits = fits && (size == ANY ? given.size(i) > 0 : given.size(i) == size);
            dims.add(new Shape.Dim(axis, fits ? given.size(i) : 0));
        }
        if (!fits) {
            throw new ShapeException("[trace] %s has shape %s; expected (%s), no axis of size 0"
                    .formatted(name, Arrays.toString(given.sizes()), String.join(", ", wanted)));
        }
        return new Shape(dims);
    }

    /// `name`, or an error that says it is needed.
    public Tensor required(String name, Tensor found) {
        if (found == null) {
            throw new ShapeException("[trace] this model needs the input '%s'".formatted(name));
        }
        return found;
    }

    /// Embeddings `(batch, seq, hidden)`: looked up for `input_ids`, or given as `inputs_embeds`.
    ///
    /// @param part before the names: empty, or `decoder_`
    public Tensor embeddings(String part, UnaryOperator<Tensor> embed, int hiddenSize) {
        Tensor ids = integers(part + "input_ids", "batch", ANY, "seq", ANY);
        Tensor given = numbers(part + "inputs_embeds", "batch", ANY, "seq", ANY, "hidden", hiddenSize);
        if ((ids == null) == (given == null)) {
            throw new ShapeException("[trace] give either %1$sinput_ids or %1$sinputs_embeds".formatted(part));
        }
        return ids == null ? given : embed.apply(ids);
    }

    /// The pass over `(B, T)` tokens: positions (counted from 0 unless given, one row for all or one
    /// each), padding and dropout.
    ///
    /// @param part before the names: empty, or `decoder_`
    public Pass pass(String part, int B, int T) {
        if (segments != null) {
            return Pass.of(segments, segments.places(0));
        }
        Tensor positions = positions(part + "position_ids", B, T);
        return new Pass(positions, padding(part + "attention_mask", B, T), null, dropout);
    }

    /// Marks `U8` `(batch, kv_seq)`, 0 for padding; null where none are given.
    public Tensor padding(String name, int B, int T) {
        Tensor mask = integers(name, "batch", B, "kv_seq", T);
        return mask == null ? null : Tensor.allocate(mask.shape(), DType.U8).assign(mask);
    }

    private Tensor positions(String name, int B, int T) {
        if (!has(name)) {
            return Pass.from(B, T, 0, null).positions();
        }
        int rows =
                values.get(name).shape().rank() == 2 && values.get(name).shape().size(0) == 1 ? 1 : B;
        Tensor given = integers(name, "batch", rows, "seq", T);
        if (rows == B) {
            return given;
        }
        Tensor repeated = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        for (int b = 0; b < B; b++) {
            ConvertKernel.run(repeated.memory().slice((long) b * T, T), given.memory(), 0, T);
        }
        return repeated;
    }
}
