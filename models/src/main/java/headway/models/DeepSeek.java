package headway.models;

import headway.io.ConfigReader;
import headway.kernels.rotary.RotaryLayout;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.LatentAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Experts;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedMlp;
import headway.nn.ffn.GroupedRouter;
import headway.nn.ffn.MixtureOfExperts;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// DeepSeek-V2 and V3: latent attention, experts that are chosen by groups, and experts that every token goes to.
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2405.04434), [2024](https://arxiv.org/abs/2412.19437).
///
/// Weight names are those of files of Hugging Face's `DeepseekV2ForCausalLM` and `DeepseekV3ForCausalLM`, the experts
/// one by one. Blocks behind the last one, which V3's files hold to predict further tokens, run where the input
/// `num_mtp_layers` asks for them.
///
/// @param further the blocks behind the last one
public record DeepSeek(Config config, PreNormStack model, Linear lmHead, List<FurtherToken> further)
        implements PreNormDecoder {
    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("deepseek_v2", "DeepseekV2", ReadingDecoder.TEXTS),
                family("deepseek_v3", "DeepseekV3", ReadingDecoder.TEXTS, ReadingDecoder.TOKENS));
    }

    private static Family family(String modelType, String name, String... reading) {
        return ReadingDecoder.family(
                modelType,
                name,
                List.of(reading),
                "model.",
                stored -> stored.endsWith("rotary_emb.inv_freq"),
                DeepSeek::load);
    }

    /// Field names are those of `config.json`.
    ///
    /// @param qLoraRank null for queries without a narrow part
    /// @param topkMethod of V2: `greedy` or `group_limited_greedy`; V3 always chooses by groups
    /// @param firstKDenseReplace blocks without experts, at the beginning
    /// @param ropeInterleave of V3: whether neighbours turn together; in V2 they do
    /// @param numNextnPredictLayers blocks behind the last one that files may hold
    public record Config(
            String modelType,
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            String hiddenAct,
            int maxPositionEmbeddings,
            double initializerRange,
            double rmsNormEps,
            boolean tieWordEmbeddings,
            boolean attentionBias,
            boolean mlpBias,
            Integer qLoraRank,
            int kvLoraRank,
            int qkNopeHeadDim,
            int qkRopeHeadDim,
            int vHeadDim,
            int firstKDenseReplace,
            int nRoutedExperts,
            int nSharedExperts,
            int numExpertsPerTok,
            int moeIntermediateSize,
            Integer nGroup,
            Integer topkGroup,
            String topkMethod,
            boolean normTopkProb,
            double routedScalingFactor,
            boolean ropeInterleave,
            int numNextnPredictLayers,
            boolean outputRouterLogits) {
        public Config {
            if (numAttentionHeads < 1 || qkRopeHeadDim < 2 || qkRopeHeadDim % 2 != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be at least 1, and qk_rope_head_dim (%d) even"
                                .formatted(numAttentionHeads, qkRopeHeadDim));
            }
            boolean greedy = !modelType.equals("deepseek_v3") && topkMethod.equals("greedy");
            nGroup = greedy || nGroup == null ? Integer.valueOf(1) : nGroup;
            topkGroup = greedy || topkGroup == null ? nGroup : topkGroup;
            boolean routes = firstKDenseReplace < numHiddenLayers;
            if (routes
                    && (nRoutedExperts % nGroup != 0
                            || topkGroup > nGroup
                            || numExpertsPerTok > nRoutedExperts / nGroup * topkGroup)) {
                throw new IllegalArgumentException(
                        "n_routed_experts (%d), n_group (%d), topk_group (%d), num_experts_per_tok (%d): expected groups of equal size, and as many experts in the chosen groups as a token goes to"
                                .formatted(nRoutedExperts, nGroup, topkGroup, numExpertsPerTok));
            }
        }

        boolean third() {
            return modelType.equals("deepseek_v3");
        }
    }

    private static Map<String, Object> defaults(String type) {
        boolean third = type.equals("deepseek_v3");
        var d = new HashMap<String, Object>();
        d.put("hiddenAct", "silu");
        d.put("maxPositionEmbeddings", third ? 4096 : 2048);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", 1e-6);
        d.put("tieWordEmbeddings", false);
        d.put("attentionBias", false);
        d.put("mlpBias", false);
        d.put("kvLoraRank", 512);
        d.put("qkNopeHeadDim", 128);
        d.put("qkRopeHeadDim", 64);
        d.put("vHeadDim", 128);
        d.put("firstKDenseReplace", third ? 3 : 0);
        d.put("nRoutedExperts", third ? 256 : 64);
        d.put("nSharedExperts", third ? 1 : 2);
        d.put("moeIntermediateSize", third ? 2048 : 1407);
        d.put("topkMethod", "greedy");
        d.put("normTopkProb", third);
        d.put("routedScalingFactor", third ? 2.5 : 1.0);
        d.put("ropeInterleave", true);
        d.put("numNextnPredictLayers", 1);
        d.put("outputRouterLogits", false);
        if (third) {
            d.put("nGroup", 8);
            d.put("topkGroup", 4);
            d.put("numExpertsPerTok", 8);
        }
        return d;
    }

    static DeepSeek load(JsonNode json, String file, String architecture, Weights w) {
        var defaults = defaults(json.path("model_type").asString(""));
        // A file that says null means a query without a narrow part; one that says nothing means the default.
        if (!json.has("q_lora_rank")) {
            defaults.put("qLoraRank", 1536);
        }
        Config c = ConfigReader.read(json, Config.class, file, defaults);
        Init normal = new Init.Normal(c.initializerRange);
        RopeConfig rope = RopeConfig.read(json, 10_000, c.maxPositionEmbeddings);
        boolean pairs = !c.third() || c.ropeInterleave;
        RotaryPosition rotary = new RopeConfig(
                        rope.theta(), rope.scaling(), 1, pairs ? RotaryLayout.INTERLEAVED : RotaryLayout.HALF_SPLIT)
                .rotary(c.qkRopeHeadDim);
        double scale = RopeConfig.sharpened(json) / Math.sqrt(c.qkNopeHeadDim + c.qkRopeHeadDim);
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, -1));
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, scale, normal))
                .toList();
        boolean said = c.third() && json.has("num_nextn_predict_layers");
        List<FurtherToken> further = IntStream.range(0, said ? c.numNextnPredictLayers : 0)
                .map(i -> c.numHiddenLayers + i)
                .filter(i -> at.at("layers").at(i).at("eh_proj").has("weight"))
                .mapToObj(i -> {
                    Weights l = at.at("layers").at(i);
                    var block = block(l, c, i, rotary, scale, normal);
                    return FurtherToken.load(l, block, c.hiddenSize, c.rmsNormEps, normal);
                })
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new DeepSeek(c, new PreNormStack(embed, layers, norm, rotary), head, further);
    }

    private static PreNormStack.Block block(
            Weights w, Config c, int layer, RotaryPosition rotary, double scale, Init init) {
        int D = c.hiddenSize;
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                attention(w.at("self_attn"), c, rotary, new ScaledDotProduct(scale, new Mask.Causal(), layer), init),
                RmsNorm.load(w.at("post_attention_layernorm"), D, c.rmsNormEps),
                layer < c.firstKDenseReplace
                        ? mlp(w.at("mlp"), c, c.intermediateSize, c.mlpBias, init)
                        : mixture(w.at("mlp"), c, init));
    }

    private static LatentAttention attention(
            Weights a, Config c, RotaryPosition rotary, ScaledDotProduct core, Init init) {
        int D = c.hiddenSize;
        int H = c.numAttentionHeads;
        int queries = H * (c.qkNopeHeadDim + c.qkRopeHeadDim);
        boolean narrow = c.qLoraRank != null;
        return new LatentAttention(
                narrow ? DenseLinear.load(a.at("q_a_proj"), D, c.qLoraRank, c.attentionBias, init) : null,
                narrow ? RmsNorm.load(a.at("q_a_layernorm"), c.qLoraRank, 1e-6) : null,
                narrow
                        ? DenseLinear.load(a.at("q_b_proj"), c.qLoraRank, queries, false, init)
                        : DenseLinear.load(a.at("q_proj"), D, queries, false, init),
                DenseLinear.load(a.at("kv_a_proj_with_mqa"), D, c.kvLoraRank + c.qkRopeHeadDim, c.attentionBias, init),
                RmsNorm.load(a.at("kv_a_layernorm"), c.kvLoraRank, 1e-6),
                DenseLinear.load(a.at("kv_b_proj"), c.kvLoraRank, H * (c.qkNopeHeadDim + c.vHeadDim), false, init),
                DenseLinear.load(a.at("o_proj"), H * c.vHeadDim, D, c.attentionBias, init),
                rotary,
                new LatentAttention.Widths(H, c.qkNopeHeadDim, c.qkRopeHeadDim, c.vHeadDim),
                core);
    }

    private static MixtureOfExperts mixture(Weights m, Config c, Init init) {
        boolean third = c.third();
        Parameter correction = third
                ? m.at("gate")
                        .get("e_score_correction_bias", Init.ZEROS, "experts", c.nRoutedExperts)
                        .fixed()
                : null;
        var router = new GroupedRouter(
                DenseLinear.load(m.at("gate"), c.hiddenSize, c.nRoutedExperts, false, init),
                correction,
                third ? GroupedRouter.Scores.SIGMOID : GroupedRouter.Scores.SOFTMAX,
                c.numExpertsPerTok,
                c.nGroup,
                c.topkGroup,
                c.routedScalingFactor,
                third && c.normTopkProb ? GroupedRouter.Sum.ONE : GroupedRouter.Sum.SCORES);
        var experts = new Experts.Separate(IntStream.range(0, c.nRoutedExperts)
                .mapToObj(e -> mlp(m.at("experts").at(e), c, c.moeIntermediateSize, false, init))
                .toList());
        FeedForward shared = mlp(m.at("shared_experts"), c, c.nSharedExperts * c.moeIntermediateSize, c.mlpBias, init);
        return new MixtureOfExperts(router, experts, shared);
    }

    private static GatedMlp mlp(Weights w, Config c, int width, boolean bias, Init init) {
        return new GatedMlp(
                DenseLinear.load(w.at("gate_proj"), c.hiddenSize, width, bias, init),
                DenseLinear.load(w.at("up_proj"), c.hiddenSize, width, bias, init),
                DenseLinear.load(w.at("down_proj"), width, c.hiddenSize, bias, init),
                Activations.of(c.hiddenAct));
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(PreNormDecoder.super.arguments());
        all.add("num_mtp_layers");
        return all;
    }

    @Override
    public Tensor further(Inputs inputs, Tensor hidden, Tensor labels) {
        return inputs.has("num_mtp_layers")
                ? FurtherToken.all(further, this, inputs, hidden, labels, (int)
                        inputs.values().get("num_mtp_layers").memory().get(0))
                : null;
    }

    /// A session keeps one vector a token and the key that is shared: as of one head.
    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                1,
                (config.kvLoraRank + config.qkRopeHeadDim + 1) / 2,
                config.maxPositionEmbeddings,
                0);
    }

    /// The reference shows the scores of its routers and adds no loss for them.
    @Override
    public Balance balance() {
        return config.outputRouterLogits ? new Balance(0, config.numExpertsPerTok) : null;
    }
}
