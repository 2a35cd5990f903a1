package headway.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A typed run of native memory: what a kernel reads and writes.
///
/// The segment keeps its arena reachable and knows its bounds; kernels check those once at their entry with
/// [#require] and then compute addresses.
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

    /// Checks that memory is alive and holds at least `count` elements; a kernel's only protection, called once
    /// for
    /// each operand.
    public void require(String kernel, String operand, long count) {
        if (count < 0 || count > count()) {
            throw new IndexOutOfBoundsException("[%s] %s has %d elements of %s; the given sizes need %d"
                    .formatted(kernel, operand, count(), dtype, count));
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("[%s] memory of %s was already freed".formatted(kernel, operand));
        }
    }
}
