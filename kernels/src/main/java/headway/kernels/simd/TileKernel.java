package headway.kernels.simd;

import static headway.kernels.simd.Simd.F;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import headway.kernels.Memory;
import headway.kernels.Tier;
import jdk.incubator.vector.FloatVector;

/// Register-blocked product of a few rows: the innermost loop of GEMM and of tiled attention.
///
///     C[i, n] = from[i, n] + Σ_k A[i, k] · B[k, n]        i < rows, n < vectors · lanes
///
/// Every element is one chain of fused multiply-adds over `k` in order. All operands are given by byte
/// addresses and byte strides: `A[i, k]` is at `a + i·rowA + k·stepA`, row `k` of B at `b + k·stepB`.
/// `from` with row stride 0 and zeros in it starts a new sum; `from = c` continues one.
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
public final class TileKernel {
    /// Rows of a tile.
    public static final int ROWS = 4;

    /// Vectors in a row of the widest tile that fits the registers of this width.
    private static final int VECTORS = Simd.LANES == 16 ? 4 : 2;

    /// Columns of the widest tile.
    public static final int COLUMNS = VECTORS * Simd.LANES;

    private static final long STEP = (long) Simd.LANES * Float.BYTES;

    private TileKernel() {}

    /// The widest tile of packed operands: `A` is a panel `(K, ROWS)`, `B` a panel `(K, COLUMNS)`,
    /// without gaps.
    public static void packed(long c, long rowC, long from, long rowFrom, long a, long b, int K) {
        if (VECTORS == 4) {
            four(c, rowC, from, rowFrom, a, 4, 4 * ROWS, b, 4L * COLUMNS, K);
        } else {
            two(c, rowC, from, rowFrom, a, 4, 4 * ROWS, b, 4L * COLUMNS, K);
        }
    }

    /// `rows` (a multiple of four) by `columns` (a multiple of the lanes), in tiles. `from` is `c` itself, or zeros
    /// with
    /// a row stride of 0.
    public static void panel(
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
        if (Tier.machine() && MachineTile.fits(c, from, rowFrom, K, rows, columns)) {
            // Strides of 0 start at zeros, by this method's contract with its callers.
            MachineTile.panel(false, c, rowC, a, rowA, stepA, b, stepB, K, rows, columns, from == c);
            return;
        }
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

    /// The same where elements of A and B are pairs of bf16: `C[i, n] (+)= Σ_k A[i, 2k]·B[2k, n] + A[i, 2k+1]·B[2k+1,
    /// n]`
    /// with K pairs. Only where machine code multiplies them.
    ///
    /// @param continues whether C is added to
    public static void pairs(
            long c,
            long rowC,
            boolean continues,
            long a,
            long rowA,
            long stepA,
            long b,
            long stepB,
            int K,
            int rows,
            int columns) {
        MachineTile.panel(true, c, rowC, a, rowA, stepA, b, stepB, K, rows, columns, continues);
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
