package headway.kernels.simd;

import static headway.kernels.simd.Simd.F;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;

/// Register-blocked product of four rows: the innermost loop of GEMM and of tiled attention.
///
///     C[i, n] = from[i, n] + Σ_k A[i, k] · B[k, n]        i < 4, n < vectors · lanes
///
/// Every element is one chain of fused multiply-adds over `k` in order. All operands are given by byte addresses
/// and byte strides: `A[i, k]` is at `a + i·rowA + k·stepA`, row `k` of B at `b + k·stepB`. `from` with row
/// stride 0 and zeros in it starts a new sum; `from = c` continues one. All accumulators are locals of one static
/// method: a vector that crosses a call that was not inlined is boxed. The starting values are always loaded,
/// never chosen by a branch, because vectors that meet at a branch are boxed too.
///
/// Four rows of four vectors need 21 registers (AVX-512 has 32), four of two need 11 (AVX2 has 16).
public final class TileKernel {
    /// Rows of a tile.
    public static final int ROWS = 4;

    /// Vectors in a row of the widest tile that fits the registers of this width.
    public static final int VECTORS = Simd.LANES == 16 ? 4 : 2;

    /// Columns of the widest tile.
    public static final int COLUMNS = VECTORS * Simd.LANES;

    private static final long STEP = (long) Simd.LANES * Float.BYTES;

    private TileKernel() {}

    /// The widest tile.
    public static void widest(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        if (VECTORS == 4) {
            four(c, rowC, from, rowFrom, a, rowA, stepA, b, stepB, K);
        } else {
            two(c, rowC, from, rowFrom, a, rowA, stepA, b, stepB, K);
        }
    }

    /// `rows` (a multiple of four) by `columns` (a multiple of the lanes), in tiles.
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
        FloatVector c00 = Simd.load(from);
        FloatVector c01 = Simd.load(from + STEP);
        FloatVector c02 = Simd.load(from + 2 * STEP);
        FloatVector c03 = Simd.load(from + 3 * STEP);
        FloatVector c10 = Simd.load(from + rowFrom);
        FloatVector c11 = Simd.load(from + rowFrom + STEP);
        FloatVector c12 = Simd.load(from + rowFrom + 2 * STEP);
        FloatVector c13 = Simd.load(from + rowFrom + 3 * STEP);
        FloatVector c20 = Simd.load(from + 2 * rowFrom);
        FloatVector c21 = Simd.load(from + 2 * rowFrom + STEP);
        FloatVector c22 = Simd.load(from + 2 * rowFrom + 2 * STEP);
        FloatVector c23 = Simd.load(from + 2 * rowFrom + 3 * STEP);
        FloatVector c30 = Simd.load(from + 3 * rowFrom);
        FloatVector c31 = Simd.load(from + 3 * rowFrom + STEP);
        FloatVector c32 = Simd.load(from + 3 * rowFrom + 2 * STEP);
        FloatVector c33 = Simd.load(from + 3 * rowFrom + 3 * STEP);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = Simd.load(b);
            FloatVector b1 = Simd.load(b + STEP);
            FloatVector b2 = Simd.load(b + 2 * STEP);
            FloatVector b3 = Simd.load(b + 3 * STEP);
            FloatVector x0 = FloatVector.broadcast(F, Memory.f32(a));
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
            FloatVector x1 = FloatVector.broadcast(F, Memory.f32(a + rowA));
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
            FloatVector x2 = FloatVector.broadcast(F, Memory.f32(a + 2 * rowA));
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            c22 = x2.fma(b2, c22);
            c23 = x2.fma(b3, c23);
            FloatVector x3 = FloatVector.broadcast(F, Memory.f32(a + 3 * rowA));
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            c32 = x3.fma(b2, c32);
            c33 = x3.fma(b3, c33);
            a += stepA;
            b += stepB;
        }
        Simd.store(c00, c);
        Simd.store(c01, c + STEP);
        Simd.store(c02, c + 2 * STEP);
        Simd.store(c03, c + 3 * STEP);
        Simd.store(c10, c + rowC);
        Simd.store(c11, c + rowC + STEP);
        Simd.store(c12, c + rowC + 2 * STEP);
        Simd.store(c13, c + rowC + 3 * STEP);
        Simd.store(c20, c + 2 * rowC);
        Simd.store(c21, c + 2 * rowC + STEP);
        Simd.store(c22, c + 2 * rowC + 2 * STEP);
        Simd.store(c23, c + 2 * rowC + 3 * STEP);
        Simd.store(c30, c + 3 * rowC);
        Simd.store(c31, c + 3 * rowC + STEP);
        Simd.store(c32, c + 3 * rowC + 2 * STEP);
        Simd.store(c33, c + 3 * rowC + 3 * STEP);
    }

    static void two(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        FloatVector c00 = Simd.load(from);
        FloatVector c01 = Simd.load(from + STEP);
        FloatVector c10 = Simd.load(from + rowFrom);
        FloatVector c11 = Simd.load(from + rowFrom + STEP);
        FloatVector c20 = Simd.load(from + 2 * rowFrom);
        FloatVector c21 = Simd.load(from + 2 * rowFrom + STEP);
        FloatVector c30 = Simd.load(from + 3 * rowFrom);
        FloatVector c31 = Simd.load(from + 3 * rowFrom + STEP);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = Simd.load(b);
            FloatVector b1 = Simd.load(b + STEP);
            FloatVector x0 = FloatVector.broadcast(F, Memory.f32(a));
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(F, Memory.f32(a + rowA));
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            FloatVector x2 = FloatVector.broadcast(F, Memory.f32(a + 2 * rowA));
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            FloatVector x3 = FloatVector.broadcast(F, Memory.f32(a + 3 * rowA));
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            a += stepA;
            b += stepB;
        }
        Simd.store(c00, c);
        Simd.store(c01, c + STEP);
        Simd.store(c10, c + rowC);
        Simd.store(c11, c + rowC + STEP);
        Simd.store(c20, c + 2 * rowC);
        Simd.store(c21, c + 2 * rowC + STEP);
        Simd.store(c30, c + 3 * rowC);
        Simd.store(c31, c + 3 * rowC + STEP);
    }

    static void one(
            long c, long rowC, long from, long rowFrom, long a, long rowA, long stepA, long b, long stepB, int K) {
        FloatVector c0 = Simd.load(from);
        FloatVector c1 = Simd.load(from + rowFrom);
        FloatVector c2 = Simd.load(from + 2 * rowFrom);
        FloatVector c3 = Simd.load(from + 3 * rowFrom);
        for (int k = 0; k < K; k++) {
            FloatVector b0 = Simd.load(b);
            c0 = FloatVector.broadcast(F, Memory.f32(a)).fma(b0, c0);
            c1 = FloatVector.broadcast(F, Memory.f32(a + rowA)).fma(b0, c1);
            c2 = FloatVector.broadcast(F, Memory.f32(a + 2 * rowA)).fma(b0, c2);
            c3 = FloatVector.broadcast(F, Memory.f32(a + 3 * rowA)).fma(b0, c3);
            a += stepA;
            b += stepB;
        }
        Simd.store(c0, c);
        Simd.store(c1, c + rowC);
        Simd.store(c2, c + 2 * rowC);
        Simd.store(c3, c + 3 * rowC);
    }
}
