package headway.nn.mask;

import headway.kernels.Span;
import headway.kernels.attention.Visibility;

/// Which pairs of tokens may see each other. Padding comes on top, from the batch.
public sealed interface Mask {
    /// Everybody sees everybody: encoders, cross-attention.
    record Bidirectional() implements Mask {}

    /// Everybody sees `window - 1` tokens to either side, and itself: the local layers of encoders.
    record BidirectionalWindow(int window) implements Mask {
        public BidirectionalWindow {
            if (window < 1) {
                throw new IllegalArgumentException("[mask] window=%d; expected at least 1".formatted(window));
            }
        }
    }

    /// Nobody sees what comes later.
    record Causal() implements Mask {}

    /// Nobody sees what comes later, nor further back than `window` tokens, counting itself.
    /// [Beltagy et al. 2020](https://arxiv.org/abs/2004.05150), Mistral.
    record SlidingWindow(int window) implements Mask {
        public SlidingWindow {
            if (window < 1) {
                throw new IllegalArgumentException("[mask] window=%d; expected at least 1".formatted(window));
            }
        }
    }

    /// Causal, but everybody sees the first `prefix` tokens. [Raffel et al. 2020](https://arxiv.org/abs/1910.10683).
    record Prefix(int prefix) implements Mask {
        public Prefix {
            if (prefix < 0) {
                throw new IllegalArgumentException("[mask] prefix=%d; expected at least 0".formatted(prefix));
            }
        }
    }

    /// The mask as kernels read it.
    ///
    /// @param offset position among the keys of the first query
    /// @param padding `(batch, kv_seq)`, 0 for padding; or null
    default Visibility visibility(int offset, Span padding) {
        return switch (this) {
            case Bidirectional() -> new Visibility(false, offset, 0, 0, padding);
            case BidirectionalWindow(int window) -> new Visibility(false, offset, window, 0, padding);
            case Causal() -> new Visibility(true, offset, 0, 0, padding);
            case SlidingWindow(int window) -> new Visibility(true, offset, window, 0, padding);
            case Prefix(int prefix) -> new Visibility(true, offset, 0, prefix, padding);
        };
    }
}
