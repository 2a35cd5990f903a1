package headway.kernels.convert;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.MemorySegment;

/// Changes the element type of a run of memory.
///
///     to[i] = (type of to) from[i]
///
/// | buffer | shape     | access |
/// |--------|-----------|--------|
/// | `to`   | `[i0,i1)` | write  |
/// | `from` | `[i0,i1)` | read   |
///
/// Floating-point results are rounded once, to nearest, ties to even, subnormal numbers included; too
/// large values become infinite, NaN stays NaN. Integer results lose their fraction and take the
/// nearest bound (I64, I32) or the low bits (I16, I8, U8) outside their range; BOOL is 1 for anything
/// but 0. The same type is copied bit by bit. I64 beyond ±2⁵³ is rounded to `double` on the way. Cost:
/// the bytes of both sides; memory-bound.
public final class ConvertKernel {
    private ConvertKernel() {}

    /// `to[i] = from[i]` for `i` in `[i0, i1)`, any pair of types; the memories must not overlap.
    public static void run(Span to, Span from, long i0, long i1) {
        to.requireRange("convert", "to", i0, i1);
        from.requireRange("convert", "from", i0, i1);
        if (to.dtype() == from.dtype()) {
            int bytes = to.dtype().bytes();
            MemorySegment.copy(from.segment(), i0 * bytes, to.segment(), i0 * bytes, (i1 - i0) * bytes);
        } else {
            reference(to, from, i0, i1);
        }
    }

    static void reference(Span to, Span from, long i0, long i1) {
        DType target = to.dtype();
        DType source = from.dtype();
        for (long i = i0; i < i1; i++) {
            target.put(to.address(i), source.get(from.address(i)));
        }
    }
}
