package headway.nn;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.nn.cache.KvCache;
import headway.nn.cache.SessionCache;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.function.UnaryOperator;

/// One forward pass: where its tokens stand, which are padding, what is cached, and what dropout draws.
///
/// @param positions `I32` `(batch, seq)`
/// @param padding `U8` `(batch, kv_seq)` over cached and new tokens, 0 for padding; null where there is none
/// @param cache what earlier tokens left; null where there are none and nothing is kept
/// @param dropout null outside of training
/// @param bias added to the scores of every attention of this pass, `(batch, heads, seq, kv_seq)` with
///     repeated axes of size 1, or `(heads, seq + kv_seq - 1)` by distance; null where there is none
/// @param segments the sequences that the only row of the batch consists of, each of which sees itself alone; null
///     where a row is a sequence
public record Pass(
        Tensor positions, Tensor padding, SessionCache cache, Dropout dropout, Tensor bias, Segments segments) {
    public Pass(Tensor positions, Tensor padding, SessionCache cache, Dropout dropout) {
        this(positions, padding, cache, dropout, null, null);
    }

    /// Sequences one behind the other in one row.
    ///
    /// @param positions `(1, seq)`: of each token in its own sequence
    public static Pass of(Segments segments, Tensor positions) {
        return new Pass(positions, null, null, null, null, segments);
    }

    /// Tokens `first … first + seq - 1` in each row, no padding.
    public static Pass from(int batch, int seq, int first, SessionCache cache) {
        Tensor positions = Tensor.allocate(Shape.of("batch", batch, "seq", seq), DType.I32);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < seq; t++) {
                positions.memory().set((long) b * seq + t, first + t);
            }
        }
        return new Pass(positions, null, cache, null);
    }

    /// The same with dropout.
    public Pass training(Dropout draws) {
        return new Pass(positions, padding, cache, draws, bias, segments);
    }

    /// The same with a bias on scores.
    public Pass biased(Tensor added) {
        return new Pass(positions, padding, cache, dropout, added, segments);
    }

    /// The cache of keys and values, or null where nothing is kept.
    public KvCache keyValues() {
        return switch (cache) {
            case null -> null;
            case KvCache kv -> kv;
            default ->
                throw new ShapeException("[attention] the cache of this session is a %s; expected keys and values"
                        .formatted(cache.getClass().getSimpleName()));
        };
    }

    /// Tokens before this pass.
    public int seen() {
        return cache == null ? 0 : cache.length();
    }

    /// `x`, dropped out while training.
    public Tensor drop(Tensor x) {
        return dropout == null ? x : dropout.apply(x);
    }

    /// `x + branch`, the branch dropped out while training. While nothing is drawn, the branch is handed what it is
    /// added
    /// to, so that adding costs no pass of its own; otherwise null.
    public Tensor plus(Tensor x, UnaryOperator<Tensor> branch) {
        return dropout == null ? branch.apply(x) : new AddOp(x, drop(branch.apply(null))).run();
    }

    /// Padding marks of keys `first … first + keys - 1`, or null.
    public Span paddingOf(int first, int keys) {
        if (padding == null) {
            return null;
        }
        int S = padding.dim("kv_seq");
        if (first == 0 && S == keys) {
            return padding.memory();
        }
        if (first + keys > S) {
            throw new ShapeException("[attention] padding%s does not cover keys %d … %d"
                    .formatted(padding.shape(), first, first + keys - 1));
        }
        return padding.narrow("kv_seq", first, keys).copy().memory();
    }
}
