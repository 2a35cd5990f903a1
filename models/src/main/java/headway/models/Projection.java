package headway.models;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.ffn.Mlp;
import headway.nn.norm.Norm;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import java.util.List;
import java.util.Map;

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

    /// `norm(x + mlp(dropped x))`.
    record Residual(Mlp mlp, Norm norm) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            Tensor dropped = inputs.dropout() == null ? x : inputs.dropout().apply(x);
            return norm.forward(mlp.forward(dropped, x));
        }
    }

    /// Scores `(batch, seq, n)` with those of a question out of the competition: 10⁶ less for all tokens up to the
    /// first
    /// separator, but for the first one. How long questions are can be given as `question_lengths` `(batch, 1)`.
    record Behind(int separator) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            int B = x.shape().size(0);
            int T = x.shape().size(1);
            int[] lengths = lengths(inputs, separator, B, T);
            if (lengths == null) {
                return x;
            }
            int n = x.shape().size(2);
            Tensor less = Tensor.allocate(x.shape(), DType.F32);
            for (int i = 0; i < B * T * n; i++) {
                int t = i / n % T;
                less.memory().set(i, t > 0 && t < lengths[i / n / T] ? -1e6 : 0);
            }
            return new AddOp(x, less).run();
        }

        /// Length of each row's question with its separator; null where embeddings are given and nothing is said.
        static int[] lengths(Inputs inputs, int separator, int B, int T) {
            Tensor given = inputs.integers("question_lengths", "batch", B, "one", 1);
            if (given != null) {
                return given.toInts();
            }
            Tensor ids = inputs.integers("input_ids", "batch", B, "seq", T);
            if (ids == null) {
                return null;
            }
            int[] lengths = new int[B];
            for (int b = 0; b < B; b++) {
                lengths[b] = 1;
                for (int t = T - 1; t >= 0; t--) {
                    lengths[b] = ids.memory().get((long) b * T + t) == separator ? t + 1 : lengths[b];
                }
            }
            return lengths;
        }
    }

    /// The value of token `index`: `(batch, seq, hidden)` → `(batch, hidden)`.
    record Token(int index) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            if (inputs.segments() != null) {
                return row(x, inputs.segments());
            }
            Tensor first = new ContiguousOp(x.narrow(x.shape().dims().get(1).name(), index, 1)).run();
            return first.view(Shape.of(
                    "batch",
                    x.shape().size(0),
                    x.shape().last().name(),
                    x.shape().last().size()));
        }

        private Tensor row(Tensor x, Segments rows) {
            int[] chosen = new int[rows.count()];
            for (int b = 0; b < chosen.length; b++) {
                chosen[b] = rows.start(b) + index;
            }
            int D = x.shape().last().size();
            Tensor all = x.view(Shape.of("row", rows.rows(), "hidden", D));
            return new EmbeddingOp(all, Tensor.of(Shape.of("batch", chosen.length), chosen), -1).run();
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

    /// The value of each text's first token that is no padding: `(batch, seq, hidden)` → `(batch, hidden)`.
    record FirstToken() implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            int B = x.shape().size(0);
            int T = x.shape().size(1);
            Tensor mask = inputs.padding("attention_mask", B, T);
            int[] first = new int[B];
            for (int b = 0; b < B; b++) {
                int t = 0;
                while (mask != null && t < T - 1 && mask.memory().get((long) b * T + t) == 0) {
                    t++;
                }
                first[b] = b * T + t;
            }
            Tensor rows =
                    x.view(Shape.of("row", B * T, "hidden", x.shape().last().size()));
            return new EmbeddingOp(rows, Tensor.of(Shape.of("batch", B), first), -1).run();
        }
    }

    /// The value at each text's last token `id` among `input_ids`, of which all texts have as many: `(batch, seq,
    /// hidden)` → `(batch, hidden)`.
    record EndToken(int id) implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            int B = x.shape().size(0);
            int T = x.shape().size(1);
            Tensor ids = inputs.required("input_ids", inputs.integers("input_ids", "batch", B, "seq", T));
            Tensor last = Tensor.allocate(Shape.of("batch", B), DType.I32);
            int most = 0;
            for (int b = 0; b < B; b++) {
                int count = 0;
                for (int t = 0; t < T; t++) {
                    if (ids.memory().get((long) b * T + t) == id) {
                        last.memory().set(b, b * T + t);
                        count++;
                    }
                }
                most = b == 0 ? count : most;
                if (count == 0 || count != most) {
                    throw new ShapeException(
                            "[model] text %d has %d end tokens (eos_token_id %d), the first has %d; expected as many in each, at least one: a text's class comes from the last"
                                    .formatted(b, count, id, most));
                }
            }
            int D = x.shape().last().size();
            return new EmbeddingOp(x.view(Shape.of("row", B * T, "hidden", D)), last, -1).run();
        }
    }

    /// The mean over all tokens that are no padding: `(batch, seq, hidden)` → `(batch, hidden)`.
    record Mean() implements Projection {
        @Override
        public Tensor forward(Tensor x, Inputs inputs) {
            if (inputs.segments() != null) {
                return ofSegments(x, inputs.segments());
            }
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

        private static Tensor ofSegments(Tensor x, Segments rows) {
            Tensor means = Tensor.allocate(
                    Shape.of("batch", rows.count(), "hidden", x.shape().last().size()), x.dtype());
            for (int b = 0; b < rows.count(); b++) {
                Tensor own = x.narrow(x.shape().dims().get(1).name(), rows.start(b), rows.length(b));
                means.narrow("batch", b, 1).assign(new Mean().forward(own, new Inputs(Map.of(), null)));
            }
            return means;
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
