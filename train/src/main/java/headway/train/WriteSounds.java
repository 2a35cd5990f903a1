package headway.train;

import headway.io.audio.LogMel;
import headway.io.audio.Sound;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is said in a recording: Whisper's objective.
///
/// @param columns `audio`, a path from the data file's folder or the bytes of one, and `text`
record WriteSounds(LogMel frontEnd, Tokenizer tokenizer, Map<String, String> columns, int most, int start)
        implements Objective<WriteSounds.Example> {
    /// A row.
    record Example(LogMel.Features features, int[] target) {}

    @Override
    public Example example(DataRows.Row row) {
        Sound sound = row.stored(columns.get("audio"), Sound::read, Sound::read);
        int rate = frontEnd.config().samplingRate();
        return new Example(
                frontEnd.chunk(sound.rate() == rate ? sound : sound.resampled(rate)),
                WriteTexts.target(tokenizer, row.text(columns.get("text")), most, start));
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        LogMel.Features first = examples.getFirst().features();
        int each = first.bands() * first.frames();
        Tensor features = Tensor.allocate(
                Shape.of("batch", examples.size(), "bands", first.bands(), "frames", first.frames()), DType.F32);
        for (int b = 0; b < examples.size(); b++) {
            MemorySegment.copy(
                    examples.get(b).features().values(),
                    0,
                    features.memory().segment(),
                    ValueLayout.JAVA_FLOAT,
                    4L * b * each,
                    each);
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_features", features);
        return Objective.of(
                values, Objective.labels(examples.stream().map(Example::target).toList()));
    }
}
