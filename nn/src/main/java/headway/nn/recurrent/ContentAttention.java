package headway.nn.recurrent;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ReciprocalOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SoftmaxOp;

/// Attention of one state of a decoder to what an encoder made of its input.
///
///     a = softmax_j(score(s, h_j)),   context = Σ_j a_j · h_j
///
/// - s `(batch, hidden)`, h `(batch, enc_seq, width)` → weights `(batch, 1, enc_seq)`
///
/// @param place where a window of the input is looked at; null for all of it
public record ContentAttention(Score score, Place place) implements Layer {
    /// How well a state and a value of the encoder fit.
    public sealed interface Score extends Layer {
        /// What does not depend on the state, once for all: `(batch, enc_seq, …)`.
        Tensor keys(Tensor h);

        /// `(batch, 1, enc_seq)`.
        Tensor of(Tensor s, Tensor keys);
    }

    /// `scale · s·h`; [Luong et al. 2015](https://arxiv.org/abs/1508.04025), equation 8, there with scale 1.
    public record Dot(double scale) implements Score {
        @Override
        public Tensor keys(Tensor h) {
            return h;
        }

        @Override
        public Tensor of(Tensor s, Tensor keys) {
            Tensor scores = product(s, keys);
            return scale == 1 ? scores : new ScaleOp(scores, scale).run();
        }
    }

    /// `s·W·h`; [Luong et al. 2015](https://arxiv.org/abs/1508.04025), equation 8.
    public record General(Linear map) implements Score {
        @Override
        public Tensor keys(Tensor h) {
            return map.forward(h);
        }

        @Override
        public Tensor of(Tensor s, Tensor keys) {
            return product(s, keys);
        }
    }

    /// `v·tanh(W·s + U·h)`; [Bahdanau et al. 2014](https://arxiv.org/abs/1409.0473), appendix A.1.2; Luong's "concat"
    /// is
    /// the same with W and U side by side.
    ///
    /// @param v `(1, width)`
    public record Additive(Linear query, Linear memory, Parameter v) implements Score {
        @Override
        public Tensor keys(Tensor h) {
            return memory.forward(h);
        }

        @Override
        public Tensor of(Tensor s, Tensor keys) {
            int B = keys.shape().size(0);
            int S = keys.shape().size(1);
            int A = keys.shape().size(2);
            Tensor row = Tensor.allocate(Shape.of("batch", B, "enc_seq", S), DType.I32);
            for (long i = 0; i < row.count(); i++) {
                row.memory().set(i, i / S);
            }
            Tensor each = new EmbeddingOp(query.forward(s).view(Shape.of("row", B, "hidden", A)), row, -1).run();
            Tensor inner = new ActivationOp(new AddOp(each, keys).run(), Activation.TANH).run();
            return new LinearOp(inner, v.tensor(), null, null, false)
                    .run()
                    .view(Shape.of("batch", B, "one", 1, "enc_seq", S));
        }
    }

    /// Where to look: a window of `reach` tokens to either side of a place that the state names, weighed by a bell
    /// around
    /// it. [Luong et al. 2015](https://arxiv.org/abs/1508.04025), equations 9 and 10.
    ///
    ///     p = S · σ(v·tanh(W·s)),   a_j · e^(-(j - p)² / (2·(reach/2)²))
    ///
    /// @param v `(1, width)`
    public record Place(Linear map, Parameter v, int reach) implements Layer {
        /// p `(batch, 1)`, between 0 and the number of tokens of each text.
        Tensor of(Tensor s, double[] lengths) {
            Tensor inner = new ActivationOp(map.forward(s), Activation.TANH).run();
            Tensor share = new ActivationOp(
                            new LinearOp(inner, v.tensor(), null, null, false).run(), Activation.SIGMOID)
                    .run();
            Tensor sizes = Tensor.allocate(share.shape(), DType.F32);
            for (int b = 0; b < lengths.length; b++) {
                sizes.memory().set(b, lengths[b]);
            }
            return new MultiplyOp(share, sizes).run();
        }
    }

    /// The weights of one state; those of padding are 0.
    ///
    /// @param padding `(batch, enc_seq)`, 0 for padding; or null
    public Tensor weights(Tensor s, Tensor keys, Tensor padding) {
        Tensor scores = score.of(s, keys);
        int B = scores.shape().size(0);
        int S = scores.shape().size(2);
        int[] first = new int[B];
        double[] lengths = new double[B];
        for (int b = 0; b < B; b++) {
            first[b] = -1;
            for (int j = 0; j < S; j++) {
                boolean token = padding == null || padding.memory().get((long) b * S + j) != 0;
                first[b] = token && first[b] < 0 ? j : first[b];
                lengths[b] += token ? 1 : 0;
            }
        }
        Tensor p = place == null ? null : place.of(s, lengths);
        Tensor hidden = Tensor.allocate(scores.shape(), DType.F32);
        for (int i = 0; i < B * S; i++) {
            int b = i / S;
            boolean token = padding == null || padding.memory().get(i) != 0;
            boolean near = p == null || Math.abs(i % S - first[b] - p.memory().get(b)) <= place.reach;
            hidden.memory().set(i, token && near ? 0 : -Float.MAX_VALUE);
        }
        Tensor a = new SoftmaxOp(new AddOp(scores, hidden).run()).run();
        return p == null ? a : new MultiplyOp(a, bell(p, first, a.shape())).run();
    }

    private Tensor bell(Tensor p, int[] first, Shape shape) {
        int B = shape.size(0);
        int S = shape.size(2);
        Tensor row = Tensor.allocate(Shape.of("batch", B, "one", 1, "enc_seq", S), DType.I32);
        Tensor places = Tensor.allocate(shape, DType.F32);
        for (int i = 0; i < B * S; i++) {
            row.memory().set(i, i / S);
            places.memory().set(i, first[i / S] - i % S);
        }
        Tensor each = new EmbeddingOp(p.view(Shape.of("row", B, "hidden", 1)), row, -1)
                .run()
                .view(shape);
        Tensor far = new AddOp(each, places).run();
        double deviation = place.reach / 2.0;
        Tensor x = new ScaleOp(new MultiplyOp(far, far).run(), -1 / (2 * deviation * deviation)).run();
        // e^x = σ(x) / σ(-x).
        Tensor up = new ActivationOp(x, Activation.SIGMOID).run();
        Tensor down = new ActivationOp(new ScaleOp(x, -1).run(), Activation.SIGMOID).run();
        return new MultiplyOp(up, new ReciprocalOp(down).run()).run();
    }

    private static Tensor product(Tensor s, Tensor keys) {
        Tensor one = s.view(Shape.of(
                "batch", s.shape().size(0), "one", 1, "hidden", s.shape().size(1)));
        return new MatMulOp(one, keys, true).run();
    }
}
