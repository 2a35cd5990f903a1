package headway.kernels.simd;

import static headway.kernels.simd.Simd.F;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;

/// [TileKernel] for packed operands, the innermost loop of GEMM.
///
///     C[i, n] = from[i, n] + Σ_k A[k, i] · B[k, n]        i < ROWS, n < COLUMNS
///
/// `A` is a panel `(K, ROWS)`, `B` a panel `(K, COLUMNS)`, both without gaps; C and `from` have row
/// strides in bytes. Six rows of four vectors fill 29 of the 32 registers of AVX-512, six of two 15 of
/// the 16 of AVX2.
public final class PackedTileKernel {
    /// Rows of a tile.
    public static final int ROWS = 6;

    private static final int VECTORS = Simd.LANES == 16 ? 4 : 2;

    /// Columns of a tile.
    public static final int COLUMNS = VECTORS * Simd.LANES;

    private static final long STEP = (long) Simd.LANES * Float.BYTES;

    private PackedTileKernel() {}

    /// One tile. The callers that count call [#four] or [#two] through this, so that it stays small.
    public static void run(long c, long rowC, long from, long rowFrom, long a, long b, int K) {
        if (VECTORS == 4) {
            four(c, rowC, from, rowFrom, a, b, K);
        } else {
            two(c, rowC, from, rowFrom, a, b, K);
        }
    }

    private static void four(long c, long rowC, long from, long rowFrom, long a, long b, int K) {
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
        FloatVector c40 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom, Memory.ORDER);
        FloatVector c41 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom + STEP, Memory.ORDER);
        FloatVector c42 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom + 2 * STEP, Memory.ORDER);
        FloatVector c43 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom + 3 * STEP, Memory.ORDER);
        FloatVector c50 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom, Memory.ORDER);
        FloatVector c51 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom + STEP, Memory.ORDER);
        FloatVector c52 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom + 2 * STEP, Memory.ORDER);
        FloatVector c53 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom + 3 * STEP, Memory.ORDER);
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
            FloatVector a1 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 4));
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            c12 = a1.fma(b2, c12);
            c13 = a1.fma(b3, c13);
            FloatVector a2 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 8));
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            c22 = a2.fma(b2, c22);
            c23 = a2.fma(b3, c23);
            FloatVector a3 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 12));
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            c32 = a3.fma(b2, c32);
            c33 = a3.fma(b3, c33);
            FloatVector a4 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 16));
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            c42 = a4.fma(b2, c42);
            c43 = a4.fma(b3, c43);
            FloatVector a5 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 20));
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            c52 = a5.fma(b2, c52);
            c53 = a5.fma(b3, c53);
            a += 24;
            b += 4 * STEP;
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
        c40.intoMemorySegment(Memory.ALL, c + 4 * rowC, Memory.ORDER);
        c41.intoMemorySegment(Memory.ALL, c + 4 * rowC + STEP, Memory.ORDER);
        c42.intoMemorySegment(Memory.ALL, c + 4 * rowC + 2 * STEP, Memory.ORDER);
        c43.intoMemorySegment(Memory.ALL, c + 4 * rowC + 3 * STEP, Memory.ORDER);
        c50.intoMemorySegment(Memory.ALL, c + 5 * rowC, Memory.ORDER);
        c51.intoMemorySegment(Memory.ALL, c + 5 * rowC + STEP, Memory.ORDER);
        c52.intoMemorySegment(Memory.ALL, c + 5 * rowC + 2 * STEP, Memory.ORDER);
        c53.intoMemorySegment(Memory.ALL, c + 5 * rowC + 3 * STEP, Memory.ORDER);
    }

    private static void two(long c, long rowC, long from, long rowFrom, long a, long b, int K) {
        FloatVector c00 = FloatVector.fromMemorySegment(F, Memory.ALL, from, Memory.ORDER);
        FloatVector c01 = FloatVector.fromMemorySegment(F, Memory.ALL, from + STEP, Memory.ORDER);
        FloatVector c10 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom, Memory.ORDER);
        FloatVector c11 = FloatVector.fromMemorySegment(F, Memory.ALL, from + rowFrom + STEP, Memory.ORDER);
        FloatVector c20 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom, Memory.ORDER);
        FloatVector c21 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 2 * rowFrom + STEP, Memory.ORDER);
        FloatVector c30 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom, Memory.ORDER);
        FloatVector c31 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 3 * rowFrom + STEP, Memory.ORDER);
        FloatVector c40 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom, Memory.ORDER);
        FloatVector c41 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 4 * rowFrom + STEP, Memory.ORDER);
        FloatVector c50 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom, Memory.ORDER);
        FloatVector c51 = FloatVector.fromMemorySegment(F, Memory.ALL, from + 5 * rowFrom + STEP, Memory.ORDER);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = FloatVector.fromMemorySegment(F, Memory.ALL, b, Memory.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(F, Memory.ALL, b + STEP, Memory.ORDER);
            FloatVector a0 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a));
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 4));
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 8));
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 12));
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 16));
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(F, Memory.ALL.get(JAVA_FLOAT_UNALIGNED, a + 20));
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            a += 24;
            b += 2 * STEP;
        }
        c00.intoMemorySegment(Memory.ALL, c, Memory.ORDER);
        c01.intoMemorySegment(Memory.ALL, c + STEP, Memory.ORDER);
        c10.intoMemorySegment(Memory.ALL, c + rowC, Memory.ORDER);
        c11.intoMemorySegment(Memory.ALL, c + rowC + STEP, Memory.ORDER);
        c20.intoMemorySegment(Memory.ALL, c + 2 * rowC, Memory.ORDER);
        c21.intoMemorySegment(Memory.ALL, c + 2 * rowC + STEP, Memory.ORDER);
        c30.intoMemorySegment(Memory.ALL, c + 3 * rowC, Memory.ORDER);
        c31.intoMemorySegment(Memory.ALL, c + 3 * rowC + STEP, Memory.ORDER);
        c40.intoMemorySegment(Memory.ALL, c + 4 * rowC, Memory.ORDER);
        c41.intoMemorySegment(Memory.ALL, c + 4 * rowC + STEP, Memory.ORDER);
        c50.intoMemorySegment(Memory.ALL, c + 5 * rowC, Memory.ORDER);
        c51.intoMemorySegment(Memory.ALL, c + 5 * rowC + STEP, Memory.ORDER);
    }
}
