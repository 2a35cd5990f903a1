package headway.kernels.random;

import headway.kernels.Span;
/// Philox4x32-10 counter-based random numbers.

public final class Philox {
    private Philox() {}
    /// The 32 random bits number 'index' of the stream 'key' (word index % 4 of the block index / 4).
    public static int bits(long key, long index) {
        throw new UnsupportedOperationException("to be written");
    }
    /// Uniform in [0, 1) with 24 bits.
    public static float uniform(long key, long index) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] = uniform(low, high) number counter + i
    public static void uniform(Span y, long key, long counter, double low, double high, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
    /// y[i] = normal(mean, std) by Box-Muller from numbers 2(counter+i), 2(counter+i)+1; StrictMath so that every
    /// machine draws the same.
    public static void normal(Span y, long key, long counter, double mean, double std, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
