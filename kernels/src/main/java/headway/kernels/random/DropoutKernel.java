package headway.kernels.random;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;

/// Inverted dropout, [Srivastava et al. 2014](https://jmlr.org/papers/v15/srivastava14a.html).
///
///     y[i] (+)= u[i] ≥ p ? x[i]/(1 - p) : 0        u[i] = Philox uniform number counter + i of stream key
///
/// | buffer | shape     | access |
/// |--------|-----------|--------|
/// | `y`    | `[i0,i1)` | write (also read when accumulating) |
/// | `x`    | `[i0,i1)` | read   |
///
/// No mask is stored: the same call with `dy` for `x` is the derivative. A dropped element gives 0
/// even where `x` is NaN or infinite. Any split of the range gives the same bits. Cost: 8 bytes and
/// about 12 integer operations an element; one Philox block serves four elements.
public final class DropoutKernel {
    private DropoutKernel() {}

    /// Applies dropout of probability `p` in `[0, 1]` to elements `[i0, i1)`; `y` may be `x` when not
    /// accumulating.
    public static void apply(Span y, Span x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("[dropout] p=%s; expected a probability 0 ≤ p ≤ 1".formatted(p));
        }
        y.requireRange("dropout", "y", i0, i1);
        x.requireRange("dropout", "x", i0, i1);
        if (Tier.vectors() && y.dtype() == DType.F32 && x.dtype() == DType.F32) {
            Blocked.apply(y.address(), x.address(), p, key, counter, accumulate, i0, i1);
        } else {
            reference(y, x, p, key, counter, accumulate, i0, i1);
        }
    }

    static void reference(Span y, Span x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
        double factor = 1 / (1 - p);
        for (long i = i0; i < i1; i++) {
            boolean keep = Philox.uniform(key, counter + i) >= p;
            double value = keep ? x.dtype().get(x.address(i)) * factor : 0;
            y.dtype().put(y.address(i), accumulate ? y.dtype().get(y.address(i)) + value : value);
        }
    }

    /// Same contract for f32, one Philox block for four elements. Scalar: the products of 32-bit words
    /// dominate, and a scalar core multiplies 64 bits as fast as vector lanes do.
    static final class Blocked {
        static void apply(long y, long x, double p, long key, long counter, boolean accumulate, long i0, long i1) {
            // u ≥ p with u = k·2⁻²⁴ is k ≥ ⌈p·2²⁴⌉.
            int threshold = (int) Math.ceil(p * 0x1p24);
            float factor = p == 1 ? 0 : (float) (1 / (1 - p));
            long i = i0;
            while (i < i1) {
                long index = counter + i;
                Philox.Block block = Philox.block(key, index >>> 2);
                int word = (int) index & 3;
                if (word == 0 && i + 4 <= i1) {
                    put(y, x, i, block.word0(), threshold, factor, accumulate);
                    put(y, x, i + 1, block.word1(), threshold, factor, accumulate);
                    put(y, x, i + 2, block.word2(), threshold, factor, accumulate);
                    put(y, x, i + 3, block.word3(), threshold, factor, accumulate);
                    i += 4;
                } else {
                    put(y, x, i, block.word(word), threshold, factor, accumulate);
                    i++;
                }
            }
        }

        private static void put(long y, long x, long i, int bits, int threshold, float factor, boolean accumulate) {
            float value = (bits >>> 8) >= threshold ? Memory.f32(x + 4 * i) * factor : 0;
            Memory.f32(y + 4 * i, accumulate ? Memory.f32(y + 4 * i) + value : value);
        }
    }
}
