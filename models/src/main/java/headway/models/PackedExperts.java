package headway.models;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/// Weights of experts that a safetensors file holds as MXFP4: 32 values a block, two to a byte, the first in the low
/// half, with a scale of two to a power. [OCP MX
/// v1.0](https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf).
///
///     value = 2^(scale - 127) · table[nibble]
///
/// @param blocks `(experts, out, in/32, 16)` bytes
/// @param scales `(experts, out, in/32)` bytes
record PackedExperts(StoredTensor blocks, StoredTensor scales) {
    static final String BLOCKS = "_blocks";
    static final String SCALES = "_scales";
    private static final float[] TABLE = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6};

    /// What the file holds of the tensor `path` in this form; null where it does not.
    static PackedExperts of(Map<String, StoredTensor> stored, String path) {
        StoredTensor blocks = stored.get(path + BLOCKS);
        StoredTensor scales = stored.get(path + SCALES);
        return blocks == null || scales == null ? null : new PackedExperts(blocks, scales);
    }

    /// Whether the blocks are those of a tensor `(experts, in, out)`.
    boolean fits(Shape shape) {
        if (shape.rank() != 3 || blocks.dtype() != DType.U8 || scales.dtype() != DType.U8) {
            return false;
        }
        long[] wanted = {shape.size(0), shape.size(2), shape.size(1) / 32, 16};
        return shape.size(1) % 32 == 0
                && Arrays.equals(blocks.shape(), wanted)
                && Arrays.equals(scales.shape(), Arrays.copyOf(wanted, 3));
    }

    /// Writes all values into `to` `(experts, in, out)`.
    void widen(Tensor to) {
        int E = to.shape().size(0);
        int K = to.shape().size(1);
        int N = to.shape().size(2);
        headway.tensor.Parallel.range(E * N, 16, (lo, hi) -> {
            for (int row = lo; row < hi; row++) {
                for (int k = 0; k < K; k++) {
                    long block = ((long) row * K + k) / 32;
                    int pair = blocks.data().get(java.lang.foreign.ValueLayout.JAVA_BYTE, block * 16 + k % 32 / 2);
                    int scale = scales.data().get(java.lang.foreign.ValueLayout.JAVA_BYTE, block) & 0xff;
                    float value = TABLE[k % 2 == 0 ? pair & 15 : pair >> 4 & 15];
                    to.memory().set(((long) (row / N) * K + k) * N + row % N, Math.scalb(value, scale - 127));
                }
            }
        });
    }
}
