package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.nn.Trace;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Texts through a model with its head, in batches; results in the order of the texts.
final class EncoderPass {
    private EncoderPass() {}

    /// Takes what it wants of one text from what the head gave for its batch.
    @FunctionalInterface
    interface Reader<R> {
        R read(Outputs outputs);
    }

    /// Outputs of the head for one text.
    ///
    /// @param number of the text in its batch
    record Outputs(Map<String, Tensor> values, TextBatch batch, int number) {
        /// The output `name`: one row, or one a token.
        float[] of(String name) {
            return batch.of(values.get(name), number);
        }
    }

    /// Takes what it wants of all texts of a batch.
    @FunctionalInterface
    interface BatchRun<R> {
        List<R> run(TextBatch batch);
    }

    /// Outputs of the head, by the names of Hugging Face's.
    static <R> List<R> outputs(LoadedModel model, List<Encoding> texts, int padId, Reader<R> reader) {
        return batches(model, texts, padId, batch -> {
            var trace = Trace.outputs();
            trace.record(() -> model.model().forward(batch.inputs()));
            var rows = new ArrayList<R>();
            for (int b = 0; b < batch.texts().size(); b++) {
                rows.add(reader.read(new Outputs(trace.values(), batch, b)));
            }
            return rows;
        });
    }

    /// Whatever `run` makes of each batch.
    static <R> List<R> batches(LoadedModel model, List<Encoding> texts, int padId, BatchRun<R> run) {
        int[] lengths = texts.stream().mapToInt(Encoding::length).toArray();
        var all = new ArrayList<R>(java.util.Collections.nCopies(texts.size(), null));
        List<int[]> batches = TextBatch.packs(model.model())
                ? LengthBatches.packed(lengths, LengthBatches.TOKENS)
                : LengthBatches.of(lengths, LengthBatches.TOKENS);
        for (int[] numbers : batches) {
            List<Encoding> batch = Arrays.stream(numbers).mapToObj(texts::get).toList();
            List<R> results = model.run(() -> run.run(TextBatch.of(batch, padId, model.model())));
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
