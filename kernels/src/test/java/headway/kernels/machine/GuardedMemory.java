package headway.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Memory between two pages that nobody may touch: a kernel that reads or writes one byte beside its operand ends the
/// process.
public final class GuardedMemory {
    private static final long PAGE = 4096;

    private GuardedMemory() {}

    /// `count` elements that end right before a forbidden page, or begin right behind one.
    @SuppressWarnings("restricted")
    public static Span allocate(Arena arena, DType type, long count, boolean atEnd) {
        long bytes = count * type.bytes();
        long inside = Math.max(PAGE, (bytes + PAGE - 1) / PAGE * PAGE);
        try {
            MethodHandle mmap = ExecutableMemory.function(
                    "mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
            MethodHandle mprotect = ExecutableMemory.function("mprotect", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
            MethodHandle munmap = ExecutableMemory.function("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
            long all = inside + 2 * PAGE;
            MemorySegment pages = (MemorySegment) mmap.invoke(MemorySegment.NULL, all, 0, 0x22, -1, 0L);
            MemorySegment owned = pages.reinterpret(all, arena, p -> {
                try {
                    int _ = (int) munmap.invoke(p, all);
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            });
            MemorySegment middle = owned.asSlice(PAGE, inside);
            if ((int) mprotect.invoke(middle, inside, 3) != 0) {
                throw new AssertionError("mprotect failed");
            }
            return new Span(middle.asSlice(atEnd ? inside - bytes : 0, bytes), type);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
