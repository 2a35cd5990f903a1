package headway.train;

import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Truncation;
import headway.kernels.DType;
import headway.models.Inputs;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A class for each text, or pair of texts; a number where the head has one output; several classes at once where the
/// label is a list.
///
/// @param columns `text`, `text_pair` where there is a second one, `label`
/// @param labels names of the classes, in the order of their numbers
/// @param most tokens of a row
record ClassifyTexts(
        Tokenizer tokenizer, Map<String, String> columns, List<String> labels, int most, int pad, boolean types)
        implements Objective<ClassifyTexts.Example> {
    /// A row.
    ///
    /// @param label one number; or one for each class
    record Example(int[] ids, int[] typeIds, double[] label) {}

    @Override
    public Example example(DataRows.Row row) {
        String pair = columns.get("text_pair");
        var truncation = Truncation.to(most);
        String text = row.text(columns.get("text"));
        var encoding = pair == null
                ? tokenizer.encodeWindows(text, true, truncation).getFirst()
                : tokenizer
                        .encodePairWindows(text, row.text(pair), true, truncation)
                        .getFirst();
        return new Example(encoding.ids(), encoding.typeIds(), label(row));
    }

    private double[] label(DataRows.Row row) {
        JsonNode value = row.value(columns.get("label"));
        if (value.isArray()) {
            double[] each = new double[labels.size()];
            value.forEach(name -> each[row.number(name, labels)] = 1);
            return each;
        }
        if (labels.size() > 1) {
            return new double[] {row.number(value, labels)};
        }
        try {
            return new double[] {Double.parseDouble(value.asString())};
        } catch (NumberFormatException e) {
            throw Run.refused(
                    "data: %s: label '%s' is no number, and the head has one output", row.place(), value.asString());
        }
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        Map<String, Tensor> values =
                Objective.padded(examples.stream().map(Example::ids).toList(), pad);
        int T = values.get("input_ids").shape().size(1);
        if (types) {
            values.put(
                    "token_type_ids",
                    Objective.filled(examples.stream().map(Example::typeIds).toList(), T, 0));
        }
        int B = examples.size();
        int n = examples.getFirst().label().length;
        boolean classes = n == 1 && labels.size() > 1;
        Tensor label = classes
                ? Tensor.allocate(Shape.of("batch", B), DType.I32)
                : Tensor.allocate(n == 1 ? Shape.of("batch", B) : Shape.of("batch", B, "labels", n), DType.F32);
        for (int b = 0; b < B; b++) {
            for (int i = 0; i < n; i++) {
                label.memory().set((long) b * n + i, examples.get(b).label()[i]);
            }
        }
        values.put("labels", label);
        return new Batches.Batch.Arguments(
                new Inputs(values, null), B, values.get("input_ids").count());
    }

    @Override
    public long right(Batches.Batch.Arguments batch, Tensor logits) {
        Tensor label = batch.inputs().values().get("labels");
        return label.dtype().isFloat() ? -1 : Objective.hits(logits, label);
    }
}
