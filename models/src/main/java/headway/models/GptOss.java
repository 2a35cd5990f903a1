package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.ClampedExperts;
import headway.nn.ffn.MixtureOfExperts;
import headway.nn.ffn.TopKRouter;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// gpt-oss: a mixture of experts in every block, attention with sinks that looks on a window in every other block, long
/// rotary positions. [OpenAI 2025](https://arxiv.org/abs/2508.10925).
///
/// Weight names are those of Hugging Face's `GptOssForCausalLM`. Experts may lie in the file as MXFP4 (`…_blocks` and
/// `…_scales`); they are multiplied in that form, and widened to f32 to be trained.
public record GptOss(Config config, PreNormStack model, Linear lmHead) implements PreNormDecoder {
    static final Family FAMILY = ReadingDecoder.family(
            "gpt_oss",
            "GptOss",
            List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS),
            "model.",
            name -> name.endsWith("rotary_emb.inv_freq"),
            GptOss::load);

    /// Field names are those of `config.json`.
    ///
    /// @param layerTypes `sliding_attention` or `full_attention` for each block; null for turns, the window first
    public record Config(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int numKeyValueHeads,
            int headDim,
            Integer slidingWindow,
            List<String> layerTypes,
            int numLocalExperts,
            int numExpertsPerTok,
            double swigluAlpha,
            double swigluLimit,
            int maxPositionEmbeddings,
            double initializerRange,
            double rmsNormEps,
            boolean attentionBias,
            boolean tieWordEmbeddings,
            boolean outputRouterLogits,
            double routerAuxLossCoef) {
        public Config {
            if (numKeyValueHeads < 1 || numAttentionHeads % numKeyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, numKeyValueHeads));
            }
            if (numExpertsPerTok < 1 || numExpertsPerTok > numLocalExperts) {
                throw new IllegalArgumentException(
                        "num_experts_per_tok is %d; expected 1 to num_local_experts, which is %d"
                                .formatted(numExpertsPerTok, numLocalExperts));
            }
            if (layerTypes != null && layerTypes.size() != numHiddenLayers) {
                throw new IllegalArgumentException("layer_types has %d entries, num_hidden_layers is %d"
                        .formatted(layerTypes.size(), numHiddenLayers));
            }
        }

        /// Keys that block `layer` looks back on; 0 for all.
        int window(int layer) {
            boolean slides =
                    layerTypes == null ? layer % 2 == 0 : layerTypes.get(layer).equals("sliding_attention");
            return slides && slidingWindow != null ? slidingWindow : 0;
        }
    }

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("numKeyValueHeads", 8);
        d.put("headDim", 64);
        d.put("layerTypes", null);
        d.put("numLocalExperts", 128);
        d.put("numExpertsPerTok", 4);
        d.put("swigluAlpha", 1.702);
        d.put("swigluLimit", 7.0);
        d.put("maxPositionEmbeddings", 131072);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", 1e-5);
        d.put("attentionBias", true);
        d.put("tieWordEmbeddings", false);
        d.put("outputRouterLogits", false);
        d.put("routerAuxLossCoef", 0.001);
        return d;
    }

    static GptOss load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, defaults());
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary =
                RopeConfig.read(scaled(json), 150_000, c.maxPositionEmbeddings).rotary(c.headDim);
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, -1));
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new GptOss(c, new PreNormStack(embed, layers, norm, rotary), head);
    }

    /// The config with the family's own scaling, where it says none.
    private static JsonNode scaled(JsonNode json) {
        if (json.path("rope_parameters").isObject() || json.path("rope_scaling").isObject()) {
            return json;
        }
        ObjectNode said = ((ObjectNode) json).deepCopy();
        said.putObject("rope_parameters")
                .put("rope_type", "yarn")
                .put("factor", 32.0)
                .put("beta_fast", 32.0)
                .put("beta_slow", 1.0)
                .put("truncate", false)
                .put("original_max_position_embeddings", 4096);
        return said;
    }

    private static PreNormStack.Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int q = c.numAttentionHeads * c.headDim;
        int kv = c.numKeyValueHeads * c.headDim;
        boolean bias = c.attentionBias;
        Weights a = w.at("self_attn");
        Weights m = w.at("mlp");
        Mask mask = c.window(layer) == 0 ? new Mask.Causal() : new Mask.SlidingWindow(c.window(layer));
        var core = new ScaledDotProduct(
                1 / Math.sqrt(c.headDim), mask, layer, 0, a.get("sinks", init, "heads", c.numAttentionHeads));
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("q_proj"), D, q, bias, init),
                        DenseLinear.load(a.at("k_proj"), D, kv, bias, init),
                        DenseLinear.load(a.at("v_proj"), D, kv, bias, init),
                        DenseLinear.load(a.at("o_proj"), q, D, bias, init),
                        null,
                        null,
                        rotary,
                        c.headDim,
                        core),
                RmsNorm.load(w.at("post_attention_layernorm"), D, c.rmsNormEps),
                new MixtureOfExperts(
                        new TopKRouter(
                                DenseLinear.load(m.at("router"), D, c.numLocalExperts, true, init, init),
                                c.numExpertsPerTok,
                                TopKRouter.Weights.CHOSEN),
                        ClampedExperts.load(
                                m.at("experts"),
                                c.numLocalExperts,
                                D,
                                c.intermediateSize,
                                c.swigluAlpha,
                                c.swigluLimit,
                                init),
                        null));
    }

    @Override
    public Sizes sizes() {
        int window = PreNormStack.window(config.numHiddenLayers, config::window);
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numKeyValueHeads,
                config.headDim,
                config.maxPositionEmbeddings,
                window);
    }

    @Override
    public Balance balance() {
        return config.outputRouterLogits ? new Balance(config.routerAuxLossCoef, config.numExpertsPerTok) : null;
    }
}
