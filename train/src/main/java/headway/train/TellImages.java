package headway.train;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Truncation;
import headway.kernels.DType;
import headway.models.Inputs;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pictures and texts that belong together.
///
/// @param columns `image`, a path from the data file's folder or the bytes of one, and `text`
/// @param most tokens of a text
record TellImages(ImageProcessor frontEnd, Tokenizer tokenizer, Map<String, String> columns, Use use, int most)
        implements Objective<TellImages.Example> {
    /// What is learned of them.
    sealed interface Use {
        /// To write the text about the picture.
        ///
        /// @param start token that a text begins with
        record Caption(int start) implements Use {}

        /// Which of a batch's texts belongs to which of its pictures.
        record Match(int pad) implements Use {}

        /// To go on with the text after the picture, which stands in it as `patches` tokens `image`.
        record Prompt(int image, int patches, int pad) implements Use {}
    }

    /// A row.
    ///
    /// @param labels null for matches
    record Example(ImageProcessor.PixelValues pixels, int[] ids, int[] labels) {}

    @Override
    public Example example(DataRows.Row row) {
        Picture picture = row.stored(columns.get("image"), Picture::read, Picture::read);
        ImageProcessor.PixelValues pixels = frontEnd.pixelValues(picture);
        String text = row.text(columns.get("text"));
        return switch (use) {
            case Use.Caption(int start) -> new Example(pixels, null, WriteTexts.target(tokenizer, text, most, start));
            case Use.Match _ -> new Example(pixels, whole(text), null);
            case Use.Prompt(int image, int patches, int _) -> {
                int[] written = WriteTexts.target(tokenizer, text, most, -1);
                int[] ids = new int[patches + written.length];
                Arrays.fill(ids, image);
                System.arraycopy(written, 0, ids, patches, written.length);
                int[] labels = ids.clone();
                Arrays.fill(labels, 0, patches, NextTokenLoss.IGNORE);
                yield new Example(pixels, ids, labels);
            }
        };
    }

    private int[] whole(String text) {
        return tokenizer
                .encodeWindows(text, true, Truncation.to(most))
                .getFirst()
                .ids();
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        List<int[]> ids = examples.stream().map(Example::ids).toList();
        Map<String, Tensor> values = switch (use) {
            case Use.Caption _ -> new LinkedHashMap<>();
            case Use.Match(int pad) -> Objective.padded(ids, pad);
            case Use.Prompt(int _, int _, int pad) -> Objective.padded(ids, pad);
        };
        values.put(
                "pixel_values",
                ClassifyImages.pixels(examples.stream().map(Example::pixels).toList()));
        if (!(use instanceof Use.Match)) {
            return Objective.of(
                    values,
                    Objective.labels(examples.stream().map(Example::labels).toList()));
        }
        Tensor asked = Tensor.allocate(Shape.of("one", 1), DType.I32);
        asked.memory().set(0, 1);
        values.put("return_loss", asked);
        return new Batches.Batch.Arguments(
                new Inputs(values, null),
                examples.size(),
                values.get("input_ids").count());
    }
}
