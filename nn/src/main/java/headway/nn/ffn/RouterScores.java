package headway.nn.ffn;

import headway.tensor.Tape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Supplier;

/// The scores that routers gave in a pass, for a loss that balances experts. Routers hand them in; who wants them runs
/// the pass under [#collect].
public final class RouterScores {
    private static final ScopedValue<List<Tensor>> CURRENT = ScopedValue.newInstance();

    private RouterScores() {}

    /// Runs `body` and puts what its routers give, `(tokens, experts)` each, into `scores` in order.
    public static <T> T collect(List<Tensor> scores, Supplier<T> body) {
        return ScopedValue.where(CURRENT, scores).call(body::get);
    }

    /// Hands in the scores of one router. Without a tape they are copied, since a block gives its memory back.
    static void add(Tensor scores) {
        if (CURRENT.isBound()) {
            CURRENT.get()
                    .add(
                            Tape.running()
                                    ? scores
                                    : Tensor.owned(Arena.ofAuto(), scores.shape(), scores.dtype())
                                            .assign(scores));
        }
    }
}
