package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Tier;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// Copies a block of an operand into the order in which the micro-kernel reads it, widened to f32.
///
///     to[p][k][w] = source[(p·W + w)·strideP + k·strideK]        0 where p·W + w >= count
///
/// `p` counts panels of `W` rows of A or columns of B. One of the two strides is 1: `strideP` where
/// the panel's direction is contiguous (a copy), `strideK` where `k` is (a transposition). Cost:
/// `count·K` elements read and written once.
final class GemmPacking {
    /// Depth of a transposed block: 64 columns of 16 steps are 4 KB, so that what is written stays in
    /// L1.
    private static final int DEPTH = 16;

    private GemmPacking() {}

    /// Packs `count` rows or columns times `K`, from byte address `source`. `spare` is memory for
    /// `W·16` floats.
    static void pack(
            long to, long source, DType type, long strideP, long strideK, int count, int K, int W, long spare) {
        for (int p = 0; p < count; p += W) {
            int width = Math.min(W, count - p);
            long panel = source + p * strideP * type.bytes();
            if (strideK == 1) {
                transpose(to, panel, type, strideP, width, K, W, spare);
            } else {
                copy(to, panel, type, strideK, width, K, W);
            }
            to += 4L * W * K;
        }
    }

    private static void copy(long to, long from, DType type, long strideK, int width, int K, int W) {
        long step = strideK * type.bytes();
        if (width == W && W % Tier.lanes() == 0 && type == DType.F32) {
            Vectorized.copy(to, from, step, K, W);
        } else if (width == W && W == 4 && type == DType.F32) {
            copyFour(to, from, step, K);
        } else {
            for (int k = 0; k < K; k++) {
                long row = to + 4L * k * W;
                ConvertKernel.widen(row, from + k * step, type, width);
                zero(row, width, W);
            }
        }
    }

    private static void copyFour(long to, long from, long step, int K) {
        for (int k = 0; k < K; k++) {
            long source = from + k * step;
            long target = to + 16L * k;
            Memory.i64(target, Memory.i64(source));
            Memory.i64(target + 8, Memory.i64(source + 8));
        }
    }

    private static void transpose(long to, long from, DType type, long strideP, int width, int K, int W, long spare) {
        long step = strideP * type.bytes();
        for (int k = 0; k < K; k += DEPTH) {
            int depth = Math.min(DEPTH, K - k);
            long block = to + 4L * k * W;
            long source = from + (long) k * type.bytes();
            int w = 0;
            for (; w + 4 <= width; w += 4) {
                long rows = source + w * step;
                long apart = step;
                if (type != DType.F32) {
                    for (int i = 0; i < 4; i++) {
                        ConvertKernel.widen(spare + 4L * DEPTH * i, rows + i * step, type, depth);
                    }
                    rows = spare;
                    apart = 4L * DEPTH;
                }
                interleave(block + 4L * w, 4L * W, rows, apart, depth);
            }
            for (; w < width; w++) {
                ConvertKernel.widen(spare, source + w * step, type, depth);
                for (int i = 0; i < depth; i++) {
                    Memory.f32(block + 4L * ((long) i * W + w), Memory.f32(spare + 4L * i));
                }
            }
            for (int i = 0; i < depth && width < W; i++) {
                zero(block + 4L * i * W, width, W);
            }
        }
    }

    /// Four rows into four columns, two elements a store. Assumes little-endian memory.
    private static void interleave(long to, long stepTo, long rows, long apart, int depth) {
        for (int i = 0; i < depth; i++) {
            long at = rows + 4L * i;
            long low = Memory.i32(at) & 0xFFFF_FFFFL | (long) Memory.i32(at + apart) << 32;
            long high = Memory.i32(at + 2 * apart) & 0xFFFF_FFFFL | (long) Memory.i32(at + 3 * apart) << 32;
            Memory.i64(to, low);
            Memory.i64(to + 8, high);
            to += stepTo;
        }
    }

    private static void zero(long row, int from, int until) {
        for (int w = from; w < until; w++) {
            Memory.f32(row + 4L * w, 0f);
        }
    }

    /// Rows of whole vectors. Nested, so that the outer class loads without the incubator module.
    private static final class Vectorized {
        static void copy(long to, long from, long step, int K, int W) {
            for (int k = 0; k < K; k++) {
                for (int w = 0; w < W; w += Simd.LANES) {
                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, from + k * step + 4L * w, Memory.ORDER)
                            .intoMemorySegment(Memory.ALL, to + 4L * ((long) k * W + w), Memory.ORDER);
                }
            }
        }
    }
}
