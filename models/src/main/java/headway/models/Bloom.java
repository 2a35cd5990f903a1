package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.PackedAttention;
import headway.nn.attention.PackedAttention.Packing;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.score.Alibi;
import headway.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// BLOOM: linear biases for positions, a norm on the embedding. [Le Scao et al.
/// 2022](https://arxiv.org/abs/2211.05100).
///
/// Weight names are those of Hugging Face's `BloomForCausalLM`; its projection of q, k and v goes head by head.
public record Bloom(Config config, Stack transformer, Linear lmHead) implements CausalModel {
    static final Family FAMILY = ReadingDecoder.family(
            "bloom",
            "Bloom",
            List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS, ReadingDecoder.ANSWERS),
            "transformer.",
            _ -> false,
            Bloom::load);

    /// Field names are those of `config.json`.
    ///
    /// @param applyResidualConnectionPostLayernorm whether branches are added to the normed stream
    public record Config(
            int vocabSize,
            int hiddenSize,
            int nLayer,
            int nHead,
            double layerNormEpsilon,
            double initializerRange,
            boolean applyResidualConnectionPostLayernorm,
            boolean tieWordEmbeddings) {
        public Config {
            if (nHead < 1 || hiddenSize % nHead != 0) {
                throw new IllegalArgumentException(
                        "hidden_size (%d) must be a multiple of n_head (%d)".formatted(hiddenSize, nHead));
            }
        }
    }

    /// The stack below the head.
    public record Stack(
            Embedding wordEmbeddings, LayerNorm wordEmbeddingsLayernorm, List<Block> h, LayerNorm lnF, Alibi alibi)
            implements Layer {}

    /// One block.
    public record Block(
            LayerNorm inputLayernorm,
            PackedAttention selfAttention,
            LayerNorm postAttentionLayernorm,
            Mlp mlp,
            boolean addsToNormed)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor normed = inputLayernorm.forward(x);
            Tensor h = pass.plus(addsToNormed ? normed : x, r -> selfAttention.forward(normed, pass, r));
            Tensor again = postAttentionLayernorm.forward(h);
            return pass.plus(addsToNormed ? again : h, r -> mlp.forward(again, r));
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("layerNormEpsilon", 1e-5);
        d.put("initializerRange", 0.02);
        d.put("applyResidualConnectionPostLayernorm", false);
        d.put("tieWordEmbeddings", true);
        return d;
    }

    static Bloom load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("transformer");
        Embedding embed = Embedding.load(at.at("word_embeddings"), c.vocabSize, c.hiddenSize, normal);
        var stack = new Stack(
                embed,
                LayerNorm.load(at.at("word_embeddings_layernorm"), c.hiddenSize, c.layerNormEpsilon),
                IntStream.range(0, c.nLayer)
                        .mapToObj(i -> block(at.at("h").at(i), c, i, normal))
                        .toList(),
                LayerNorm.load(at.at("ln_f"), c.hiddenSize, c.layerNormEpsilon),
                Alibi.interleaved(c.nHead));
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Bloom(c, stack, head);
    }

    private static Block block(Weights w, Config c, int layer, Init init) {
        int D = c.hiddenSize;
        int headDim = D / c.nHead;
        Weights a = w.at("self_attention");
        Weights m = w.at("mlp");
        return new Block(
                LayerNorm.load(w.at("input_layernorm"), D, c.layerNormEpsilon),
                new PackedAttention(
                        DenseLinear.load(a.at("query_key_value"), D, 3 * D, true, init),
                        DenseLinear.load(a.at("dense"), D, D, true, init),
                        Packing.GROUPS,
                        c.nHead,
                        c.nHead,
                        headDim,
                        null,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Causal(), layer)),
                LayerNorm.load(w.at("post_attention_layernorm"), D, c.layerNormEpsilon),
                new Mlp(
                        DenseLinear.load(m.at("dense_h_to_4h"), D, 4 * D, true, init),
                        Activation.GELU_TANH,
                        DenseLinear.load(m.at("dense_4h_to_h"), 4 * D, D, true, init)),
                c.applyResidualConnectionPostLayernorm);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.wordEmbeddings.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        int T = embeddings.dim("seq");
        Pass biased = pass.biased(transformer.alibi.of(pass, T, pass.seen() + T));
        Tensor x = transformer.wordEmbeddingsLayernorm.forward(embeddings);
        x = CausalModel.through(transformer.h, x, (block, h) -> block.forward(h, biased));
        return CausalModel.last(transformer.lnF.forward(x));
    }

    @Override
    public Sizes sizes() {
        int headDim = config.hiddenSize / config.nHead;
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.nLayer,
                config.nHead,
                config.nHead,
                headDim,
                Integer.MAX_VALUE,
                0);
    }
}
