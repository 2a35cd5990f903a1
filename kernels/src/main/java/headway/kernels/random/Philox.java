package headway.kernels.random;

import headway.kernels.Memory;
import headway.kernels.Span;

/// Philox4x32-10: random numbers that are a function of a key and a position, so that any part of a
/// stream can be drawn alone, by any thread, in any order; [Salmon et al.
/// 2011](https://doi.org/10.1145/2063384.2063405).
///
/// One block is four 32-bit words: ten rounds of two 32×32→64-bit products over a 128-bit counter `c`
/// and a 64-bit key `k`:
///
///     (h₀,l₀) = 0xD2511F53·c₀     (h₁,l₁) = 0xCD9E8D57·c₂
///     c ← (h₁⊕c₁⊕k₀, l₁, h₀⊕c₃⊕k₁, l₀)     k ← (k₀ + 0x9E3779B9, k₁ + 0xBB67AE85)
///
/// Number `index` (64 bits, unsigned) of stream `key` is word `index mod 4` of block `⌊index/4⌋`. The
/// block's number fills `c₀` (low half) and `c₁` (high half), `c₂ = c₃ = 0`; `key` fills `k₀` (low)
/// and `k₁` (high). About 40 integer operations a block, 10 a number.
public final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /// Four words of one counter value. Small enough to live in registers once inlined.
    record Block(int word0, int word1, int word2, int word3) {
        int word(int i) {
            return switch (i & 3) {
                case 0 -> word0;
                case 1 -> word1;
                case 2 -> word2;
                default -> word3;
            };
        }
    }

    /// Block number `number` of stream `key`.
    static Block block(long key, long number) {
        return block((int) key, (int) (key >>> 32), (int) number, (int) (number >>> 32), 0, 0);
    }

    /// The paper's function: key words and counter words to four random words.
    static Block block(int k0, int k1, int c0, int c1, int c2, int c3) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & 0xFFFF_FFFFL) * (c0 & 0xFFFF_FFFFL);
            long product1 = (MULTIPLIER_1 & 0xFFFF_FFFFL) * (c2 & 0xFFFF_FFFFL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new Block(c0, c1, c2, c3);
    }

    /// The 32 random bits number `index` of the stream `key`.
    public static int bits(long key, long index) {
        return block(key, index >>> 2).word((int) index);
    }

    /// Uniform in `[0, 1)`, a multiple of 2⁻²⁴: the upper 24 of [#bits].
    public static float uniform(long key, long index) {
        return toUniform(bits(key, index));
    }

    /// `y[i] = low + (high - low)·u` with `u` = [#uniform] number `counter + i`, for `i` in `[i0,
    /// i1)`; computed in `double` and rounded to the type of `y`, which may round up to `high` where
    /// `high - low` is not a power of 2.
    public static void uniform(Span y, long key, long counter, double low, double high, long i0, long i1) {
        y.requireRange("uniform", "y", i0, i1);
        double width = high - low;
        Block block = null;
        for (long i = i0; i < i1; i++) {
            long index = counter + i;
            if (block == null || (index & 3) == 0) {
                block = block(key, index >>> 2);
            }
            y.dtype().put(y.address(i), low + width * toUniform(block.word((int) index)));
        }
    }

    /// `y[i] = mean + std·√(-2 ln(1 - u))·cos(2πu')` for `i` in `[i0, i1)`, `u` and `u'` being numbers
    /// `2(counter + i)` and `2(counter + i) + 1` ([Box & Muller
    /// 1958](https://doi.org/10.1214/aoms/1177706645)); |z| ≤ 5.77. `StrictMath` makes every machine
    /// draw the same.
    public static void normal(Span y, long key, long counter, double mean, double std, long i0, long i1) {
        y.requireRange("normal", "y", i0, i1);
        for (long i = i0; i < i1; i++) {
            long index = 2 * (counter + i);
            Block block = block(key, index >>> 2); // both numbers lie in one block: the first is even
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - (double) toUniform(block.word((int) index))));
            double angle = 2 * StrictMath.PI * toUniform(block.word((int) index + 1));
            y.dtype().put(y.address(i), mean + std * radius * StrictMath.cos(angle));
        }
    }

    /// `x[i] = u ≥ p ? factor·x[i] : 0` for `count` floats that are `stride` bytes apart, `u` being the numbers from
    /// `counter` on and `threshold` = ⌈p·2²⁴⌉: what dropout of a column needs, one block for four elements.
    public static void scale(long x, long stride, int count, long key, long counter, int threshold, float factor) {
        int i = 0;
        while (i < count) {
            long index = counter + i;
            Block block = block(key, index >>> 2);
            int word = (int) index & 3;
            for (; word < 4 && i < count; word++, i++, x += stride) {
                boolean keep = (block.word(word) >>> 8) >= threshold;
                Memory.f32(x, keep ? factor * Memory.f32(x) : 0f);
            }
        }
    }

    private static float toUniform(int bits) {
        return (bits >>> 8) * 0x1p-24f;
    }
}
