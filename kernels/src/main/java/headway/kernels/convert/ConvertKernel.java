package headway.kernels.convert;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Simd;
import headway.kernels.simd.Widen;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

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
        convert(to, i0, from, i0, i1 - i0);
    }

    /// `to[first + i] = from[source + i]` for `i` in `[0, count)`: as [#run(Span, Span, long, long)],
    /// at two places.
    public static void run(Span to, long first, Span from, long source, long count) {
        to.requireRange("convert", "to", first, first + count);
        from.requireRange("convert", "from", source, source + count);
        convert(to, first, from, source, count);
    }

    private static void convert(Span to, long first, Span from, long source, long count) {
        DType target = to.dtype();
        if (target == from.dtype()) {
            long bytes = target.bytes();
            MemorySegment.copy(from.segment(), source * bytes, to.segment(), first * bytes, count * bytes);
        } else if (Tier.machine() && MachineConvert.knows(target, from.dtype())) {
            long done = MachineConvert.run(target, to.address(first), from.dtype(), from.address(source), count);
            reference(to, first + done, from, source + done, count - done);
        } else if (Tier.vectors() && from.dtype() == DType.F32 && target == DType.BF16) {
            Vectorized.floatToBf16(to.address(first), from.address(source), count);
        } else if (Tier.vectors() && from.dtype() == DType.BF16 && target == DType.F32) {
            Vectorized.bf16ToFloat(to.address(first), from.address(source), count);
        } else if (Tier.vectors() && from.dtype() == DType.F32 && target == DType.F16) {
            Vectorized.floatToFloat16(to.address(first), from.address(source), count);
        } else if (Tier.vectors() && from.dtype() == DType.F16 && target == DType.F32) {
            Vectorized.float16ToFloat(to.address(first), from.address(source), count);
        } else {
            reference(to, first, from, source, count);
        }
    }

    /// `to[i] = from[i]` by address, from `type` (bf16, f16, f32) to f32, for kernels that pack; nothing is checked.
    public static void widen(long to, long from, DType type, int count) {
        int i = 0;
        if (type == DType.F32) {
            MemorySegment.copy(Memory.ALL, from, Memory.ALL, to, 4L * count);
            return;
        }
        if (Tier.machine()) {
            i = (int) MachineConvert.run(DType.F32, to, type, from, count);
        } else if (Tier.vectors()) {
            i = Vectorized.widen(to, from, type, count);
        }
        for (; i < count; i++) {
            Memory.f32(to + 4L * i, (float) type.get(from + (long) i * type.bytes()));
        }
    }

    static void reference(Span to, long first, Span from, long source, long count) {
        for (long i = 0; i < count; i++) {
            to.dtype().put(to.address(first + i), from.dtype().get(from.address(source + i)));
        }
    }

    /// Same contract, bit for bit, on integer lanes. The float16 loops use the JDK's conversions,
    /// which the compiler turns into the processor's instructions: there are no float16 lanes in the
    /// Vector API of JDK 25.
    static final class Vectorized {
        private static final VectorSpecies<Short> S =
                VectorSpecies.of(short.class, VectorShape.forBitSize(Simd.F.vectorBitSize() / 2));
        private static final int STEP = Simd.LANES;

        static void floatToBf16(long to, long from, long n) {
            long i = 0;
            for (; i <= n - STEP; i += STEP) {
                IntVector bits = IntVector.fromMemorySegment(Simd.I, Memory.ALL, from + 4 * i, Memory.ORDER);
                // Ties to even: add half a unit, less one where the last kept bit is 0.
                IntVector kept = bits.lanewise(VectorOperators.LSHR, 16);
                IntVector rounded = bits.add(kept.and(1)).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
                var nan = bits.and(0x7FFF_FFFF).compare(VectorOperators.GT, 0x7F80_0000);
                rounded.blend(kept.or(0x40), nan)
                        .convertShape(VectorOperators.I2S, S, 0)
                        .intoMemorySegment(Memory.ALL, to + 2 * i, Memory.ORDER);
            }
            for (; i < n; i++) {
                Memory.i16(to + 2 * i, DType.floatToBf16(Memory.f32(from + 4 * i)));
            }
        }

        static void bf16ToFloat(long to, long from, long n) {
            long i = 0;
            for (; i <= n - STEP; i += STEP) {
                ShortVector bits = ShortVector.fromMemorySegment(S, Memory.ALL, from + 2 * i, Memory.ORDER);
                IntVector wide = (IntVector) bits.convertShape(VectorOperators.S2I, Simd.I, 0);
                wide.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(Memory.ALL, to + 4 * i, Memory.ORDER);
            }
            for (; i < n; i++) {
                Memory.f32(to + 4 * i, DType.bf16ToFloat(Memory.i16(from + 2 * i)));
            }
        }

        /// Whole vectors; returns how many elements that were. A loop for each type: a vector that comes from one of
        /// two
        /// places is boxed.
        static int widen(long to, long from, DType type, int count) {
            int i = 0;
            if (type == DType.BF16) {
                for (; i + STEP <= count; i += STEP) {
                    Widen.bf16(from + 2L * i).intoMemorySegment(Memory.ALL, to + 4L * i, Memory.ORDER);
                }
            } else {
                for (; i + STEP <= count; i += STEP) {
                    Widen.f16(from + 2L * i).intoMemorySegment(Memory.ALL, to + 4L * i, Memory.ORDER);
                }
            }
            return i;
        }

        static void floatToFloat16(long to, long from, long n) {
            for (long i = 0; i < n; i++) {
                Memory.i16(to + 2 * i, Float.floatToFloat16(Memory.f32(from + 4 * i)));
            }
        }

        static void float16ToFloat(long to, long from, long n) {
            for (long i = 0; i < n; i++) {
                Memory.f32(to + 4 * i, Float.float16ToFloat(Memory.i16(from + 2 * i)));
            }
        }
    }
}
