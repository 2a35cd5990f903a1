package headway.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A typed run of native memory: what a kernel reads and writes.
///
/// The segment keeps its arena reachable and knows its bounds; kernels check those once at their entry
/// with [#require] and then compute addresses.
public record Span(MemorySegment segment, DType dtype) {
    /// Alignment of every allocation: one cache line, the widest vector.
    public static final long ALIGNMENT = 64;

    public Span {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "[span] memory lives on the Java heap; expected native memory: allocate it from an Arena");
        }
    }

    /// New zeroed memory for `count` elements.
    public static Span allocate(Arena arena, DType dtype, long count) {
        return new Span(arena.allocate(Math.max(1, Math.multiplyExact(count, dtype.bytes())), ALIGNMENT), dtype);
    }

    /// Address of element 0.
    public long address() {
        return segment.address();
    }

    /// Address of element `index`.
    public long address(long index) {
        return segment.address() + index * dtype.bytes();
    }

    /// Number of whole elements.
    public long count() {
        return segment.byteSize() / dtype.bytes();
    }

    /// Elements `first … first + count - 1`.
    public Span slice(long first, long count) {
        return new Span(segment.asSlice(first * dtype.bytes(), count * dtype.bytes()), dtype);
    }

    /// Element `index`, widened; checked.
    public double get(long index) {
        return dtype.get(address(java.util.Objects.checkIndex(index, count())));
    }

    /// Sets element `index`; checked.
    public void set(long index, double value) {
        dtype.put(address(java.util.Objects.checkIndex(index, count())), value);
    }

    /// Checks that memory is alive and holds at least `count` elements; a kernel's only protection,
    /// called once for each operand.
    public void require(String kernel, String operand, long count) {
        if (count < 0 || count > count()) {
            throw new IndexOutOfBoundsException("[%s] %s has %d elements of %s; the given sizes need %d"
                    .formatted(kernel, operand, count(), dtype, count));
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("[%s] memory of %s was already freed".formatted(kernel, operand));
        }
    }

    /// Checks a range of elements, `0 ≤ first ≤ end ≤ count()`, as [#require(String, String, long)]
    /// does for a size.
    public void requireRange(String kernel, String operand, long first, long end) {
        if (first < 0 || first > end) {
            throw new IndexOutOfBoundsException("[%s] range %d … %d of %s is not valid; expected 0 ≤ first ≤ end"
                    .formatted(kernel, first, end, operand));
        }
        require(kernel, operand, end);
    }

    /// Checks rows `r0 … r1 - 1` of `width` elements each, one after the other.
    public void requireRows(String kernel, String operand, int r0, int r1, int width) {
        if (r0 < 0 || r0 > r1 || width < 0) {
            throw new IndexOutOfBoundsException(
                    "[%s] rows %d … %d of width %d of %s are not valid; expected 0 ≤ first ≤ end and a width ≥ 0"
                            .formatted(kernel, r0, r1, width, operand));
        }
        require(kernel, operand, (long) r1 * width);
    }

    /// Checks that elements are of the type that a kernel reads without conversion.
    public void requireType(String kernel, String operand, DType expected) {
        if (dtype != expected) {
            throw new IllegalArgumentException(
                    "[%s] %s is %s; expected %s".formatted(kernel, operand, dtype, expected));
        }
    }
}
