package headway.kernels.gemm;

import static headway.kernels.simd.Simd.F;
import static headway.kernels.simd.Simd.I;
import static headway.kernels.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.simd.LaneSum;
import headway.kernels.simd.Tail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Scalar products of one weight row with one or four rows of x, for [MatVecKernel] on vector lanes.
///
/// The order of summation is the same for one row and for four: lanes in two accumulators, then the
/// tail in order. So a row's result does not depend on its neighbours. One method for each type,
/// because a vector that comes out of a branch is boxed; the widening of [headway.kernels.simd.Widen]
/// is written out, because own methods are not always inlined into one this large.
final class MatVecRows {
    private static final VectorOperators.Conversion<Short, Integer> S2I = ZERO_EXTEND_S2I;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));
    private static final IntVector MAGNITUDE = IntVector.broadcast(I, 0x7FFF);
    private static final IntVector SIGN = IntVector.broadcast(I, 0x8000);
    private static final IntVector INFINITE = IntVector.broadcast(I, 0x7F80_0000);
    private static final IntVector SPECIAL = IntVector.broadcast(I, 0x7C00 << 13);
    private static final FloatVector REBIAS = FloatVector.broadcast(F, 0x1p112f);
    private static final long SLOT = Tail.SLOT;
    private static final long STEP = 4L * LANES;
    private static final long HALF_STEP = 2L * LANES;

    private MatVecRows() {}

    /// Sums of `x · w` by lanes, to the slot `to`; [#sum] makes them one number.
    static void one(long to, long x, long w, DType type, int K) {
        int bound = K - K % LANES;
        if (type == DType.F32) {
            oneF32(to, x, w, bound);
        } else if (type == DType.BF16) {
            oneBf16(to, x, w, bound);
        } else {
            oneF16(to, x, w, bound);
        }
    }

    /// The same for four rows of x, contiguous, to four slots.
    static void four(long to, long x, long w, DType type, int K) {
        int bound = K - K % LANES;
        if (type == DType.F32) {
            fourF32(to, x, 4L * K, w, bound);
        } else if (type == DType.BF16) {
            fourBf16(to, x, 4L * K, w, bound);
        } else {
            fourF16(to, x, 4L * K, w, bound);
        }
    }

    /// `x · w` from the sums by lanes and what is left after the last whole vector.
    static float sum(long lanes, long x, long w, DType type, int K) {
        float sum = LaneSum.at(lanes);
        for (int k = K - K % LANES; k < K; k++) {
            sum = Math.fma(Memory.f32(x + 4L * k), (float) type.get(w + (long) k * type.bytes()), sum);
        }
        return sum;
    }

    private static void oneF32(long to, long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            FloatVector w1 = FloatVector.fromMemorySegment(F, Memory.ALL, w + STEP, Memory.ORDER);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            x += 2 * STEP;
            w += 2 * STEP;
        }
        if (k < K) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
        }
        s0.add(s1).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
    }

    private static void fourF32(long to, long x, long rowX, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = FloatVector.zero(F);
        FloatVector t2 = FloatVector.zero(F);
        FloatVector t3 = FloatVector.zero(F);
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
            FloatVector w1 = FloatVector.fromMemorySegment(F, Memory.ALL, w + STEP, Memory.ORDER);
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, t0);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX + STEP, Memory.ORDER)
                    .fma(w1, t1);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t2);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t3);
            x += 2 * STEP;
            w += 2 * STEP;
        }
        if (k < K) {
            FloatVector w0 = FloatVector.fromMemorySegment(F, Memory.ALL, w, Memory.ORDER);
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
        }
        s0.add(t0).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
        s1.add(t1).intoMemorySegment(Memory.ALL, to + SLOT, Memory.ORDER);
        s2.add(t2).intoMemorySegment(Memory.ALL, to + 2 * SLOT, Memory.ORDER);
        s3.add(t3).intoMemorySegment(Memory.ALL, to + 3 * SLOT, Memory.ORDER);
    }

    private static void oneBf16(long to, long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            FloatVector w0 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            FloatVector w1 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w + HALF_STEP, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            x += 2 * STEP;
            w += 2 * HALF_STEP;
        }
        if (k < K) {
            FloatVector w0 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
        }
        s0.add(s1).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
    }

    private static void fourBf16(long to, long x, long rowX, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = FloatVector.zero(F);
        FloatVector t2 = FloatVector.zero(F);
        FloatVector t3 = FloatVector.zero(F);
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            FloatVector w0 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
            FloatVector w1 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w + HALF_STEP, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, t0);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX + STEP, Memory.ORDER)
                    .fma(w1, t1);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t2);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t3);
            x += 2 * STEP;
            w += 2 * HALF_STEP;
        }
        if (k < K) {
            FloatVector w0 = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                            .convertShape(S2I, I, 0))
                    .lanewise(LSHL, 16)
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
        }
        s0.add(t0).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
        s1.add(t1).intoMemorySegment(Memory.ALL, to + SLOT, Memory.ORDER);
        s2.add(t2).intoMemorySegment(Memory.ALL, to + 2 * SLOT, Memory.ORDER);
        s3.add(t3).intoMemorySegment(Memory.ALL, to + 3 * SLOT, Memory.ORDER);
    }

    private static void oneF16(long to, long x, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            IntVector w0Bits = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                    .convertShape(S2I, I, 0));
            IntVector w0Size = w0Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w0 = w0Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w0Size.lanewise(OR, INFINITE), w0Size.compare(GE, SPECIAL))
                    .lanewise(OR, w0Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            IntVector w1Bits =
                    ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w + HALF_STEP, Memory.ORDER)
                            .convertShape(S2I, I, 0));
            IntVector w1Size = w1Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w1 = w1Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w1Size.lanewise(OR, INFINITE), w1Size.compare(GE, SPECIAL))
                    .lanewise(OR, w1Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, s1);
            x += 2 * STEP;
            w += 2 * HALF_STEP;
        }
        if (k < K) {
            IntVector w0Bits = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                    .convertShape(S2I, I, 0));
            IntVector w0Size = w0Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w0 = w0Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w0Size.lanewise(OR, INFINITE), w0Size.compare(GE, SPECIAL))
                    .lanewise(OR, w0Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
        }
        s0.add(s1).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
    }

    private static void fourF16(long to, long x, long rowX, long w, int K) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        FloatVector t0 = FloatVector.zero(F);
        FloatVector t1 = FloatVector.zero(F);
        FloatVector t2 = FloatVector.zero(F);
        FloatVector t3 = FloatVector.zero(F);
        int k = 0;
        for (; k + 2 * LANES <= K; k += 2 * LANES) {
            IntVector w0Bits = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                    .convertShape(S2I, I, 0));
            IntVector w0Size = w0Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w0 = w0Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w0Size.lanewise(OR, INFINITE), w0Size.compare(GE, SPECIAL))
                    .lanewise(OR, w0Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
            IntVector w1Bits =
                    ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w + HALF_STEP, Memory.ORDER)
                            .convertShape(S2I, I, 0));
            IntVector w1Size = w1Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w1 = w1Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w1Size.lanewise(OR, INFINITE), w1Size.compare(GE, SPECIAL))
                    .lanewise(OR, w1Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            t0 = FloatVector.fromMemorySegment(F, Memory.ALL, x + STEP, Memory.ORDER)
                    .fma(w1, t0);
            t1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX + STEP, Memory.ORDER)
                    .fma(w1, t1);
            t2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t2);
            t3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX + STEP, Memory.ORDER)
                    .fma(w1, t3);
            x += 2 * STEP;
            w += 2 * HALF_STEP;
        }
        if (k < K) {
            IntVector w0Bits = ((IntVector) ShortVector.fromMemorySegment(SHORTS, Memory.ALL, w, Memory.ORDER)
                    .convertShape(S2I, I, 0));
            IntVector w0Size = w0Bits.lanewise(AND, MAGNITUDE).lanewise(LSHL, 13);
            FloatVector w0 = w0Size.reinterpretAsFloats()
                    .mul(REBIAS)
                    .reinterpretAsInts()
                    .blend(w0Size.lanewise(OR, INFINITE), w0Size.compare(GE, SPECIAL))
                    .lanewise(OR, w0Bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            s0 = FloatVector.fromMemorySegment(F, Memory.ALL, x, Memory.ORDER).fma(w0, s0);
            s1 = FloatVector.fromMemorySegment(F, Memory.ALL, x + rowX, Memory.ORDER)
                    .fma(w0, s1);
            s2 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 2 * rowX, Memory.ORDER)
                    .fma(w0, s2);
            s3 = FloatVector.fromMemorySegment(F, Memory.ALL, x + 3 * rowX, Memory.ORDER)
                    .fma(w0, s3);
        }
        s0.add(t0).intoMemorySegment(Memory.ALL, to, Memory.ORDER);
        s1.add(t1).intoMemorySegment(Memory.ALL, to + SLOT, Memory.ORDER);
        s2.add(t2).intoMemorySegment(Memory.ALL, to + 2 * SLOT, Memory.ORDER);
        s3.add(t3).intoMemorySegment(Memory.ALL, to + 3 * SLOT, Memory.ORDER);
    }
}
