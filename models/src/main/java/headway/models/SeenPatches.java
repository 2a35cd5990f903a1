package headway.models;

import headway.io.image.ImageProcessor;
import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pictures of any size as arguments of a model.
public final class SeenPatches {
    private SeenPatches() {}

    /// `pixel_values` `(patches, in)` of all pictures, and their `image_grid_thw` `(pictures, 3)`, in the current
    /// workspace.
    public static Map<String, Tensor> arguments(List<ImageProcessor.Patches> pictures) {
        int rows = pictures.stream().mapToInt(p -> p.rows() * p.columns()).sum();
        ImageProcessor.Patches first = pictures.getFirst();
        int in = first.values().length / (first.rows() * first.columns());
        Tensor pixels = Tensor.allocate(Shape.of("patches", rows, "in", in), DType.F32);
        Tensor grids = Tensor.allocate(Shape.of("pictures", pictures.size(), "axes", 3), DType.I32);
        long at = 0;
        for (int i = 0; i < pictures.size(); i++) {
            ImageProcessor.Patches p = pictures.get(i);
            MemorySegment.copy(p.values(), 0, pixels.memory().segment(), ValueLayout.JAVA_FLOAT, at, p.values().length);
            at += 4L * p.values().length;
            grids.memory().set(3L * i, 1);
            grids.memory().set(3L * i + 1, p.rows());
            grids.memory().set(3L * i + 2, p.columns());
        }
        var arguments = new LinkedHashMap<String, Tensor>();
        arguments.put("pixel_values", pixels);
        arguments.put("image_grid_thw", grids);
        return arguments;
    }
}
