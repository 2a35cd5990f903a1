package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
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
import headway.nn.position.RotaryPosition;
import headway.nn.score.Alibi;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Falcon: one key/value head or a few for all queries, attention and feed-forward side by side, positions rotary or by
/// linear biases. [Almazrouei et al. 2023](https://arxiv.org/abs/2311.16867).
///
/// Weight names are those of Hugging Face's `FalconForCausalLM`. Its linear biases are rounded to bfloat16 and scaled
/// like the scores. Its eager attention adds them twice, by mistake; here, as in its other attentions and in training
/// them, they are added once.
public record Falcon(Config config, Stack transformer, Linear lmHead) implements CausalModel {
    static final Family FAMILY = new Family(
            "falcon",
            List.of("FalconForCausalLM", "FalconModel"),
            List.of(),
            "transformer.",
            List.of("lm_head."),
            name -> name.endsWith("rotary_emb.inv_freq"),
            Falcon::load);

    /// Field names are those of `config.json`.
    ///
    /// @param numLnInParallelAttn norms before the two branches: 1 shared, 2, or null for what the architecture has
    /// @param numKvHeads null for `numAttentionHeads`; read with `newDecoderArchitecture`
    /// @param multiQuery one key/value head, in the older architecture
    /// @param ffnHiddenSize null for four times `hiddenSize`
    public record Config(
            int vocabSize,
            int hiddenSize,
            int numHiddenLayers,
            int numAttentionHeads,
            Integer numLnInParallelAttn,
            double layerNormEpsilon,
            double initializerRange,
            Integer numKvHeads,
            boolean alibi,
            boolean newDecoderArchitecture,
            boolean multiQuery,
            boolean parallelAttn,
            boolean bias,
            int maxPositionEmbeddings,
            Integer ffnHiddenSize,
            String activation,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            ffnHiddenSize = ffnHiddenSize == null ? Integer.valueOf(4 * hiddenSize) : ffnHiddenSize;
        }

        int kvHeads() {
            if (newDecoderArchitecture) {
                return numKvHeads == null ? numAttentionHeads : numKvHeads;
            }
            return multiQuery ? 1 : numAttentionHeads;
        }

        boolean twoNorms() {
            return newDecoderArchitecture && (numLnInParallelAttn == null || numLnInParallelAttn == 2);
        }

        int headDim() {
            return hiddenSize / numAttentionHeads;
        }
    }

    /// The stack below the head.
    ///
    /// @param alibi null where positions are rotary
    public record Stack(Embedding wordEmbeddings, List<Block> h, LayerNorm lnF, Alibi alibi) implements Layer {}

    /// One block.
    ///
    /// @param mlpNorm before the feed-forward; null where it reads what attention reads
    /// @param parallel whether the feed-forward reads the block's input
    public record Block(
            LayerNorm attentionNorm, LayerNorm mlpNorm, PackedAttention selfAttention, Mlp mlp, boolean parallel)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor normed = attentionNorm.forward(x);
            if (!parallel) {
                Tensor h = pass.plus(x, r -> selfAttention.forward(normed, pass, r));
                return pass.plus(h, r -> mlp.forward(mlpNorm.forward(h), r));
            }
            Tensor other = mlpNorm == null ? normed : mlpNorm.forward(x);
            Tensor attended = selfAttention.forward(normed, pass, null);
            return new AddOp(x, pass.drop(mlp.forward(other, attended))).run();
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("layerNormEpsilon", 1e-5);
        d.put("initializerRange", 0.02);
        d.put("alibi", false);
        d.put("newDecoderArchitecture", false);
        d.put("multiQuery", true);
        d.put("parallelAttn", true);
        d.put("bias", false);
        d.put("maxPositionEmbeddings", 2048);
        d.put("activation", "gelu");
        d.put("tieWordEmbeddings", true);
        return d;
    }

    static Falcon load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary = c.alibi
                ? null
                : RopeConfig.read(json, 10_000, c.maxPositionEmbeddings).rotary(c.headDim());
        Weights at = w.at("transformer");
        Embedding embed = Embedding.load(at.at("word_embeddings"), c.vocabSize, c.hiddenSize, normal);
        var stack = new Stack(
                embed,
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(at.at("h").at(i), c, i, rotary, normal))
                        .toList(),
                LayerNorm.load(at.at("ln_f"), c.hiddenSize, c.layerNormEpsilon),
                c.alibi ? slopes(c.numAttentionHeads) : null);
        Linear head = CausalModel.head(w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Falcon(c, stack, head);
    }

    private static Alibi slopes(int heads) {
        return new Alibi(Alibi.interleaved(heads).slopes().stream()
                .map(s -> (double) bf16(s.floatValue()))
                .toList());
    }

    private static float bf16(float value) {
        return DType.bf16ToFloat(DType.floatToBf16(value));
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        Weights a = w.at("self_attention");
        Weights m = w.at("mlp");
        int packed = (c.numAttentionHeads + 2 * c.kvHeads()) * c.headDim();
        boolean second = c.twoNorms() && c.parallelAttn || !c.parallelAttn;
        String first = c.twoNorms() && c.parallelAttn ? "ln_attn" : "input_layernorm";
        String other = c.parallelAttn ? "ln_mlp" : "post_attention_layernorm";
        return new Block(
                LayerNorm.load(w.at(first), D, c.layerNormEpsilon),
                second ? LayerNorm.load(w.at(other), D, c.layerNormEpsilon) : null,
                new PackedAttention(
                        DenseLinear.load(a.at("query_key_value"), D, packed, c.bias, init),
                        DenseLinear.load(a.at("dense"), D, D, c.bias, init),
                        Packing.GROUPS,
                        c.numAttentionHeads,
                        c.kvHeads(),
                        c.headDim(),
                        rotary,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim()), new Mask.Causal(), layer)),
                new Mlp(
                        DenseLinear.load(m.at("dense_h_to_4h"), D, c.ffnHiddenSize, c.bias, init),
                        Activations.of(c.activation),
                        DenseLinear.load(m.at("dense_4h_to_h"), c.ffnHiddenSize, D, c.bias, init)),
                c.parallelAttn);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.wordEmbeddings.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Pass biased = transformer.alibi == null ? pass : pass.biased(bias(pass, embeddings.dim("seq")));
        Tensor x = CausalModel.through(transformer.h, embeddings, (block, h) -> block.forward(h, biased));
        return CausalModel.last(transformer.lnF.forward(x));
    }

    private Tensor bias(Pass pass, int T) {
        Tensor bias = transformer.alibi.of(pass, T, pass.seen() + T);
        double scale = 1 / Math.sqrt(config.headDim());
        for (long i = 0; i < bias.count(); i++) {
            bias.memory().set(i, scale * bf16((float) bias.memory().get(i)));
        }
        return bias;
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.kvHeads(),
                config.headDim(),
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public boolean readsPromptsWhole() {
        RotaryPosition rotary = transformer.h.getFirst().selfAttention.rotary();
        return rotary != null && rotary.dependsOnLength();
    }
}
