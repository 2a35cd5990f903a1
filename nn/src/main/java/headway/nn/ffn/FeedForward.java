package headway.nn.ffn;

import headway.nn.Layer;
import headway.tensor.Tensor;

/// The part of a block that works on each token alone.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
public interface FeedForward extends Layer {
    /// The value, plus `residual`, which may be null.
    Tensor forward(Tensor x, Tensor residual);
}
