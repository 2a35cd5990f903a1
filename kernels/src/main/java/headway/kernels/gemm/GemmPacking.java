package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.simd.Simd;

/// Copies a block of an operand into the order in which the micro-kernel reads it, widened to f32.
///
///     to[p][k][w] = source[(p·W + w)·strideP + k·strideK]        0 where p·W + w >= count
///
/// `p` counts panels of `W` rows of A or columns of B. One of the two strides is 1: `strideP` where the panel's
/// direction is contiguous (a copy), `strideK` where `k` is (a transposition). Cost: `count·K` elements read and
/// written once.
final class GemmPacking {
    private GemmPacking() {}

    /// Packs `count` rows or columns times `K`, from byte address `source`.
    static void pack(long to, long source, DType type, long strideP, long strideK, int count, int K, int W) {
        for (int p = 0; p < count; p += W) {
            int width = Math.min(W, count - p);
            long panel = source + p * strideP * type.bytes();
            if (type == DType.F32 && strideK == 1) {
                transposeF32(to, panel, strideP, width, K, W);
            } else if (type == DType.F32 && width == W && W % Simd.LANES == 0) {
                copyF32(to, panel, strideK, K, W);
            } else {
                any(to, panel, type, strideP, strideK, width, K, W);
            }
            to += (long) W * K * Float.BYTES;
        }
    }

    private static void copyF32(long to, long from, long strideK, int K, int W) {
        for (int k = 0; k < K; k++) {
            for (int w = 0; w < W; w += Simd.LANES) {
                Simd.store(Simd.load(from + 4L * w), to + 4L * w);
            }
            to += 4L * W;
            from += 4L * strideK;
        }
    }

    private static void transposeF32(long to, long from, long strideP, int width, int K, int W) {
        for (int w = 0; w < W; w++) {
            long row = from + 4L * w * strideP;
            for (int k = 0; k < K; k++) {
                Memory.f32(to + 4L * ((long) k * W + w), w < width ? Memory.f32(row + 4L * k) : 0f);
            }
        }
    }

    private static void any(long to, long from, DType type, long strideP, long strideK, int width, int K, int W) {
        for (int k = 0; k < K; k++) {
            for (int w = 0; w < W; w++) {
                float value = w < width ? (float) type.get(from + (w * strideP + k * strideK) * type.bytes()) : 0f;
                Memory.f32(to + 4L * ((long) k * W + w), value);
            }
        }
    }
}
