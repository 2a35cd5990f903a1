package headway.train;

import headway.tensor.Tensor;

/// The data of a run, told by the number of the step alone, so that a resumed run reads what an uninterrupted one
/// would have.
interface Batches {
    /// One micro-batch.
    ///
    /// @param ids `I32` `(batch, seq)`
    /// @param targets `I32` `(batch, seq)`: the token that follows each; −100 where none is asked for
    record Batch(Tensor ids, Tensor targets) {}

    /// Micro-batch `micro` of step `step` (from 0), in the current workspace.
    Batch at(int step, int micro);

    /// Batch `index` of the held-out data, the same each time; null when there are no more.
    Batch heldOut(int index);
}
