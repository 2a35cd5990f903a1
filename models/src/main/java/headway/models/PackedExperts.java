package headway.models;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.quantized.BlockSpan;
import headway.kernels.quantized.BlockType;
import headway.tensor.Parallel;
import headway.tensor.QuantizedMatrix;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0F0F_0F0F_0F0F_0F0FL;
    private static final long EVEN = 0x00FF_00FF_00FF_00FFL;
    private static final float[] TABLE = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6};

    /// What the file holds of the tensor `path` in this form; null where it does not.
    static PackedExperts of(Map<String, StoredTensor> stored, String path) {
        StoredTensor blocks = stored.get(path + BLOCKS);
        StoredTensor scales = stored.get(path + SCALES);
        return blocks == null || scales == null ? null : new PackedExperts(blocks, scales);
    }

    /// Whether the blocks are those of matrices `(out, in)`, one for each of `experts`.
    boolean fits(int experts, int out, int in) {
        if (blocks.dtype() != DType.U8 || scales.dtype() != DType.U8) {
            return false;
        }
        long[] wanted = {experts, out, in / 32, 16};
        return in % 32 == 0
                && Arrays.equals(blocks.shape(), wanted)
                && Arrays.equals(scales.shape(), Arrays.copyOf(wanted, 3));
    }

    /// The matrices of all experts, one below the other, in blocks that kernels read. The file has scales apart
    /// from blocks, and neighbours in one byte where [BlockType#MXFP4] has values that are sixteen apart; so they
    /// cannot stay as they lie, and get memory of their own, of the same size.
    ///
    /// @param shape `(experts, out, in)`
    QuantizedMatrix matrix(Arena arena, Shape shape) {
        BlockSpan to = BlockSpan.allocate(arena, BlockType.MXFP4, shape.count());
        int rows = Math.multiplyExact(shape.size(0), shape.size(1));
        int across = shape.size(2) / BlockType.MXFP4.size();
        Parallel.range(rows, 64, (lo, hi) -> {
            for (long b = (long) lo * across; b < (long) hi * across; b++) {
                turn(to.segment(), b);
            }
        });
        return new QuantizedMatrix(to, Shape.of("out", rows, "in", shape.size(2)));
    }

    /// Block `b`: its scale, then values 0 … 15 in the low halves of sixteen bytes and 16 … 31 in the high ones.
    private void turn(MemorySegment to, long b) {
        long first = blocks.data().get(WORD, 16 * b);
        long second = blocks.data().get(WORD, 16 * b + 8);
        long even = first & LOW | (second & LOW) << 4;
        long odd = first >>> 4 & LOW | second & ~LOW;
        to.set(JAVA_BYTE, 17 * b, scales.data().get(JAVA_BYTE, b));
        to.set(WORD, 17 * b + 1, Long.expand(even, EVEN) | Long.expand(odd, ~EVEN));
        to.set(WORD, 17 * b + 9, Long.expand(even >>> 32, EVEN) | Long.expand(odd >>> 32, ~EVEN));
    }

    /// Writes all values into `to` `(experts, in, out)`: for training, and where a type of plain elements is asked for.
    void widen(Tensor to) {
        int E = to.shape().size(0);
        int K = to.shape().size(1);
        int N = to.shape().size(2);
        Parallel.range(E * N, 16, (lo, hi) -> {
            for (int row = lo; row < hi; row++) {
                for (int k = 0; k < K; k++) {
                    long block = ((long) row * K + k) / 32;
                    int pair = blocks.data().get(JAVA_BYTE, block * 16 + k % 32 / 2);
                    int scale = scales.data().get(JAVA_BYTE, block) & 0xff;
                    float value = TABLE[k % 2 == 0 ? pair & 15 : pair >> 4 & 15];
                    to.memory().set(((long) (row / N) * K + k) * N + row % N, Math.scalb(value, scale - 127));
                }
            }
        });
    }
}
