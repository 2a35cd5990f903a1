package headway.kernels.elementwise;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Sums over rows and over everything.
///
///     columnSum: y[c] (+)= Σ_r x[r,c]        sum: Σ_i x[i]        sumSquares: Σ_i x[i]²
///
/// | buffer | shape    | access |
/// |--------|----------|--------|
/// | `y`    | `(C)`    | write (also read when accumulating) |
/// | `x`    | `(R, C)`, rows `stride` elements apart; or `[i0,i1)` | read |
///
/// Cost: 1 or 2 flops and 4 bytes an element in f32; memory-bound.
///
/// Order is fixed. `columnSum` adds a column's rows in order, whatever columns are asked for together.
/// `sum` and `sumSquares` add element `i` into the `(i - i0) mod n`-th of n `double` partial sums (8 and 4; 32 or 16 in
/// machine code): on one tier the result depends on the range alone, so a caller that always cuts at the same places
/// gets the
/// same bits from any number of threads.
public final class ReduceKernel {
    private ReduceKernel() {}

    /// `y[c] (+)= Σ x[r·stride + c]` over rows `0 … R-1`, for `c` in `[c0, c1)`.
    public static void columnSum(Span y, Span x, long stride, int R, boolean accumulate, int c0, int c1) {
        y.requireRange("columnSum", "y", c0, c1);
        if (R < 0 || stride < 0) {
            throw new IllegalArgumentException(
                    "[columnSum] R=%d rows, stride=%d; expected both ≥ 0".formatted(R, stride));
        }
        x.require("columnSum", "x", R == 0 ? 0 : (R - 1) * stride + c1);
        boolean fast = Tier.vectors() && y.dtype() == DType.F32 && x.dtype() == DType.F32;
        if (fast && R > 0 && Tier.machine()) {
            MachineReduce.columnSum(y.address(), x.address(), stride, R, accumulate, c0, c1);
        } else if (fast && R > 0) {
            Vectorized.columnSum(y.address(), x.address(), stride, R, accumulate, c0, c1);
        } else {
            reference(y, x, stride, R, accumulate, c0, c1);
        }
    }

    /// `Σ x[i]` over `[i0, i1)`, accumulated in `double`; 0 for an empty range.
    public static double sum(Span x, long i0, long i1) {
        x.requireRange("sum", "x", i0, i1);
        DType t = x.dtype();
        double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        long i = i0;
        for (; i + 8 <= i1; i += 8) {
            a += t.get(x.address(i));
            b += t.get(x.address(i + 1));
            c += t.get(x.address(i + 2));
            d += t.get(x.address(i + 3));
            e += t.get(x.address(i + 4));
            f += t.get(x.address(i + 5));
            g += t.get(x.address(i + 6));
            h += t.get(x.address(i + 7));
        }
        double total = ((a + e) + (c + g)) + ((b + f) + (d + h));
        for (; i < i1; i++) {
            total += t.get(x.address(i));
        }
        return total;
    }

    /// `Σ x[i]²` over `[i0, i1)`, accumulated in `double`; 0 for an empty range.
    public static double sumSquares(Span x, long i0, long i1) {
        x.requireRange("sumSquares", "x", i0, i1);
        DType t = x.dtype();
        if (Tier.machine() && t == DType.F32) {
            return MachineReduce.sumSquares(x.address(i0), i1 - i0);
        }
        double a = 0, b = 0, c = 0, d = 0;
        long i = i0;
        for (; i + 4 <= i1; i += 4) {
            double p = t.get(x.address(i));
            double q = t.get(x.address(i + 1));
            double r = t.get(x.address(i + 2));
            double s = t.get(x.address(i + 3));
            a += p * p;
            b += q * q;
            c += r * r;
            d += s * s;
        }
        double total = (a + c) + (b + d);
        for (; i < i1; i++) {
            double p = t.get(x.address(i));
            total += p * p;
        }
        return total;
    }

    static void reference(Span y, Span x, long stride, int R, boolean accumulate, int c0, int c1) {
        for (int c = c0; c < c1; c++) {
            double total = accumulate ? y.dtype().get(y.address(c)) : 0;
            for (int r = 0; r < R; r++) {
                total += x.dtype().get(x.address(r * stride + c));
            }
            y.dtype().put(y.address(c), total);
        }
    }

    /// Same contract on vector lanes: a vector of columns at a time, rows added in blocks of [#BLOCK],
    /// then the blocks, so that the rounding error grows with `BLOCK + R/BLOCK` rather than `R`.
    static final class Vectorized {
        private static final int STEP = Simd.LANES;
        private static final int BLOCK = ReduceCode.BLOCK;

        static void columnSum(long y, long x, long stride, int R, boolean accumulate, int c0, int c1) {
            int c = c0;
            for (; c <= c1 - STEP; c += STEP) {
                FloatVector total = FloatVector.zero(Simd.F);
                for (int first = 0; first < R; first += BLOCK) {
                    FloatVector block = FloatVector.zero(Simd.F);
                    int end = Math.min(R, first + BLOCK);
                    for (int r = first; r < end; r++) {
                        block = block.add(FloatVector.fromMemorySegment(
                                Simd.F, Memory.ALL, x + 4 * (r * stride + c), Memory.ORDER));
                    }
                    total = total.add(block);
                }
                long to = y + 4L * c;
                if (accumulate) {
                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, to, Memory.ORDER)
                            .add(total)
                            .intoMemorySegment(Memory.ALL, to, Memory.ORDER);
                } else {
                    total.intoMemorySegment(Memory.ALL, to, Memory.ORDER);
                }
            }
            if (c < c1) {
                lastColumns(y + 4L * c, x + 4L * c, stride, R, accumulate, Simd.first(c1 - c));
            }
        }

        private static void lastColumns(long y, long x, long stride, int R, boolean accumulate, VectorMask<Float> m) {
            FloatVector total = FloatVector.zero(Simd.F);
            for (int first = 0; first < R; first += BLOCK) {
                FloatVector block = FloatVector.zero(Simd.F);
                int end = Math.min(R, first + BLOCK);
                for (int r = first; r < end; r++) {
                    block = block.add(Simd.load(x + 4 * (r * stride), m));
                }
                total = total.add(block);
            }
            if (accumulate) {
                Simd.store(Simd.load(y, m).add(total), y, m);
            } else {
                Simd.store(total, y, m);
            }
        }
    }
}
