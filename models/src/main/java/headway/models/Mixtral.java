package headway.models;

import headway.io.ConfigReader;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Experts;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedExpert;
import headway.nn.ffn.GatedMlp;
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

/// Mixtral, Qwen2-MoE and Qwen3-MoE: Llama whose feed-forward is a mixture of experts; in Qwen2-MoE every token goes to
/// a shared expert too, through a gate.
/// [Jiang et al. 2024](https://arxiv.org/abs/2401.04088), [Qwen Team 2024](https://arxiv.org/abs/2407.10671),
/// [Yang et al. 2025](https://arxiv.org/abs/2505.09388).
///
/// Weight names are those of the files of Hugging Face's `MixtralForCausalLM`, `Qwen2MoeForCausalLM` and
/// `Qwen3MoeForCausalLM`, with the experts one by one.
public record Mixtral(Config config, PreNormStack model, Linear lmHead) implements PreNormDecoder {
    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(family("mixtral", "Mixtral"), family("qwen2_moe", "Qwen2Moe"), family("qwen3_moe", "Qwen3Moe"));
    }

    private static Family family(String modelType, String name) {
        return ReadingDecoder.family(
                modelType,
                name,
                List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS, ReadingDecoder.ANSWERS),
                "model.",
                stored -> stored.endsWith("rotary_emb.inv_freq"),
                Mixtral::load);
    }

    /// Field names are those of `config.json`.
    ///
    /// @param numLocalExperts of Mixtral; Qwen's files say this or numExperts
    /// @param intermediateSize of Mixtral's experts, and of Qwen's blocks without experts
    /// @param moeIntermediateSize of Qwen's experts
    /// @param qkvBias of Qwen2-MoE, and attentionBias of Qwen3-MoE; Mixtral has none
    /// @param layerTypes `full_attention` or `sliding_attention` for each block of Qwen2-MoE; null to be derived
    /// @param mlpOnlyLayers blocks of Qwen without experts; of the others every `decoderSparseStep`-th has them
    public record Config(
            String modelType,
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int numKeyValueHeads,
            Integer headDim,
            String hiddenAct,
            int maxPositionEmbeddings,
            double initializerRange,
            double rmsNormEps,
            boolean attentionBias,
            boolean qkvBias,
            boolean tieWordEmbeddings,
            boolean useSlidingWindow,
            Integer slidingWindow,
            int maxWindowLayers,
            List<String> layerTypes,
            int numExpertsPerTok,
            Integer numLocalExperts,
            Integer numExperts,
            Integer moeIntermediateSize,
            Integer sharedExpertIntermediateSize,
            boolean normTopkProb,
            int decoderSparseStep,
            List<Integer> mlpOnlyLayers,
            boolean outputRouterLogits,
            double routerAuxLossCoef) {
        public Config {
            if (numKeyValueHeads < 1 || numAttentionHeads % numKeyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, numKeyValueHeads));
            }
            headDim = headDim == null ? Integer.valueOf(hiddenSize / numAttentionHeads) : headDim;
            numExperts = numExperts == null ? numLocalExperts : numExperts;
            numExperts = numExperts == null
                    ? Integer.valueOf(
                            switch (modelType) {
                                case "mixtral" -> 8;
                                case "qwen2_moe" -> 60;
                                default -> 128;
                            })
                    : numExperts;
            if (numExpertsPerTok < 1 || numExpertsPerTok > numExperts) {
                throw new IllegalArgumentException(
                        "num_experts_per_tok is %d; expected 1 to the number of experts, which is %s"
                                .formatted(numExpertsPerTok, numExperts));
            }
        }

        boolean qwen() {
            return !modelType.equals("mixtral");
        }

        boolean shares() {
            return modelType.equals("qwen2_moe");
        }

        boolean biased() {
            return shares() ? qkvBias : qwen() && attentionBias;
        }

        boolean hasExperts(int layer) {
            return !qwen()
                    || (mlpOnlyLayers == null || !mlpOnlyLayers.contains(layer))
                            && (layer + 1) % decoderSparseStep == 0;
        }

        /// Keys that block `layer` looks back on; 0 for all.
        int window(int layer) {
            if (slidingWindow == null || qwen() && !useSlidingWindow) {
                return 0;
            }
            return !shares() || slides(layer) ? slidingWindow : 0;
        }

        private boolean slides(int layer) {
            return layerTypes == null
                    ? layer % 2 == 0 && layer < maxWindowLayers
                    : layerTypes.get(layer).equals("sliding_attention");
        }
    }

    private static Map<String, Object> defaults(String type) {
        boolean qwen = !type.equals("mixtral");
        boolean shares = type.equals("qwen2_moe");
        var d = new HashMap<String, Object>();
        d.put("numKeyValueHeads", shares ? 16 : qwen ? 4 : 8);
        d.put("hiddenAct", "silu");
        d.put("maxPositionEmbeddings", qwen ? 32768 : 131072);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", qwen ? 1e-6 : 1e-5);
        d.put("attentionBias", false);
        d.put("qkvBias", true);
        d.put("tieWordEmbeddings", false);
        d.put("useSlidingWindow", false);
        d.put("maxWindowLayers", 28);
        d.put("layerTypes", null);
        d.put("numExpertsPerTok", shares ? 4 : qwen ? 8 : 2);
        d.put("moeIntermediateSize", shares ? Integer.valueOf(1408) : qwen ? Integer.valueOf(768) : null);
        d.put("sharedExpertIntermediateSize", shares ? Integer.valueOf(5632) : null);
        d.put("normTopkProb", !qwen);
        d.put("decoderSparseStep", 1);
        d.put("mlpOnlyLayers", null);
        d.put("outputRouterLogits", false);
        d.put("routerAuxLossCoef", 0.001);
        return d;
    }

    static Mixtral load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(
                json, Config.class, file, defaults(json.path("model_type").asString("")));
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary = RopeConfig.read(json, c.qwen() ? 10_000 : 1e6, c.maxPositionEmbeddings)
                .rotary(c.headDim);
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, -1));
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Mixtral(c, new PreNormStack(embed, layers, norm, rotary), head);
    }

    private static PreNormStack.Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int q = c.numAttentionHeads * c.headDim;
        int kv = c.numKeyValueHeads * c.headDim;
        boolean bias = c.biased();
        boolean normed = c.modelType.equals("qwen3_moe");
        Weights a = w.at("self_attn");
        Mask mask = c.window(layer) == 0 ? new Mask.Causal() : new Mask.SlidingWindow(c.window(layer));
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                new GroupedQueryAttention(
                        Linear.load(a.at("q_proj"), D, q, bias, init),
                        Linear.load(a.at("k_proj"), D, kv, bias, init),
                        Linear.load(a.at("v_proj"), D, kv, bias, init),
                        Linear.load(a.at("o_proj"), q, D, bias && !c.shares(), init),
                        normed ? RmsNorm.load(a.at("q_norm"), c.headDim, c.rmsNormEps) : null,
                        normed ? RmsNorm.load(a.at("k_norm"), c.headDim, c.rmsNormEps) : null,
                        rotary,
                        c.headDim,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim), mask, layer)),
                RmsNorm.load(w.at("post_attention_layernorm"), D, c.rmsNormEps),
                feedForward(w, c, layer, init));
    }

    private static FeedForward feedForward(Weights w, Config c, int layer, Init init) {
        if (!c.hasExperts(layer)) {
            return mlp(w.at("mlp"), c, c.intermediateSize, new String[] {"gate_proj", "up_proj", "down_proj"}, init);
        }
        Weights m = w.at(c.qwen() ? "mlp" : "block_sparse_moe");
        String[] names =
                c.qwen() ? new String[] {"gate_proj", "up_proj", "down_proj"} : new String[] {"w1", "w3", "w2"};
        int width = c.qwen() ? c.moeIntermediateSize : c.intermediateSize;
        var router = new TopKRouter(
                Linear.load(m.at("gate"), c.hiddenSize, c.numExperts, false, init),
                c.numExpertsPerTok,
                c.qwen() && !c.normTopkProb ? TopKRouter.Weights.ALL : TopKRouter.Weights.CHOSEN);
        var experts = new Experts.Separate(IntStream.range(0, c.numExperts)
                .mapToObj(e -> mlp(m.at("experts").at(e), c, width, names, init))
                .toList());
        FeedForward shared = !c.shares()
                ? null
                : new GatedExpert(
                        Linear.load(m.at("shared_expert_gate"), c.hiddenSize, 1, false, init),
                        mlp(m.at("shared_expert"), c, c.sharedExpertIntermediateSize, names, init));
        return new MixtureOfExperts(router, experts, shared);
    }

    private static GatedMlp mlp(Weights w, Config c, int width, String[] names, Init init) {
        return new GatedMlp(
                Linear.load(w.at(names[0]), c.hiddenSize, width, false, init),
                Linear.load(w.at(names[1]), c.hiddenSize, width, false, init),
                Linear.load(w.at(names[2]), width, c.hiddenSize, false, init),
                Activations.of(c.hiddenAct));
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
