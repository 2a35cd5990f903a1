package headway.generate.sample;

import headway.kernels.random.Philox;

/// The random numbers of one sequence: number `step` is a function of the key and `step`, so that neither threads nor
/// the other sequences of a batch change a draw.
public record RandomStream(long key) {
    /// The stream of a prompt: told by the seed, the prompt's tokens, and how often the same prompt came before.
    public static RandomStream of(long seed, int[] promptIds, int occurrence) {
        long hash = mix(seed);
        for (int id : promptIds) {
            hash = mix(hash ^ id);
        }
        return new RandomStream(mix(hash + occurrence));
    }

    /// Uniform in `[0, 1)`, a multiple of 2⁻⁵³.
    public double uniform(long step) {
        long high = Philox.bits(key, 2 * step) & 0xFFFF_FFFFL;
        long low = Philox.bits(key, 2 * step + 1) & 0xFFFF_FFFFL;
        return ((high << 32 | low) >>> 11) * 0x1p-53;
    }

    /// The finalizer of SplitMix64, [Steele et al. 2014](https://doi.org/10.1145/2660193.2660195).
    private static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
