package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.models.Inputs;
import headway.nn.Trace;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Texts through a model with its head, in batches of like length; results in the order of the texts.
final class EncoderPass {
    private EncoderPass() {}

    /// Takes what it wants of one text from what the head gave for its batch.
    @FunctionalInterface
    interface Reader<R> {
        /// @param row of the text in each output
        R read(Map<String, Tensor> outputs, int row, Encoding text);
    }

    /// Takes what it wants of all texts of a batch.
    @FunctionalInterface
    interface BatchRun<R> {
        List<R> run(Inputs inputs, List<Encoding> texts);
    }

    /// Outputs of the head, by the names of Hugging Face's.
    static <R> List<R> outputs(LoadedModel model, List<Encoding> texts, int padId, Reader<R> reader) {
        return batches(model, texts, padId, LengthBatches.TOKENS, (inputs, batch) -> {
            var trace = Trace.outputs();
            trace.record(() -> model.model().forward(inputs));
            var rows = new ArrayList<R>();
            for (int b = 0; b < batch.size(); b++) {
                rows.add(reader.read(trace.values(), b, batch.get(b)));
            }
            return rows;
        });
    }

    /// Whatever `run` makes of each batch.
    static <R> List<R> batches(LoadedModel model, List<Encoding> texts, int padId, int tokens, BatchRun<R> run) {
        int[] lengths = texts.stream().mapToInt(Encoding::length).toArray();
        var all = new ArrayList<R>(java.util.Collections.nCopies(texts.size(), null));
        for (int[] numbers : LengthBatches.of(lengths, tokens)) {
            List<Encoding> batch = Arrays.stream(numbers).mapToObj(texts::get).toList();
            List<R> results = model.run(
                    () -> run.run(TextBatch.inputs(batch, padId, model.model().arguments()), batch));
            for (int i = 0; i < numbers.length; i++) {
                all.set(numbers[i], results.get(i));
            }
        }
        return all;
    }

    /// Values of entry `row` of the first axis.
    static float[] row(Tensor t, int row) {
        int n = Math.toIntExact(t.count() / t.shape().size(0));
        return values(t, (long) row * n, n);
    }

    /// `count` values from element `from` on.
    static float[] values(Tensor t, long from, int count) {
        float[] values = new float[count];
        MemorySegment memory = t.contiguousMemory("read").segment();
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 4 * from, values, 0, count);
        return values;
    }
}
