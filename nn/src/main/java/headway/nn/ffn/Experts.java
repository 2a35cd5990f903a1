package headway.nn.ffn;

import headway.nn.Layer;
import headway.tensor.Tensor;
import java.util.List;

/// The experts of a mixture.
public interface Experts extends Layer {
    /// How many there are.
    int count();

    /// What expert `e` makes of the rows `(tokens, hidden)` that go to it.
    Tensor run(int e, Tensor rows);

    /// Experts with parameters of their own each.
    record Separate(List<? extends FeedForward> experts) implements Experts {
        @Override
        public int count() {
            return experts.size();
        }

        @Override
        public Tensor run(int e, Tensor rows) {
            return experts.get(e).forward(rows, null);
        }
    }
}
