package headway.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;

/// An operand under test between two zones of a known pattern, starting `offset` elements after an aligned address:
/// shows a kernel that writes outside what it was given.
public record Fenced(Span whole, Span span, long before) {
    private static final int ZONE = 96;
    private static final byte PATTERN = (byte) 0xA5;

    public static Fenced of(Arena arena, DType type, long count, int offset) {
        Span whole = Span.allocate(arena, type, count + offset + 2L * ZONE);
        whole.segment().fill(PATTERN);
        return new Fenced(whole, whole.slice(ZONE + offset, count), ZONE + offset);
    }

    /// The same filled with numbers in [-1, 1).
    public static Fenced random(Arena arena, DType type, long count, int offset, RandomGenerator random) {
        Fenced made = of(arena, type, count, offset);
        for (long i = 0; i < count; i++) {
            made.span.set(i, random.nextDouble(-1, 1));
        }
        return made;
    }

    /// Fails where the zones were written.
    public void assertIntact(String what) {
        long first = before * whole.dtype().bytes();
        long last = first + span.segment().byteSize();
        for (long i = 0; i < whole.segment().byteSize(); i++) {
            if (i < first || i >= last) {
                assertThat(Memory.i8(whole.address() + i))
                        .as("%s: byte %d outside [%d, %d)", what, i, first, last)
                        .isEqualTo(PATTERN);
            }
        }
    }
}
