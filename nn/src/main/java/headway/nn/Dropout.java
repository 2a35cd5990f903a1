package headway.nn;

import headway.kernels.attention.Weighing;
import headway.tensor.Tensor;
import headway.tensor.op.DropoutOp;

/// Random numbers of a training step: each call of [#apply] takes the next stretch of one counter, so that a step
/// draws the same whatever ran before it.
public final class Dropout {
    private final double p;
    private final long key;
    private long counter;

    /// @param key stream: told by seed, step and micro-batch
    public Dropout(double p, long key) {
        this.p = p;
        this.key = key;
    }

    /// `x` with elements dropped at rate `p`, the others scaled by 1/(1-p).
    public Tensor apply(Tensor x) {
        if (p == 0) {
            return x;
        }
        return new DropoutOp(x, p, key, reserve(x.count())).run();
    }

    /// Dropout of attention weights of these sizes, beside what `weighing` does already.
    public Weighing apply(Weighing weighing, long batch, long heads, long seq, long keys) {
        return p == 0 ? weighing : weighing.dropping(p, key, reserve(Weighing.draws(batch, heads, seq, keys)));
    }

    private long reserve(long draws) {
        long from = counter;
        counter += (draws + 3) / 4 * 4;
        return from;
    }
}
