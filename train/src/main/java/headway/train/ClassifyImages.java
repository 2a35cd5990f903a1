package headway.train;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.kernels.DType;
import headway.models.Inputs;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A class for each picture.
///
/// @param columns `image`, a path from the data file's folder or the bytes of one, and `label`
/// @param labels names of the classes, in the order of their numbers
record ClassifyImages(ImageProcessor frontEnd, Map<String, String> columns, List<String> labels)
        implements Objective<ClassifyImages.Example> {
    /// A row.
    record Example(ImageProcessor.PixelValues pixels, int label) {}

    @Override
    public Example example(DataRows.Row row) {
        Picture picture = row.stored(columns.get("image"), Picture::read, Picture::read);
        return new Example(frontEnd.pixelValues(picture), row.number(columns.get("label"), labels));
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        int B = examples.size();
        Tensor label = Tensor.allocate(Shape.of("batch", B), DType.I32);
        for (int b = 0; b < B; b++) {
            label.memory().set(b, examples.get(b).label());
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("pixel_values", pixels(examples.stream().map(Example::pixels).toList()));
        values.put("labels", label);
        return new Batches.Batch.Arguments(new Inputs(values, null), B, B);
    }

    /// `(batch, channels, height, width)` of pictures of one size.
    static Tensor pixels(List<ImageProcessor.PixelValues> pictures) {
        ImageProcessor.PixelValues first = pictures.getFirst();
        int each = first.values().length;
        Tensor pixels = Tensor.allocate(
                Shape.of(
                        "batch",
                        pictures.size(),
                        "channels",
                        first.channels(),
                        "height",
                        first.height(),
                        "width",
                        first.width()),
                DType.F32);
        for (int b = 0; b < pictures.size(); b++) {
            MemorySegment.copy(
                    pictures.get(b).values(),
                    0,
                    pixels.memory().segment(),
                    ValueLayout.JAVA_FLOAT,
                    4L * b * each,
                    each);
        }
        return pixels;
    }

    @Override
    public long right(Batches.Batch.Arguments batch, Tensor logits) {
        return Objective.hits(logits, batch.inputs().values().get("labels"));
    }
}
