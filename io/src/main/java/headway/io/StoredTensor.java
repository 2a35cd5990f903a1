package headway.io;

import headway.kernels.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A tensor as it lies in a file: row-major, little-endian, possibly at an address that is not aligned.
///
/// The segment belongs to the file it came from and dies with it.
///
/// @param name path in the checkpoint, such as `model.layers.3.self_attn.q_proj.weight`
/// @param dtype element type
/// @param shape axis lengths, empty for a scalar
/// @param data exactly the elements' bytes
public record StoredTensor(String name, DType dtype, long[] shape, MemorySegment data) {
    public StoredTensor {
        shape = shape.clone();
        long bytes;
        try {
            bytes = bytes(dtype, shape);
        } catch (ArithmeticException e) {
            throw new SafetensorsException(
                    "[safetensors] tensor '%s': shape %s of %s has a negative or overflowing size"
                            .formatted(name, Arrays.toString(shape), dtype));
        }
        if (bytes != data.byteSize()) {
            throw new SafetensorsException(
                    "[safetensors] tensor '%s': shape %s of %s takes %d bytes, the memory given has %d"
                            .formatted(name, Arrays.toString(shape), dtype, bytes, data.byteSize()));
        }
    }

    /// Number of elements.
    public long count() {
        return data.byteSize() / dtype.bytes();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /// Name, type and shape, as errors print them: `wte.weight F32 [50257, 768]`.
    @Override
    public String toString() {
        return "%s %s %s".formatted(name, dtype, Arrays.toString(shape));
    }

    /// Bytes of a tensor of this type and shape.
    ///
    /// @throws ArithmeticException when an axis is negative or the product exceeds a `long`
    static long bytes(DType dtype, long[] shape) {
        long bytes = dtype.bytes();
        for (long axis : shape) {
            if (axis < 0) {
                throw new ArithmeticException("negative axis");
            }
            bytes = Math.multiplyExact(bytes, axis);
        }
        return bytes;
    }
}
