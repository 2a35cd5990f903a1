package headway.tasks;

import headway.io.image.ImageProcessor;
import headway.io.image.Picture;
import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Pictures as the `pixel_values` of a pass.
final class PictureBatch {
    /// Pictures of a pass: hundreds of patches each keep the cores busy.
    static final int PICTURES = 8;

    private PictureBatch() {}

    /// `(batch, channels, height, width)`, in the current workspace.
    static Tensor of(ImageProcessor processor, List<Picture> pictures) {
        Tensor all = null;
        for (int b = 0; b < pictures.size(); b++) {
            ImageProcessor.PixelValues one = processor.pixelValues(pictures.get(b));
            if (all == null) {
                all = Tensor.allocate(
                        Shape.of(
                                "batch",
                                pictures.size(),
                                "channels",
                                one.channels(),
                                "height",
                                one.height(),
                                "width",
                                one.width()),
                        DType.F32);
            }
            if ((long) one.values().length * pictures.size() != all.count()) {
                throw new TaskException(
                        "[pictures] picture %d becomes %d×%d, others another size; preprocessor_config.json must name one size for all"
                                .formatted(b + 1, one.width(), one.height()));
            }
            MemorySegment.copy(
                    one.values(),
                    0,
                    all.memory().segment(),
                    ValueLayout.JAVA_FLOAT,
                    4L * b * one.values().length,
                    one.values().length);
        }
        return all;
    }
}
