package headway.train;

import headway.models.Inputs;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;

/// The data of a run, told by the number of the step alone, so that a resumed run reads what an uninterrupted one
/// would have.
interface Batches {
    /// One micro-batch.
    sealed interface Batch {
        /// Items that the loss is a mean of.
        long labelled();

        /// Items that the model reads, for the speed.
        long read();

        /// A text in pieces, each token to be followed by the next.
        ///
        /// @param ids `I32` `(batch, seq)`
        /// @param targets `I32` `(batch, seq)`: the token that follows each; −100 where none is asked for
        record Text(Tensor ids, Tensor targets) implements Batch {
            @Override
            public long labelled() {
                return NextTokenLoss.count(targets);
            }

            @Override
            public long read() {
                return targets.count();
            }
        }

        /// What `forward` of any other head takes, labels among it.
        record Arguments(Inputs inputs, long labelled, long read) implements Batch {}
    }

    /// Micro-batch `micro` of step `step` (from 0), in the current workspace.
    Batch at(int step, int micro);

    /// Batch `index` of the held-out data, the same each time; null when there are no more.
    Batch heldOut(int index);

    /// How many labels of `batch` the largest logits hit; negative where that is no question.
    default long right(Batch.Arguments batch, Tensor logits) {
        return -1;
    }
}
