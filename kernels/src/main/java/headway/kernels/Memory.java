package headway.kernels;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Memory by absolute address, for the inner loops of kernels.
///
/// [#ALL] is one constant segment over the whole address space: its bounds and its scope are
/// constants, so that the compiler folds every check away and each kernel sees a single kind of
/// memory. Nothing here checks anything: a kernel's entry calls [Span#require] for each operand first.
public final class Memory {
    /// The whole address space.
    @SuppressWarnings("restricted")
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /// Byte order of vectors in memory.
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Memory() {}

    public static double f64(long address) {
        return ALL.get(JAVA_DOUBLE_UNALIGNED, address);
    }

    public static void f64(long address, double value) {
        ALL.set(JAVA_DOUBLE_UNALIGNED, address, value);
    }

    public static float f32(long address) {
        return ALL.get(JAVA_FLOAT_UNALIGNED, address);
    }

    public static void f32(long address, float value) {
        ALL.set(JAVA_FLOAT_UNALIGNED, address, value);
    }

    public static long i64(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    public static void i64(long address, long value) {
        ALL.set(JAVA_LONG_UNALIGNED, address, value);
    }

    public static int i32(long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address);
    }

    public static void i32(long address, int value) {
        ALL.set(JAVA_INT_UNALIGNED, address, value);
    }

    public static short i16(long address) {
        return ALL.get(JAVA_SHORT_UNALIGNED, address);
    }

    public static void i16(long address, short value) {
        ALL.set(JAVA_SHORT_UNALIGNED, address, value);
    }

    public static byte i8(long address) {
        return ALL.get(JAVA_BYTE, address);
    }

    public static void i8(long address, byte value) {
        ALL.set(JAVA_BYTE, address, value);
    }
}
