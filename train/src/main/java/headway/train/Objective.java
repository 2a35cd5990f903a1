package headway.train;

import headway.kernels.DType;
import headway.models.Inputs;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a kind of head learns from: rows of data become arguments of its `forward`.
///
/// @param <E> a row, read once: its tokens and labels
interface Objective<E> {
    /// Reads a row.
    E example(DataRows.Row row);

    /// Arguments for `examples`, in the current workspace. `draw` tells one batch from another where something is
    /// drawn.
    Batches.Batch.Arguments batch(List<E> examples, long draw);

    /// How many labels of `batch` the largest logits hit; negative where that is no question.
    default long right(Batches.Batch.Arguments batch, Tensor logits) {
        return -1;
    }

    /// Rows of ids filled up behind, with the mask that says so.
    static Map<String, Tensor> padded(List<int[]> ids, int pad) {
        int T = ids.stream().mapToInt(row -> row.length).max().orElse(0);
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", filled(ids, T, pad));
        Tensor mask = Tensor.allocate(Shape.of("batch", ids.size(), "seq", T), DType.I32);
        for (int b = 0; b < ids.size(); b++) {
            for (int t = 0; t < T; t++) {
                mask.memory().set((long) b * T + t, t < ids.get(b).length ? 1 : 0);
            }
        }
        values.put("attention_mask", mask);
        return values;
    }

    /// `(batch, seq)` integers, `filler` behind each row.
    static Tensor filled(List<int[]> rows, int T, int filler) {
        Tensor filled = Tensor.allocate(Shape.of("batch", rows.size(), "seq", T), DType.I32);
        for (int b = 0; b < rows.size(); b++) {
            for (int t = 0; t < T; t++) {
                filled.memory().set((long) b * T + t, t < rows.get(b).length ? rows.get(b)[t] : filler);
            }
        }
        return filled;
    }

    /// Labels of tokens, those behind a row not counted.
    static Tensor labels(List<int[]> rows) {
        return filled(rows, rows.stream().mapToInt(row -> row.length).max().orElse(0), NextTokenLoss.IGNORE);
    }

    /// How many rows of logits are largest at their label.
    static long hits(Tensor logits, Tensor labels) {
        int classes = logits.shape().last().size();
        long hits = 0;
        for (long i = 0; i < labels.count(); i++) {
            int label = (int) labels.memory().get(i);
            if (label == NextTokenLoss.IGNORE) {
                continue;
            }
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (logits.memory().get(i * classes + c) > logits.memory().get(i * classes + best)) {
                    best = c;
                }
            }
            hits += best == label ? 1 : 0;
        }
        return hits;
    }

    /// Arguments with labels, a mean over those that count.
    static Batches.Batch.Arguments of(Map<String, Tensor> values, Tensor labels) {
        values.put("labels", labels);
        Tensor read = values.containsKey("input_ids") ? values.get("input_ids") : labels;
        return new Batches.Batch.Arguments(new Inputs(values, null), NextTokenLoss.count(labels), read.count());
    }
}
