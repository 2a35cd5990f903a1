package headway.train;

import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.models.Inputs;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Batches from a file for any head: tensors named as the arguments of its `forward`, with the axes `[steps, batch,
/// …]`.
/// Batch `i` is step `i`; micro-batches are runs of its rows.
final class StoredArguments implements Batches, AutoCloseable {
    private final SafetensorsFile file;
    private final int accumulate;
    private final int rows;

    StoredArguments(SafetensorsFile file, int steps, int accumulate, Set<String> arguments) {
        this.file = file;
        this.accumulate = accumulate;
        long[] first = null;
        for (StoredTensor t : file.tensors().values()) {
            long[] shape = t.shape();
            if (!arguments.contains(t.name())) {
                throw Run.refused("%s: '%s' is no argument of this model; known: %s", file.path(), t.name(), arguments);
            }
            if (shape.length < 2 || first != null && (shape[0] != first[0] || shape[1] != first[1])) {
                throw Run.refused(
                        "%s: %s has shape %s; expected [steps, batch, …], alike in all",
                        file.path(), t.name(), Arrays.toString(shape));
            }
            first = shape;
        }
        if (first == null || first[0] < steps) {
            throw Run.refused(
                    "%s holds %d steps; the run has steps: %d", file.path(), first == null ? 0 : first[0], steps);
        }
        if (first[1] % accumulate != 0) {
            throw Run.refused(
                    "%s: batches of %d rows do not divide into accumulate: %d", file.path(), first[1], accumulate);
        }
        this.rows = Math.toIntExact(first[1]);
    }

    /// How many steps `file` holds.
    static int steps(SafetensorsFile file) {
        return file.tensors().values().stream()
                .filter(t -> t.shape().length > 0)
                .mapToInt(t -> Math.toIntExact(t.shape()[0]))
                .min()
                .orElseThrow(() -> Run.refused("%s holds no tensors", file.path()));
    }

    @Override
    public Batch at(int step, int micro) {
        int B = rows / accumulate;
        Map<String, Tensor> values = new LinkedHashMap<>();
        long labelled = 0;
        for (StoredTensor t : file.tensors().values()) {
            Tensor read = read(t, (long) step * rows + (long) micro * B, B);
            values.put(t.name(), read);
            if (t.name().equals("labels")) {
                labelled = labelled(read);
            }
        }
        return new Batch.Arguments(
                new Inputs(values, null), labelled == 0 && !values.containsKey("labels") ? B : labelled, B);
    }

    /// Labels that count; of numbers each row is one.
    private static long labelled(Tensor labels) {
        if (labels.dtype().isFloat()) {
            return labels.shape().size(0);
        }
        return NextTokenLoss.count(labels);
    }

    private static Tensor read(StoredTensor t, long first, int B) {
        var dims = new ArrayList<Shape.Dim>();
        dims.add(new Shape.Dim("batch", B));
        long each = 1;
        for (int i = 2; i < t.shape().length; i++) {
            dims.add(new Shape.Dim("axis" + i, Math.toIntExact(t.shape()[i])));
            each *= t.shape()[i];
        }
        Tensor read = Tensor.allocate(new Shape(dims), t.dtype().isFloat() ? DType.F32 : DType.I32);
        ConvertKernel.run(read.memory(), new Span(t.data(), t.dtype()).slice(first * each, B * each), 0, B * each);
        return read;
    }

    @Override
    public Batch heldOut(int index) {
        return null;
    }

    @Override
    public void close() {
        file.close();
    }
}
