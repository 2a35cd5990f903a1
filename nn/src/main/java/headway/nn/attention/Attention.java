package headway.nn.attention;

import headway.nn.Layer;
import headway.nn.Pass;
import headway.tensor.Tensor;

/// The part of a block that moves information between tokens.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
public interface Attention extends Layer {
    /// The value, plus `residual`, which may be null.
    Tensor forward(Tensor x, Pass pass, Tensor residual);
}
