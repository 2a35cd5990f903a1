package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A run of native memory that holds blocks: what a kernel reads of a quantized matrix. A row of a matrix begins with
/// a block of its own.
public record BlockSpan(MemorySegment segment, BlockType type) {
    public BlockSpan {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "[quantized] memory lives on the Java heap; expected native memory: allocate it from an Arena");
        }
    }

    /// New memory for `count` values.
    public static BlockSpan allocate(Arena arena, BlockType type, long count) {
        return new BlockSpan(arena.allocate(Math.max(1, type.bytes(count)), Span.ALIGNMENT), type);
    }

    /// Rows `first … first + rows - 1` of a matrix with rows of `width` values, in the same memory.
    public BlockSpan part(long first, long rows, int width) {
        long bytes = type.bytes(width);
        return new BlockSpan(segment.asSlice(first * bytes, rows * bytes), type);
    }

    /// Address of the row `row` of a matrix with rows of `width` values.
    public long address(long row, int width) {
        return segment.address() + row * type.bytes(width);
    }

    /// Checks that memory is alive and holds `rows` rows of `width` values.
    public void require(String kernel, String operand, long rows, int width) {
        if (width < 0 || width % type.size() != 0) {
            throw new IllegalArgumentException("[%s] rows of %s have %d values; %s has blocks of %d, which do not fit"
                    .formatted(kernel, operand, width, type, type.size()));
        }
        long needed = rows < 0 ? -1 : Math.multiplyExact(rows, type.bytes(width));
        if (needed < 0 || needed > segment.byteSize()) {
            throw new IndexOutOfBoundsException("[%s] %s has %d bytes of %s; %d rows of %d values need %d"
                    .formatted(kernel, operand, segment.byteSize(), type, rows, width, needed));
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("[%s] memory of %s was already freed".formatted(kernel, operand));
        }
    }

    /// Writes rows `r0 … r1 - 1` of `width` values as f32 to `to`, from its element `first` on. Exact: each value is
    /// what the format defines, rounded as its own library rounds.
    public void dequantize(Span to, long first, int width, int r0, int r1) {
        java.util.Objects.checkFromToIndex(r0, r1, Integer.MAX_VALUE);
        require("dequantize", "rows", r1, width);
        to.requireType("dequantize", "to", DType.F32);
        to.requireRange("dequantize", "to", first, first + (long) (r1 - r0) * width);
        type.dequantize(to.address(first), address(r0, width), (long) (r1 - r0) * width / type.size());
    }
}
