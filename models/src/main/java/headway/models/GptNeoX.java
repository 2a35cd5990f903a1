package headway.models;

import headway.io.ConfigReader;
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
import headway.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// GPT-NeoX and Pythia: attention and feed-forward side by side on the same residual stream, rotary positions on a part
/// of each head. [Black et al. 2022](https://arxiv.org/abs/2204.06745).
///
/// Weight names are those of Hugging Face's `GPTNeoXForCausalLM`; its projection of q, k and v goes head by head.
public record GptNeoX(Config config, Stack gptNeox, Linear embedOut) implements CausalModel {
    static final Family FAMILY = new Family(
            "gpt_neox",
            List.of("GPTNeoXForCausalLM", "GPTNeoXModel"),
            List.of(),
            "gpt_neox.",
            List.of("embed_out."),
            name -> name.endsWith("rotary_emb.inv_freq")
                    || name.endsWith(".attention.bias")
                    || name.endsWith(".attention.masked_bias"),
            GptNeoX::load);

    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int hiddenSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int intermediateSize,
            String hiddenAct,
            int maxPositionEmbeddings,
            double initializerRange,
            double layerNormEps,
            boolean useParallelResidual,
            boolean attentionBias,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
        }

        int headDim() {
            return hiddenSize / numAttentionHeads;
        }
    }

    /// The stack below the head.
    public record Stack(Embedding embedIn, List<Block> layers, LayerNorm finalLayerNorm) implements Layer {}

    /// One block.
    ///
    /// @param residual whether attention and feed-forward both read the block's input
    public record Block(
            LayerNorm inputLayernorm,
            LayerNorm postAttentionLayernorm,
            PackedAttention attention,
            Mlp mlp,
            Residual residual)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = pass.plus(x, r -> attention.forward(inputLayernorm.forward(x), pass, r));
            return switch (residual) {
                case PARALLEL -> pass.plus(h, r -> mlp.forward(postAttentionLayernorm.forward(x), r));
                case SEQUENTIAL -> pass.plus(h, r -> mlp.forward(postAttentionLayernorm.forward(h), r));
            };
        }
    }

    /// What the feed-forward reads.
    public enum Residual {
        PARALLEL,
        SEQUENTIAL
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("hiddenAct", "gelu");
        d.put("maxPositionEmbeddings", 2048);
        d.put("initializerRange", 0.02);
        d.put("layerNormEps", 1e-5);
        d.put("useParallelResidual", true);
        d.put("attentionBias", true);
        d.put("tieWordEmbeddings", false);
        return d;
    }

    static GptNeoX load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        double theta = json.path("rotary_emb_base").asDouble(10_000);
        RopeConfig rope = RopeConfig.read(json, theta, c.maxPositionEmbeddings);
        if (!json.path("rope_parameters").has("partial_rotary_factor")) {
            rope = new RopeConfig(
                    rope.theta(), rope.scaling(), json.path("rotary_pct").asDouble(0.25), rope.layout());
        }
        RotaryPosition rotary = rope.rotary(c.headDim());
        Weights at = w.at("gpt_neox");
        Embedding embed = Embedding.load(at.at("embed_in"), c.vocabSize, c.hiddenSize, normal);
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        LayerNorm norm = LayerNorm.load(at.at("final_layer_norm"), c.hiddenSize, c.layerNormEps);
        Linear head =
                CausalModel.head(w.at("embed_out"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new GptNeoX(c, new Stack(embed, layers, norm), head);
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int H = c.numAttentionHeads;
        Weights a = w.at("attention");
        Weights m = w.at("mlp");
        return new Block(
                LayerNorm.load(w.at("input_layernorm"), D, c.layerNormEps),
                LayerNorm.load(w.at("post_attention_layernorm"), D, c.layerNormEps),
                new PackedAttention(
                        DenseLinear.load(a.at("query_key_value"), D, 3 * D, c.attentionBias, init),
                        DenseLinear.load(a.at("dense"), D, D, c.attentionBias, init),
                        Packing.GROUPS,
                        H,
                        H,
                        c.headDim(),
                        rotary,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim()), new Mask.Causal(), layer)),
                new Mlp(
                        DenseLinear.load(m.at("dense_h_to_4h"), D, c.intermediateSize, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(m.at("dense_4h_to_h"), c.intermediateSize, D, true, init)),
                c.useParallelResidual ? Residual.PARALLEL : Residual.SEQUENTIAL);
    }

    @Override
    public Linear lmHead() {
        return embedOut;
    }

    @Override
    public Tensor embed(Tensor ids) {
        return gptNeox.embedIn.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = CausalModel.through(gptNeox.layers, pass.drop(embeddings), (block, h) -> block.forward(h, pass));
        return CausalModel.last(gptNeox.finalLayerNorm.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numAttentionHeads,
                config.headDim(),
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public boolean readsPromptsWhole() {
        return gptNeox.layers.getFirst().attention.rotary().dependsOnLength();
    }
}
