package headway.models;

import headway.nn.Layer;
import headway.tensor.Tensor;
import java.util.Set;

/// A stack that turns tokens (or patches, or frames) into vectors, each seeing all others: what encoder
/// heads stand on.
public interface TextEncoder extends Layer {
    /// Names of the arguments that [#encode] reads.
    Set<String> arguments();

    /// Whether it reads sequences that lie one behind the other in one row ([Inputs#segments]), each by itself.
    default boolean readsSegments() {
        return false;
    }

    /// inputs → `(batch, seq, hidden)`; records what happens on the way.
    Tensor encode(Inputs inputs);
}
