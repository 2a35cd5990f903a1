package headway.kernels.simd;

import static headway.kernels.simd.Simd.F;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;

/// [TileKernel#panel] on vector lanes, and the tile of packed operands that GEMM is made of. Loaded by the vector tier
/// alone.
///
/// What keeps the vectors in registers, found by measuring:
///
/// - Accumulators are locals of one static method; a vector that crosses a call that was not inlined
/// is boxed.
/// - The JDK's methods are called directly. They are always inlined, whereas own methods, one line
/// long as they   may be, are not once the compiler has counted 18,000 nodes: with [Simd#load] and
/// [Simd#store] here, each   call allocated 16 boxes, which cost as much as 30 steps of the loop.
/// - Starting values are loaded, never chosen by a branch.
///
/// Four rows of four vectors need 21 registers (AVX-512 has 32), four of two need 11 (AVX2 has 16).
public final class TileLanes {
    /// Rows of a tile.
    public static final int ROWS = 4;

    /// Vectors in a row of the widest tile that fits the registers of this width.
    private static final int VECTORS = Simd.LANES == 16 ? 4 : 2;

    /// Columns of the widest tile.
    public static final int COLUMNS = VECTORS * Simd.LANES;

    private static final long STEP = (long) Simd.LANES * Float.BYTES;

    private TileLanes() {}

    /// The widest tile of packed operands: `A` is a panel `(K, ROWS)`, `B` a panel `(K, COLUMNS)`,
    /// without gaps.
    public static void packed(long c, long rowC, long from, long rowFrom, long a, long b, int K) {
        if (VECTORS == 4) {
            four(c, rowC, from, rowFrom, a, 4, 4 * ROWS, b, 4L * COLUMNS, K);
        } else {
            two(c, rowC, from, rowFrom, a, 4, 4 * ROWS, b, 4L * COLUMNS, K);
        }
    }

    static void panel(
            long c,
            long rowC,
            long from,
            long rowFrom,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns) {
        int vectors = columns / Simd.LANES;
        int n = 0;
        while (n < vectors) {
            long at = n * STEP;
            int width = Math.min(VECTORS, vectors - n) >= 4 ? 4 : vectors - n >= 2 ? 2 : 1;
            for (int i = 0; i < rows; i += ROWS) {
                long ci = c + i * rowC + at;
                long fi = from + i * rowFrom + at;
                long ai = a + i * rowA;
                switch (width) {
                    case 4 -> four(ci, rowC, fi, rowFrom, ai, rowA, stepA, b + at, stepB, K);
                    case 2 -> two(ci, rowC, fi, rowFrom, ai, rowA, stepA, b + at, stepB, K);
                    default -> one(ci, rowC, fi, rowFrom, ai, rowA, stepA, b + at, stepB, K);
                }
            }
            n += width;
        }
    }

    static void four(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        FloatVector c00 = FloatVector.fromMemorySegment(F, Memory.ALL, from, Memory.ORDER);
        FloatVector c01 = FloatVector.fromMemorySegment(F, Memory.ALL, from + STEP, Memory.ORDER);
        FloatVector c02 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * STEP, Memory.ORDER);
        FloatVector c03 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * STEP, Memory.ORDER);
        FloatVector c10 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom, Memory.ORDER);
        FloatVector c11 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom + STEP, Memory.ORDER);
        FloatVector c12 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom + 2 * STEP, Memory.ORDER);
        FloatVector c13 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom + 3 * STEP, Memory.ORDER);
        FloatVector c20 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom, Memory.ORDER);
        FloatVector c21 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom + STEP, Memory.ORDER);
        FloatVector c22 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom + 2 * STEP, Memory.ORDER);
        FloatVector c23 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom + 3 * STEP, Memory.ORDER);
        FloatVector c30 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom, Memory.ORDER);
        FloatVector c31 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom + STEP, Memory.ORDER);
        FloatVector c32 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom + 2 * STEP, Memory.ORDER);
        FloatVector c33 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom + 3 * STEP, Memory.ORDER);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = FloatVector.fromMemorySegment(F, Memory.ALL, b, Memory.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(F, Memory.ALL, b + STEP, Memory.ORDER);
            FloatVector b2 = FloatVector.fromMemorySegment(F, Memory.ALL, b + 2 * STEP, Memory.ORDER);
            FloatVector b3 = FloatVector.fromMemorySegment(F, Memory.ALL, b + 3 * STEP, Memory.ORDER);
            FloatVector a0 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a));
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            c02 = a0.fma(b2, c02);
            c03 = a0.fma(b3, c03);
            FloatVector a1 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + rowA));
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            FloatVector a2 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 2 * rowA));
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            FloatVector a3 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 3 * rowA));
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            a += stepA;
            b += stepB;
        }
        c00.intoMemorySegment(Memory.ALL, c, Memory.ORDER);
        c01.intoMemorySegment(Memory.ALL, c + STEP, Memory.ORDER);
        c02.intoMemorySegment(Memory.ALL, c + 2 * STEP, Memory.ORDER);
        c03.intoMemorySegment(Memory.ALL, c + 3 * STEP, Memory.ORDER);
        c10.intoMemorySegment(Memory.ALL, c + rowC, Memory.ORDER);
        c11.intoMemorySegment(Memory.ALL, c + rowC + STEP, Memory.ORDER);
        c12.intoMemorySegment(Memory.ALL, c + rowC + 2 * STEP, Memory.ORDER);
        c13.intoMemorySegment(Memory.ALL, c + rowC + 3 * STEP, Memory.ORDER);
        c20.intoMemorySegment(Memory.ALL, c + 2 * rowC, Memory.ORDER);
        c21.intoMemorySegment(Memory.ALL, c + 2 * rowC + STEP, Memory.ORDER);
        c22.intoMemorySegment(Memory.ALL, c + 2 * rowC + 2 * STEP, Memory.ORDER);
        c23.intoMemorySegment(Memory.ALL, c + 2 * rowC + 3 * STEP, Memory.ORDER);
        c30.intoMemorySegment(Memory.ALL, c + 3 * rowC, Memory.ORDER);
        c31.intoMemorySegment(Memory.ALL, c + 3 * rowC + STEP, Memory.ORDER);
        c32.intoMemorySegment(Memory.ALL, c + 3 * rowC + 2 * STEP, Memory.ORDER);
        c33.intoMemorySegment(Memory.ALL, c + 3 * rowC + 3 * STEP, Memory.ORDER);
    }

    static void two(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        FloatVector c00 = FloatVector.fromMemorySegment(F, Memory.ALL, from, Memory.ORDER);
        FloatVector c01 = FloatVector.fromMemorySegment(F, Memory.ALL, from + STEP, Memory.ORDER);
        FloatVector c10 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom, Memory.ORDER);
        FloatVector c11 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom + STEP, Memory.ORDER);
        FloatVector c20 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom, Memory.ORDER);
        FloatVector c21 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom + STEP, Memory.ORDER);
        FloatVector c30 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom, Memory.ORDER);
        FloatVector c31 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom + STEP, Memory.ORDER);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = FloatVector.fromMemorySegment(F, Memory.ALL, b, Memory.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(F, Memory.ALL, b + STEP, Memory.ORDER);
            FloatVector a0 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a));
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + rowA));
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 2 * rowA));
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 3 * rowA));
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            a += stepA;
            b += stepB;
        }
        c00.intoMemorySegment(Memory.ALL, c, Memory.ORDER);
        c01.intoMemorySegment(Memory.ALL, c + STEP, Memory.ORDER);
        c10.intoMemorySegment(Memory.ALL, c + rowC, Memory.ORDER);
        c11.intoMemorySegment(Memory.ALL, c + rowC + STEP, Memory.ORDER);
        c20.intoMemorySegment(Memory.ALL, c + 2 * rowC, Memory.ORDER);
        c21.intoMemorySegment(Memory.ALL, c + 2 * rowC + STEP, Memory.ORDER);
        c30.intoMemorySegment(Memory.ALL, c + 3 * rowC, Memory.ORDER);
        c31.intoMemorySegment(Memory.ALL, c + 3 * rowC + STEP, Memory.ORDER);
    }

    static void one(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        FloatVector c00 = FloatVector.fromMemorySegment(F, Memory.ALL, from, Memory.ORDER);
        FloatVector c10 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom, Memory.ORDER);
        FloatVector c20 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom, Memory.ORDER);
        FloatVector c30 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom, Memory.ORDER);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = FloatVector.fromMemorySegment(F, Memory.ALL, b, Memory.ORDER);
            FloatVector a0 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a));
            c00 = a0.fma(b0, c00);
            FloatVector a1 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + rowA));
            c10 = a1.fma(b0, c10);
            FloatVector a2 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 2 * rowA));
            c20 = a2.fma(b0, c20);
            FloatVector a3 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 3 * rowA));
            c30 = a3.fma(b0, c30);
            a += stepA;
            b += stepB;
        }
        c00.intoMemorySegment(Memory.ALL, c, Memory.ORDER);
        c10.intoMemorySegment(Memory.ALL, c + rowC, Memory.ORDER);
        c20.intoMemorySegment(Memory.ALL, c + 2 * rowC, Memory.ORDER);
        c30.intoMemorySegment(Memory.ALL, c + 3 * rowC, Memory.ORDER);
    }
}
