package headway.models;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A matrix that a safetensors file holds in numbers of 8 bits, with a scale for each block of it: DeepSeek-V3's.
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2412.19437), section 3.3.
///
///     weight[o,i] = value[o,i] · scale[o / rows, i / columns]
///
/// @param values `(out, in)` of `F8_E4M3`
/// @param scales `(⌈out/rows⌉, ⌈in/columns⌉)` of floating-point numbers
/// @param rows of a block, and columns
record ScaledBlocks(StoredTensor values, StoredTensor scales, int rows, int columns) {
    static final String SCALES = "_scale_inv";

    /// Rows and columns of a block as `quantization_config` says, or the usual ones.
    static int[] blockSize(JsonNode config) {
        JsonNode size = config.path("quantization_config").path("weight_block_size");
        boolean said =
                size.size() == 2 && size.path(0).asInt(0) > 0 && size.path(1).asInt(0) > 0;
        return said ? new int[] {size.path(0).asInt(), size.path(1).asInt()} : new int[] {128, 128};
    }

    /// What the file holds of the tensor `path` in this form; null where it does not.
    static ScaledBlocks of(Map<String, StoredTensor> stored, String path, int[] blockSize) {
        StoredTensor values = stored.get(path);
        StoredTensor scales = stored.get(path + SCALES);
        boolean fits = values != null && values.dtype() == DType.F8_E4M3 && scales != null;
        return fits ? new ScaledBlocks(values, scales, blockSize[0], blockSize[1]) : null;
    }

    /// Whether these are the values of a matrix `(out, in)`, with a scale for each block.
    boolean fits(Shape shape) {
        return shape.rank() == 2
                && scales.dtype().isFloat()
                && Arrays.equals(values.shape(), shape.sizes())
                && Arrays.equals(
                        scales.shape(), new long[] {blocks(shape.size(0), rows), blocks(shape.size(1), columns)});
    }

    private static long blocks(int size, int block) {
        return (size + block - 1) / block;
    }

    /// Whether bf16 holds every weight as it is, since a scale moves the exponent alone: so in files that say
    /// `scale_fmt: ue8m0`. Other weights have up to 28 bits, and become f32; who wants half of that asks for bf16.
    boolean scalesArePowersOfTwo() {
        var factors = new Span(scales.data(), scales.dtype());
        for (long i = 0; i < factors.count(); i++) {
            float scale = (float) factors.get(i);
            if ((Float.floatToRawIntBits(scale) & 0x807F_FFFF) != 0 || scale < 0x1p-100f || scale > 0x1p100f) {
                return false;
            }
        }
        return true;
    }

    /// Writes all values into `to` `(out, in)`.
    void widen(Tensor to) {
        int N = to.shape().size(0);
        int K = to.shape().size(1);
        var bytes = new Span(values.data(), DType.F8_E4M3);
        var factors = new Span(scales.data(), scales.dtype());
        long across = blocks(K, columns);
        Parallel.range(N, 8, (lo, hi) -> {
            for (int o = lo; o < hi; o++) {
                for (int i = 0; i < K; i++) {
                    long at = (long) o * K + i;
                    float scale = (float) factors.get(o / rows * across + i / columns);
                    to.memory().set(at, (float) bytes.get(at) * scale);
                }
            }
        });
    }
}
