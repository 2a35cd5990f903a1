package headway.nn.score;

import headway.nn.Layer;
import headway.tensor.Tensor;

/// What a model adds to the scores of attention before the softmax, by where query and key stand.
///
/// Computed once a pass and handed to every attention by [headway.nn.Pass#biased].
public sealed interface ScoreBias extends Layer permits BucketBias, WindowBias, Alibi {
    /// The bias `(1, heads, seq, kv_seq)`.
    ///
    /// @param queries tokens of the pass
    /// @param keys tokens that they may see, the queries being the last of them
    Tensor of(int queries, int keys);
}
