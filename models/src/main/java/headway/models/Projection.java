package headway.models;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.norm.Norm;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import java.util.List;

/// What a head does to the values of a stack: a layer of one argument.
public sealed interface Projection extends Layer {
    /// @param inputs of the pass: its padding, and its dropout in training
    Tensor forward(Tensor x, Inputs inputs);

    /// One linear map.
    record Plain(Linear map) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            return map.forward(x);
        }
    }

    /// `f(dense(x))`.
    record Activated(Linear dense, Activation activation) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            return new ActivationOp(dense.forward(x), activation).run();
        }
    }

    /// A norm alone.
    record Normed(Norm norm) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            return norm.forward(x);
        }
    }

    /// The value of token `index`: `(batch, seq, hidden)` → `(batch, hidden)`.
    record Token(int index) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            Tensor first = new ContiguousOp(x.narrow(x.shape().dims().get(1).name(), index, 1)).run();
            return first.view(Shape.of(
                    "batch",
                    x.shape().size(0),
                    x.shape().last().name(),
                    x.shape().last().size()));
        }
    }

    /// The value of each text's last token whose id is not `padding`, wherever the padding stands; of the last one
    /// where embeddings are given: `(batch, seq, hidden)` → `(batch, hidden)`.
    ///
    /// @param padding -1 where the config names no id; then there must be one text alone
    record LastToken(int padding) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            int B = x.shape().size(0);
            int T = x.shape().size(1);
            if (padding < 0 && B != 1) {
                throw new ShapeException(
                        "[model] batch=%d, and config.json has no pad_token_id to tell each text's last token by; give one text, or set pad_token_id"
                                .formatted(B));
            }
            Tensor ids = inputs.integers("input_ids", "batch", B, "seq", T);
            Tensor last = Tensor.allocate(Shape.of("batch", B), DType.I32);
            for (int b = 0; b < B; b++) {
                int t = ids == null || padding < 0 ? T - 1 : 0;
                for (int i = 0; ids != null && i < T; i++) {
                    t = (int) ids.memory().get((long) b * T + i) == padding ? t : i;
                }
                last.memory().set(b, b * T + t);
            }
            int D = x.shape().last().size();
            return new EmbeddingOp(x.view(Shape.of("row", B * T, "hidden", D)), last, -1).run();
        }
    }

    /// The mean over all tokens that are no padding: `(batch, seq, hidden)` → `(batch, hidden)`.
    record Mean() implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            int B = x.shape().size(0);
            int T = x.shape().size(1);
            Tensor share = Tensor.allocate(Shape.of("batch", B, "one", 1, "seq", T), x.dtype());
            Tensor mask = inputs.padding("attention_mask", B, T);
            for (int b = 0; b < B; b++) {
                double n = 0;
                for (int t = 0; t < T; t++) {
                    n += mask == null ? 1 : mask.memory().get((long) b * T + t);
                }
                for (int t = 0; t < T; t++) {
                    long at = (long) b * T + t;
                    share.memory().set(at, (mask == null ? 1 : mask.memory().get(at)) / n);
                }
            }
            int D = x.shape().last().size();
            Tensor rows = x.view(Shape.of("batch", B, "seq", T, "hidden", D));
            return new MatMulOp(share, rows, false).run().view(Shape.of("batch", B, "hidden", D));
        }
    }

    /// Dropout while training.
    record Dropped() implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            return inputs.dropout() == null ? x : inputs.dropout().apply(x);
        }
    }

    /// One after the other.
    record Chain(List<Projection> steps) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            Tensor y = x;
            for (Projection step : steps) {
                y = step.forward(y, inputs);
            }
            return y;
        }
    }

    /// The steps as one projection.
    static Projection of(Projection... steps) {
        return new Chain(List.of(steps));
    }
}
