package headway.kernels.gemm;

import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Rows;

/// How fast memory can be read at all: one pass over it with as little arithmetic as the reading needs. The roof that
/// decoding is held against.
///
/// Cost: 4 bytes and one addition an element.
public final class ReadPeak {
    private ReadPeak() {}

    /// Reads elements `[i0, i1)` of `x`, `F32`, and returns their sum, which says that they were read, added up in
    /// whatever order is fastest.
    public static float read(Span x, long i0, long i1) {
        x.requireRange("read", "x", i0, i1);
        return Tier.vectors() ? Rows.sum(x.address(i0), i1 - i0) : reference(x.address(i0), i1 - i0);
    }

    static float reference(long x, long count) {
        float sum = 0;
        for (long i = 0; i < count; i++) {
            sum += Memory.f32(x + 4 * i);
        }
        return sum;
    }
}
