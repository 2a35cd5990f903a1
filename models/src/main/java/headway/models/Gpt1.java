package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.DenseLinear.Layout;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.KvCache;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.MultiplyOp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// GPT-1: post-norm decoder with learned positions, multi-head attention and GELU in its tanh form.
///
/// [Radford et al.
/// 2018](https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf).
/// Weight names are those of Hugging Face's `OpenAIGPTLMHeadModel`; its `Conv1D` weights lie as `(in, out)`.
public record Gpt1(Config config, Transformer transformer, Linear lmHead) implements CausalModel {
    static final Family FAMILY = ReadingDecoder.family(
            "openai-gpt",
            List.of("OpenAIGPTLMHeadModel", "OpenAIGPTModel", "OpenAIGPTForSequenceClassification"),
            "transformer.",
            name -> name.endsWith(".attn.bias") || name.endsWith("position_ids"),
            Gpt1::load);

    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int nPositions,
            int nEmbd,
            int nLayer,
            int nHead,
            String afn,
            double layerNormEpsilon,
            double initializerRange,
            boolean tieWordEmbeddings) {
        public Config {
            if (nHead < 1 || nEmbd % nHead != 0) {
                throw new IllegalArgumentException(
                        "n_embd (%d) must be a multiple of n_head (%d)".formatted(nEmbd, nHead));
            }
        }
    }

    /// The stack below the head.
    public record Transformer(Embedding tokensEmbed, LearnedPosition positionsEmbed, List<Block> h) implements Layer {}

    /// Attention in which a query that sees nothing but padding weighs alike the tokens after it: the family writes
    /// -10⁴ over the scores of what comes later, and adds the lowest number to those of padding.
    public record LaterAttention(Linear cAttn, Linear cProj, int headDim, ScaledDotProduct core) implements Layer {
        Tensor forward(Tensor x, Pass pass, Tensor residual) {
            Tensor qkv = cAttn.forward(x);
            String axis = qkv.shape().last().name();
            int D = cProj.in();
            Tensor q = heads(qkv.narrow(axis, 0, D), "heads");
            Tensor k = heads(qkv.narrow(axis, D, D), "kv_heads");
            Tensor v = heads(qkv.narrow(axis, 2 * D, D), "kv_heads");
            if (pass.padding() == null) {
                return cProj.forward(core.attend(q, k, v, pass), residual);
            }
            int T = x.shape().size(1);
            int S = pass.padding().shape().size(1);
            Tensor seeing = new MultiplyOp(new ContiguousOp(q).run(), seeing(q.shape(), pass.padding(), S - T)).run();
            Pass biased =
                    new Pass(pass.positions(), null, pass.cache(), pass.dropout()).biased(added(pass.padding(), T));
            return cProj.forward(
                    new ScaledDotProduct(core.scale(), new Mask.Bidirectional(), core.layer())
                            .attend(seeing, k, v, biased),
                    residual);
        }

        private Tensor heads(Tensor x, String axis) {
            return x.split(axis, x.shape().last().size() / headDim, "head_dim", headDim);
        }

        /// 1 for all elements of a query that sees a token, 0 for those of one that sees padding alone: its scores,
        /// which the lowest number swallows, are the same as those of what comes later.
        private static Tensor seeing(Shape shape, Tensor padding, int offset) {
            Tensor marks = Tensor.allocate(shape, DType.F32);
            int T = shape.size(1);
            int S = padding.shape().size(1);
            int D = shape.size(2) * shape.size(3);
            for (int b = 0; b < shape.size(0); b++) {
                for (int t = 0; t < T; t++) {
                    boolean sees = false;
                    for (int j = 0; j <= offset + t; j++) {
                        sees |= padding.memory().get((long) b * S + j) != 0;
                    }
                    for (int d = 0; d < D; d++) {
                        marks.memory().set(((long) b * T + t) * D + d, sees ? 1 : 0);
                    }
                }
            }
            return marks;
        }

        private static Tensor added(Tensor padding, int T) {
            int B = padding.shape().size(0);
            int S = padding.shape().size(1);
            Tensor bias = Tensor.allocate(Shape.of("batch", B, "heads", 1, "seq", T, "kv_seq", S), DType.F32);
            for (int b = 0; b < B; b++) {
                for (int t = 0; t < T; t++) {
                    for (int j = 0; j < S; j++) {
                        boolean later = j > S - T + t;
                        boolean padded = padding.memory().get((long) b * S + j) == 0;
                        bias.memory().set(((long) b * T + t) * S + j, padded ? -Float.MAX_VALUE : later ? -1e4 : 0);
                    }
                }
            }
            return bias;
        }
    }

    /// One block.
    public record Block(LaterAttention attn, LayerNorm ln1, Mlp mlp, LayerNorm ln2) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor n = ln1.forward(pass.plus(x, r -> attn.forward(x, pass, r)));
            return ln2.forward(pass.plus(n, r -> mlp.forward(n, r)));
        }
    }

    private static final Map<String, Object> DEFAULTS = Map.of(
            "nPositions",
            512,
            "afn",
            "gelu",
            "layerNormEpsilon",
            1e-5,
            "initializerRange",
            0.02,
            "tieWordEmbeddings",
            true);

    static Gpt1 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("transformer");
        Embedding words = Embedding.load(at.at("tokens_embed"), c.vocabSize, c.nEmbd, normal);
        var stack = new Transformer(
                words,
                LearnedPosition.load(at.at("positions_embed"), c.nPositions, c.nEmbd, normal),
                IntStream.range(0, c.nLayer)
                        .mapToObj(i -> block(at.at("h").at(i), c, i, normal))
                        .toList());
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), words, c.tieWordEmbeddings, c.nEmbd, c.vocabSize, normal);
        return new Gpt1(c, stack, head);
    }

    private static Block block(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("attn");
        Weights m = w.at("mlp");
        int D = c.nEmbd;
        int headDim = D / c.nHead;
        // What the family calls "gelu" is the tanh form.
        Activation activation = c.afn.equals("gelu") ? Activation.GELU_TANH : Activations.of(c.afn);
        return new Block(
                new LaterAttention(
                        DenseLinear.load(a.at("c_attn"), D, 3 * D, true, init, Layout.IN_OUT),
                        DenseLinear.load(a.at("c_proj"), D, D, true, init, Layout.IN_OUT),
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Causal(), layer)),
                LayerNorm.load(w.at("ln_1"), D, c.layerNormEpsilon),
                new Mlp(
                        DenseLinear.load(m.at("c_fc"), D, 4 * D, true, init, Layout.IN_OUT),
                        activation,
                        DenseLinear.load(m.at("c_proj"), 4 * D, D, true, init, Layout.IN_OUT)),
                LayerNorm.load(w.at("ln_2"), D, c.layerNormEpsilon));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.tokensEmbed.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor places = transformer.positionsEmbed.forward(pass.positions());
        Tensor x = pass.drop(new AddOp(embeddings, places).run());
        return CausalModel.last(CausalModel.through(transformer.h, x, (block, h) -> block.forward(h, pass)));
    }

    @Override
    public KvCache newCache(int tokens) {
        return new GrowingCache(Math.min(tokens, config.nPositions));
    }

    @Override
    public Sizes sizes() {
        int headDim = config.nEmbd / config.nHead;
        return new Sizes(
                config.vocabSize,
                config.nEmbd,
                config.nLayer,
                config.nHead,
                config.nHead,
                headDim,
                config.nPositions,
                0);
    }

    @Override
    public int positionLimit() {
        return config.nPositions;
    }
}
