package headway.train;

import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.Arrays;

/// Batches from a file: `input_ids` `[steps, batch, seq]` and, where labels differ, `labels` of the same shape,
/// aligned with `input_ids` and shifted here. Batch `i` is step `i`; micro-batches are runs of its rows.
final class StoredBatches implements Batches, AutoCloseable {
    private final SafetensorsFile file;
    private final StoredTensor ids;
    private final StoredTensor labels;
    private final int rows;
    private final int seq;
    private final int accumulate;

    StoredBatches(SafetensorsFile file, int steps, int accumulate, int vocabSize) {
        this.file = file;
        this.accumulate = accumulate;
        this.ids = ids(file);
        this.labels = file.names().contains("labels") ? file.tensor("labels") : ids;
        long[] shape = ids.shape();
        if (!Arrays.equals(shape, labels.shape())) {
            throw Run.refused(
                    "%s: labels has shape %s, input_ids %s; expected the same",
                    file.path(), Arrays.toString(labels.shape()), Arrays.toString(shape));
        }
        if (shape[0] < steps) {
            throw Run.refused("%s holds %d steps; the run has steps: %d", file.path(), shape[0], steps);
        }
        if (shape[1] % accumulate != 0) {
            throw Run.refused(
                    "%s: batches of %d rows do not divide into accumulate: %d", file.path(), shape[1], accumulate);
        }
        this.rows = Math.toIntExact(shape[1]);
        this.seq = Math.toIntExact(shape[2]);
        check(ids, vocabSize, false);
        check(labels, vocabSize, true);
    }

    private static StoredTensor ids(SafetensorsFile file) {
        if (!file.names().contains("input_ids")) {
            throw Run.refused("%s has no tensor input_ids; it has %s", file.path(), String.join(", ", file.names()));
        }
        StoredTensor ids = file.tensor("input_ids");
        long[] shape = ids.shape();
        if (shape.length != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] < 1) {
            throw Run.refused(
                    "%s: input_ids has shape %s; expected [steps, batch, seq], none of them 0",
                    file.path(), Arrays.toString(shape));
        }
        return ids;
    }

    /// How many steps `file` holds.
    static int steps(SafetensorsFile file) {
        return Math.toIntExact(ids(file).shape()[0]);
    }

    int sequenceLength() {
        return seq;
    }

    private void check(StoredTensor t, int vocabSize, boolean ignorable) {
        if (t.dtype().isFloat()) {
            throw Run.refused("%s: %s has dtype %s; expected integers", file.path(), t.name(), t.dtype());
        }
        var values = new Span(t.data(), t.dtype());
        for (long i = 0; i < values.count(); i++) {
            double id = values.get(i);
            if (!(id >= 0 && id < vocabSize) && !(ignorable && id == NextTokenLoss.IGNORE)) {
                throw Run.refused(
                        "%s: %s[%d] is %d; expected an id below vocab_size=%d%s",
                        file.path(), t.name(), i, (long) id, vocabSize, ignorable ? " or -100" : "");
            }
        }
    }

    @Override
    public Batch.Text at(int step, int micro) {
        return new Batch.Text(read(ids, step, micro), NextTokenLoss.shifted(read(labels, step, micro)));
    }

    private Tensor read(StoredTensor from, int step, int micro) {
        int B = rows / accumulate;
        Tensor t = Tensor.allocate(Shape.of("batch", B, "seq", seq), DType.I32);
        long first = ((long) step * rows + (long) micro * B) * seq;
        ConvertKernel.run(
                t.memory(), new Span(from.data(), from.dtype()).slice(first, (long) B * seq), 0, (long) B * seq);
        return t;
    }

    @Override
    public Batch.Text heldOut(int index) {
        return null;
    }

    @Override
    public void close() {
        file.close();
    }
}
