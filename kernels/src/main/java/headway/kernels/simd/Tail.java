package headway.kernels.simd;

import headway.kernels.Memory;
import java.lang.foreign.Arena;

/// Where the last, partial vector of a range is computed: its elements are copied to a place of their
/// own, a whole vector runs there, and the elements are copied back.
///
/// So a loop has one body, of whole vectors: a second, masked one would double what C2 must inline (it
/// boxes vectors beyond its limit), and masked loads run in slow Java code where the processor has
/// none (ARM without SVE). Lanes past the end hold leftovers, which no other lane sees. The memory is
/// a few vectors for each thread, got once.
public final class Tail {
    private static final int SLOTS = 8;
    private static final int SLOT_BYTES = 64;

    private static final ThreadLocal<Long> ADDRESS = ThreadLocal.withInitial(() -> {
        // From the global arena: the address outlives every use, and threads that compute are few and
        // long-lived.
        return Arena.global().allocate((long) SLOTS * SLOT_BYTES, SLOT_BYTES).address();
    });

    /// Bytes from one slot to the next.
    public static final long SLOT = SLOT_BYTES;

    private Tail() {}

    /// Address of this thread's first slot; slot `i` of one vector each is at `+ i·SLOT`.
    public static long slots() {
        return ADDRESS.get();
    }

    /// Copies `count` floats, fewer than a vector.
    public static void copy(long to, long from, int count) {
        for (long i = 0; i < 4L * count; i += 4) {
            Memory.f32(to + i, Memory.f32(from + i));
        }
    }
}
