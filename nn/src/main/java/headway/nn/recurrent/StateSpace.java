package headway.nn.recurrent;

import headway.nn.Layer;
import headway.nn.Pass;
import headway.tensor.Tensor;

/// What mixes along a sequence by a state that each token changes, in place of attention.
public sealed interface StateSpace extends Layer permits ScalarStateSpace, SelectiveStateSpace {
    /// x `(batch, seq, hidden)` → the same axes.
    Tensor forward(Tensor x, Pass pass);
}
