package headway.train;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.io.tokenizer.Tokenizer;
import headway.models.SeenPatches;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Texts that go on behind a picture of any size, which stands in them as so many tokens as its patches make.
///
/// @param columns `image`, a path from the data file's folder, and `text`
/// @param most tokens of a text
/// @param before tokens in front of a picture's, and after behind them
/// @param image the token that stands for patches
record TellPatches(
        ImageProcessor frontEnd,
        Tokenizer tokenizer,
        Map<String, String> columns,
        int most,
        List<Integer> before,
        int image,
        List<Integer> after,
        int pad)
        implements Objective<TellPatches.Example> {
    /// A row.
    record Example(ImageProcessor.Patches patches, int[] ids, int[] labels) {}

    @Override
    public Example example(DataRows.Row row) {
        Picture picture = Picture.read(row.folder().resolve(row.text(columns.get("image"))));
        ImageProcessor.Patches patches = frontEnd.patches(picture);
        int[] written = WriteTexts.target(tokenizer, row.text(columns.get("text")), most, -1);
        IntStream tokens = IntStream.generate(() -> image).limit(patches.tokens());
        int[] seen = IntStream.concat(ids(before), IntStream.concat(tokens, ids(after)))
                .toArray();
        int[] ids = Arrays.copyOf(seen, seen.length + written.length);
        System.arraycopy(written, 0, ids, seen.length, written.length);
        int[] labels = ids.clone();
        Arrays.fill(labels, 0, seen.length, NextTokenLoss.IGNORE);
        return new Example(patches, ids, labels);
    }

    private static IntStream ids(List<Integer> tokens) {
        return tokens.stream().mapToInt(n -> n);
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        Map<String, Tensor> values =
                Objective.padded(examples.stream().map(Example::ids).toList(), pad);
        values.putAll(
                SeenPatches.arguments(examples.stream().map(Example::patches).toList()));
        return Objective.of(
                values, Objective.labels(examples.stream().map(Example::labels).toList()));
    }
}
