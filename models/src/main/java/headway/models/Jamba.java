package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.Attention;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.HybridCache;
import headway.nn.cache.SessionCache;
import headway.nn.cache.StateCache;
import headway.nn.ffn.Experts;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedMlp;
import headway.nn.ffn.MixtureOfExperts;
import headway.nn.ffn.TopKRouter;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.recurrent.SelectiveStateSpace;
import headway.nn.recurrent.StateSpace;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Jamba: blocks of Mamba with attention in every so many of them, and a mixture of experts in every so many; no
/// positions, which the states carry. [Lieber et al. 2024](https://arxiv.org/abs/2403.19887).
///
/// Weight names are those of files of Hugging Face's `JambaForCausalLM`, with the experts one by one.
public record Jamba(Config config, PreNormStack model, Linear lmHead) implements PreNormDecoder {
    static final Family FAMILY = ReadingDecoder.family(
            "jamba", "Jamba", List.of(ReadingDecoder.TEXTS), "model.", name -> false, Jamba::load);

    /// Field names are those of `config.json`.
    ///
    /// @param attnLayerPeriod every how many blocks one attends, from `attnLayerOffset` on
    /// @param expertLayerPeriod every how many blocks one has experts, from `expertLayerOffset` on
    /// @param mambaDtRank a number, or `auto` for a sixteenth of the width, rounded up
    public record Config(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            Integer numKeyValueHeads,
            String hiddenAct,
            double initializerRange,
            double rmsNormEps,
            int maxPositionEmbeddings,
            int numExpertsPerTok,
            int numExperts,
            int expertLayerPeriod,
            int expertLayerOffset,
            int attnLayerPeriod,
            int attnLayerOffset,
            int mambaDState,
            int mambaDConv,
            int mambaExpand,
            JsonNode mambaDtRank,
            boolean mambaConvBias,
            boolean mambaProjBias,
            boolean tieWordEmbeddings,
            boolean outputRouterLogits,
            double routerAuxLossCoef) {
        public Config {
            numKeyValueHeads = numKeyValueHeads == null ? numAttentionHeads : numKeyValueHeads;
            if (numAttentionHeads < 1
                    || numKeyValueHeads < 1
                    || numAttentionHeads % numKeyValueHeads != 0
                    || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must divide hidden_size (%d) and be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, hiddenSize, numKeyValueHeads));
            }
            offset("attn_layer", attnLayerOffset, attnLayerPeriod);
            offset("expert_layer", expertLayerOffset, expertLayerPeriod);
            if (numExpertsPerTok < 1 || numExperts > 1 && numExpertsPerTok > numExperts) {
                throw new IllegalArgumentException("num_experts_per_tok is %d; expected 1 to num_experts, which is %d"
                        .formatted(numExpertsPerTok, numExperts));
            }
        }

        private static void offset(String of, int offset, int period) {
            if (offset < 0 || offset >= period) {
                throw new IllegalArgumentException("%s_offset is %d; expected 0 to %s_period - 1, which is %d"
                        .formatted(of, offset, of, period - 1));
            }
        }

        int headDim() {
            return hiddenSize / numAttentionHeads;
        }

        int rank() {
            return mambaDtRank.isNumber() ? mambaDtRank.asInt() : (hiddenSize + 15) / 16;
        }

        boolean attends(int layer) {
            return layer % attnLayerPeriod == attnLayerOffset;
        }

        boolean hasExperts(int layer) {
            return numExperts > 1 && layer % expertLayerPeriod == expertLayerOffset;
        }

        boolean attends() {
            return IntStream.range(0, numHiddenLayers).anyMatch(this::attends);
        }
    }

    /// A state space where other blocks attend.
    public record Mixer(StateSpace mixer) implements Attention {
        @Override
        public Tensor forward(Tensor x, Pass pass, Tensor residual) {
            Tensor y = mixer.forward(x, pass);
            return residual == null ? y : new AddOp(residual, y).run();
        }
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("numKeyValueHeads", 8),
            Map.entry("hiddenAct", "silu"),
            Map.entry("initializerRange", 0.02),
            Map.entry("rmsNormEps", 1e-6),
            Map.entry("maxPositionEmbeddings", 262144),
            Map.entry("numExpertsPerTok", 2),
            Map.entry("numExperts", 16),
            Map.entry("expertLayerPeriod", 2),
            Map.entry("expertLayerOffset", 1),
            Map.entry("attnLayerPeriod", 8),
            Map.entry("attnLayerOffset", 4),
            Map.entry("mambaDState", 16),
            Map.entry("mambaDConv", 4),
            Map.entry("mambaExpand", 2),
            Map.entry("mambaConvBias", true),
            Map.entry("mambaProjBias", false),
            Map.entry("tieWordEmbeddings", false),
            Map.entry("outputRouterLogits", false),
            Map.entry("routerAuxLossCoef", 0.001));

    /// Reads a config and builds the model from `w`.
    static Jamba load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, 0));
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("final_layernorm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Jamba(c, new PreNormStack(embed, layers, norm, null), head);
    }

    private static PreNormStack.Block block(Weights w, Config c, int layer, Init init) {
        int D = c.hiddenSize;
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                c.attends(layer)
                        ? attention(w.at("self_attn"), c, layer, init)
                        : new Mixer(mixer(w.at("mamba"), c, layer, init)),
                RmsNorm.load(w.at("pre_ff_layernorm"), D, c.rmsNormEps),
                feedForward(w.at("feed_forward"), c, layer, init));
    }

    private static Attention attention(Weights a, Config c, int layer, Init init) {
        int D = c.hiddenSize;
        int kv = c.numKeyValueHeads * c.headDim();
        return new GroupedQueryAttention(
                Linear.load(a.at("q_proj"), D, D, false, init),
                Linear.load(a.at("k_proj"), D, kv, false, init),
                Linear.load(a.at("v_proj"), D, kv, false, init),
                Linear.load(a.at("o_proj"), D, D, false, init),
                null,
                null,
                null,
                c.headDim(),
                new ScaledDotProduct(1 / Math.sqrt(c.headDim()), new Mask.Causal(), layer));
    }

    private static StateSpace mixer(Weights m, Config c, int layer, Init init) {
        int inner = c.mambaExpand * c.hiddenSize;
        int rank = c.rank();
        int N = c.mambaDState;
        Weights conv = m.at("conv1d");
        Parameter bias = c.mambaConvBias ? conv.get("bias", Init.ZEROS, "channels", inner) : null;
        return new SelectiveStateSpace(
                Linear.load(m.at("in_proj"), c.hiddenSize, 2 * inner, c.mambaProjBias, init),
                conv.get("weight", init, "channels", inner, "one", 1, "width", c.mambaDConv),
                bias,
                Linear.load(m.at("x_proj"), inner, rank + 2 * N, false, init),
                DenseLinear.load(m.at("dt_proj"), rank, inner, true, init, new Init.TimeStep(0.001, 0.1, 1e-4)),
                m.get("A_log", new Init.LogOfIndex(), "channels", inner, "states", N),
                m.get("D", Init.ONES, "channels", inner),
                Linear.load(m.at("out_proj"), inner, c.hiddenSize, c.mambaProjBias, init),
                Activations.of(c.hiddenAct),
                layer,
                new SelectiveStateSpace.Norms(
                        RmsNorm.load(m.at("dt_layernorm"), rank, c.rmsNormEps),
                        RmsNorm.load(m.at("b_layernorm"), N, c.rmsNormEps),
                        RmsNorm.load(m.at("c_layernorm"), N, c.rmsNormEps)));
    }

    private static FeedForward feedForward(Weights w, Config c, int layer, Init init) {
        if (!c.hasExperts(layer)) {
            return mlp(w, c, init);
        }
        return new MixtureOfExperts(
                new TopKRouter(
                        Linear.load(w.at("router"), c.hiddenSize, c.numExperts, false, init),
                        c.numExpertsPerTok,
                        TopKRouter.Weights.ALL),
                new Experts.Separate(IntStream.range(0, c.numExperts)
                        .mapToObj(e -> mlp(w.at("experts").at(e), c, init))
                        .toList()),
                null);
    }

    private static GatedMlp mlp(Weights w, Config c, Init init) {
        return new GatedMlp(
                Linear.load(w.at("gate_proj"), c.hiddenSize, c.intermediateSize, false, init),
                Linear.load(w.at("up_proj"), c.hiddenSize, c.intermediateSize, false, init),
                Linear.load(w.at("down_proj"), c.intermediateSize, c.hiddenSize, false, init),
                Activations.of(c.hiddenAct));
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = model.forward(embeddings, pass);
        switch (pass.cache()) {
            case HybridCache hybrid ->
                hybrid.states().advance(embeddings.shape().size(1));
            case StateCache states -> states.advance(embeddings.shape().size(1));
            case null, default -> {}
        }
        return x;
    }

    @Override
    public SessionCache newCache(int tokens) {
        return config.attends() ? new HybridCache(new GrowingCache(tokens), new StateCache()) : new StateCache();
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numKeyValueHeads,
                config.headDim(),
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public Balance balance() {
        return config.outputRouterLogits ? new Balance(config.routerAuxLossCoef, config.numExpertsPerTok) : null;
    }
}
