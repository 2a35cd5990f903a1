package headway.nn.image;

import headway.kernels.DType;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.LinearOp;

/// Cuts an image into patches and maps each to a vector: a convolution whose stride is its width.
/// [Dosovitskiy et al. 2020](https://arxiv.org/abs/2010.11929), section 3.1.
///
/// - pixels `(batch, channels, height, width)` → `(batch, rows, columns, hidden)`
///
/// @param weight `(hidden, channels, patch, patch)`
/// @param bias `(hidden)` or null
public record PatchEmbedding(Parameter weight, Parameter bias, int patch) implements Layer {
    public static PatchEmbedding load(Weights w, int channels, int patch, int hiddenSize, boolean bias, Init init) {
        return new PatchEmbedding(
                w.get("weight", init, "hidden", hiddenSize, "channels", channels, "height", patch, "width", patch),
                bias ? w.get("bias", Init.ZEROS, "hidden", hiddenSize) : null,
                patch);
    }

    public Tensor forward(Tensor pixels) {
        Shape s = pixels.shape();
        int C = weight.tensor().shape().size(1);
        if (s.rank() != 4 || s.size(1) != C || s.size(2) % patch != 0 || s.size(3) % patch != 0) {
            throw new ShapeException(
                    "[patches] pixels%s; expected (batch, channels=%d, height, width) with sides that are multiples of %d"
                            .formatted(s, C, patch));
        }
        int rows = s.size(2) / patch;
        int columns = s.size(3) / patch;
        Tensor patches = pixels.view(
                        Shape.of("batch", s.size(0), "c", C, "rows", rows, "y", patch, "columns", columns, "x", patch))
                .permute("batch", "rows", "columns", "c", "y", "x")
                .copy()
                .view(Shape.of("batch", s.size(0), "rows", rows, "columns", columns, "in", C * patch * patch));
        Tensor map =
                weight.tensor().view(Shape.of("hidden", weight.tensor().shape().size(0), "in", C * patch * patch));
        return new LinearOp(patches, map, bias == null ? null : bias.tensor(), null, false).run();
    }

    /// The image with rows and columns of zeros after it, so that patches cover it.
    public Tensor padded(Tensor pixels) {
        Shape s = pixels.shape();
        int H = (s.size(2) + patch - 1) / patch * patch;
        int W = (s.size(3) + patch - 1) / patch * patch;
        if (H == s.size(2) && W == s.size(3)) {
            return pixels;
        }
        Tensor larger = Tensor.zerosLike(Tensor.allocate(
                Shape.of("batch", s.size(0), "channels", s.size(1), "height", H, "width", W), DType.F32));
        for (long row = 0; row < (long) s.size(0) * s.size(1) * s.size(2); row++) {
            long image = row / s.size(2);
            long to = (image * H + row % s.size(2)) * W;
            for (int x = 0; x < s.size(3); x++) {
                larger.memory().set(to + x, pixels.memory().get(row * s.size(3) + x));
            }
        }
        return larger;
    }
}
