package headway.train;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.random.Philox;
import headway.tensor.Shape;
import headway.tensor.Tensor;

/// Rows cut at random places from one long text of tokens; the last part of the text is held out.
///
/// The place of each row is a counter-based draw of (seed, step, micro-batch, row).
final class TextBatches implements Batches {
    private final Span tokens;
    private final long split;
    private final int B;
    private final int T;
    private final int accumulate;
    private final long seed;

    /// @param tokens `I32`
    /// @param held tokens at the end that are held out
    TextBatches(Span tokens, long held, int B, int T, int accumulate, long seed) {
        this.tokens = tokens;
        this.split = tokens.count() - held;
        this.B = B;
        this.T = T;
        this.accumulate = accumulate;
        this.seed = seed;
        if (split < T + 1) {
            throw Run.refused(
                    "the text has %d tokens to train on; sequenceLength: %d needs at least %d: give more text or a"
                            + " smaller sequenceLength",
                    split, T, T + 1);
        }
        if (held > 0 && held < T + 1) {
            throw Run.refused(
                    "the held-out part has %d tokens; sequenceLength: %d needs at least %d: raise evaluate.fraction,"
                            + " or set evaluate.every: 0",
                    held, T, T + 1);
        }
    }

    @Override
    public Batch.Text at(int step, int micro) {
        var starts = new long[B];
        for (int row = 0; row < B; row++) {
            long draw = ((long) step * accumulate + micro) * B + row;
            long bits = (Integer.toUnsignedLong(Philox.bits(seed, 2 * draw)) << 31)
                    ^ Integer.toUnsignedLong(Philox.bits(seed, 2 * draw + 1));
            starts[row] = Long.remainderUnsigned(bits, split - T);
        }
        return cut(starts);
    }

    @Override
    public Batch.Text heldOut(int index) {
        long windows = (tokens.count() - split - 1) / T;
        long first = (long) index * B;
        int rows = (int) Math.min(B, windows - first);
        if (rows <= 0) {
            return null;
        }
        var starts = new long[rows];
        for (int row = 0; row < rows; row++) {
            starts[row] = split + (first + row) * T;
        }
        return cut(starts);
    }

    private Batch.Text cut(long[] starts) {
        Tensor ids = Tensor.allocate(Shape.of("batch", starts.length, "seq", T), DType.I32);
        Tensor targets = Tensor.allocate(ids.shape(), DType.I32);
        for (int row = 0; row < starts.length; row++) {
            ConvertKernel.run(ids.memory().slice((long) row * T, T), tokens.slice(starts[row], T), 0, T);
            ConvertKernel.run(targets.memory().slice((long) row * T, T), tokens.slice(starts[row] + 1, T), 0, T);
        }
        return new Batch.Text(ids, targets);
    }
}
