package headway.nn.norm;

import headway.nn.Layer;
import headway.tensor.Tensor;

/// Brings each row to a standard size.
///
/// - x `(…, hidden)` → `(…, hidden)`
public interface Norm extends Layer {
    Tensor forward(Tensor x);
}
