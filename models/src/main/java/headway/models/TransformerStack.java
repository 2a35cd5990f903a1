package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Attention;
import headway.nn.attention.CrossAttention;
import headway.nn.attention.Encoded;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import java.util.List;
import java.util.stream.IntStream;

/// Encoder or decoder as BART, Marian and Whisper name their parts: multi-head attention with biases, in
/// a decoder also to what the encoder made, and a feed-forward part.
///
/// [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762), section 3.1.
///
/// @param norm after the last block; null where norms come after the branches
public record TransformerStack(List<Block> layers, LayerNorm norm) implements Layer {
    /// Where a branch is normed: before it runs (pre-norm), or after it was added (post-norm).
    public enum Order {
        BEFORE,
        AFTER
    }

    /// Sizes of a stack.
    ///
    /// @param keyBias whether key projections have a bias; Whisper's have none
    public record Sizes(
            int layers,
            int hiddenSize,
            int heads,
            int inner,
            Activation activation,
            Order order,
            boolean decodes,
            boolean keyBias,
            double initStd) {
        public Sizes {
            if (heads < 1 || hiddenSize % heads != 0) {
                throw new headway.io.ConfigException(
                        "[config] d_model (%d) must be a multiple of the attention heads (%d)"
                                .formatted(hiddenSize, heads));
            }
        }
    }

    /// One block.
    ///
    /// @param cross null in an encoder, and its norm
    public record Block(
            Attention self,
            LayerNorm selfNorm,
            CrossAttention cross,
            LayerNorm crossNorm,
            Mlp mlp,
            LayerNorm mlpNorm,
            Order order)
            implements Layer {
        private interface Branch {
            Tensor of(Tensor x);
        }

        Tensor forward(Tensor x, Pass pass, Encoded encoded) {
            Tensor h = added(x, selfNorm, y -> self.forward(y, pass, null), pass);
            if (cross != null) {
                h = added(h, crossNorm, y -> cross.forward(y, encoded, null), pass);
            }
            return added(h, mlpNorm, y -> mlp.forward(y, null), pass);
        }

        private Tensor added(Tensor x, LayerNorm norm, Branch branch, Pass pass) {
            Tensor y = pass.drop(branch.of(order == Order.BEFORE ? norm.forward(x) : x));
            Tensor sum = new AddOp(x, y).run();
            return order == Order.BEFORE ? sum : norm.forward(sum);
        }
    }

    /// Loads the attention of a block to its own tokens.
    @FunctionalInterface
    public interface SelfAttention {
        Attention load(Weights w, int layer);
    }

    static TransformerStack load(Weights w, Sizes s) {
        return load(w, s, (a, layer) -> attention(a, s, layer));
    }

    /// The same with another kind of attention to a block's own tokens.
    static TransformerStack load(Weights w, Sizes s, SelfAttention self) {
        List<Block> blocks = IntStream.range(0, s.layers)
                .mapToObj(i -> block(w.at("layers").at(i), s, i, self))
                .toList();
        return new TransformerStack(
                blocks, s.order == Order.BEFORE ? LayerNorm.load(w.at("layer_norm"), s.hiddenSize, 1e-5) : null);
    }

    private static Attention attention(Weights a, Sizes s, int layer) {
        int D = s.hiddenSize;
        int headDim = D / s.heads;
        Init init = new Init.Normal(s.initStd);
        Mask mask = s.decodes ? new Mask.Causal() : new Mask.Bidirectional();
        return new GroupedQueryAttention(
                DenseLinear.load(a.at("q_proj"), D, D, true, init),
                DenseLinear.load(a.at("k_proj"), D, D, s.keyBias, init),
                DenseLinear.load(a.at("v_proj"), D, D, true, init),
                DenseLinear.load(a.at("out_proj"), D, D, true, init),
                null,
                null,
                null,
                headDim,
                new ScaledDotProduct(1 / Math.sqrt(headDim), mask, layer));
    }

    private static Block block(Weights w, Sizes s, int layer, SelfAttention self) {
        int D = s.hiddenSize;
        Init init = new Init.Normal(s.initStd);
        return new Block(
                self.load(w.at("self_attn"), layer),
                LayerNorm.load(w.at("self_attn_layer_norm"), D, 1e-5),
                s.decodes ? cross(w.at("encoder_attn"), s, layer, init) : null,
                s.decodes ? LayerNorm.load(w.at("encoder_attn_layer_norm"), D, 1e-5) : null,
                new Mlp(
                        DenseLinear.load(w.at("fc1"), D, s.inner, true, init),
                        s.activation,
                        DenseLinear.load(w.at("fc2"), s.inner, D, true, init)),
                LayerNorm.load(w.at("final_layer_norm"), D, 1e-5),
                s.order);
    }

    private static CrossAttention cross(Weights w, Sizes s, int layer, Init init) {
        int D = s.hiddenSize;
        int headDim = D / s.heads;
        return new CrossAttention(
                DenseLinear.load(w.at("q_proj"), D, D, true, init),
                DenseLinear.load(w.at("k_proj"), D, D, s.keyBias, init),
                DenseLinear.load(w.at("v_proj"), D, D, true, init),
                DenseLinear.load(w.at("out_proj"), D, D, true, init),
                headDim,
                new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Bidirectional(), layer));
    }

    /// @param encoded null in an encoder
    Tensor forward(Tensor embedded, Pass pass, Encoded encoded) {
        Tensor x = embedded;
        int T = pass.positions().shape().size(1);
        Trace.next("hidden_states", cut(x, T));
        for (int i = 0; i < layers.size(); i++) {
            Tensor before = x;
            Block block = layers.get(i);
            x = Workspace.keeping(() -> block.forward(before, pass, encoded));
            if (i < layers.size() - 1) {
                Trace.next("hidden_states", cut(x, T));
            }
        }
        x = cut(norm == null ? x : norm.forward(x), T);
        Trace.next("hidden_states", x);
        return x;
    }

    /// The first `T` tokens: a stack may be given more, to fill windows up.
    static Tensor cut(Tensor x, int T) {
        return x.shape().size(1) == T ? x : new ContiguousOp(x.narrow("seq", 0, T)).run();
    }
}
