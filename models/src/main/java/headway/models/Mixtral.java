package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedMlp;
import headway.nn.ffn.MixtureOfExperts;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Mixtral and Qwen3-MoE: Llama whose feed-forward is a mixture of experts.
/// [Jiang et al. 2024](https://arxiv.org/abs/2401.04088), [Yang et al. 2025](https://arxiv.org/abs/2505.09388).
///
/// Weight names are those of the files of Hugging Face's `MixtralForCausalLM` and `Qwen3MoeForCausalLM`, with the
/// experts one by one. The loss that balances experts (`output_router_logits`) is not in this version.
public record Mixtral(Config config, Stack model, Linear lmHead) implements CausalModel {
    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(family("mixtral", "Mixtral"), family("qwen3_moe", "Qwen3Moe"));
    }

    private static Family family(String modelType, String name) {
        return new Family(
                modelType,
                List.of(name + "ForCausalLM", name + "Model"),
                List.of(),
                "model.",
                List.of("lm_head."),
                stored -> stored.endsWith("rotary_emb.inv_freq"),
                Mixtral::load);
    }

    /// Field names are those of `config.json`.
    ///
    /// @param numLocalExperts of Mixtral; Qwen's files say this or numExperts
    /// @param intermediateSize of Mixtral's experts, and of Qwen's blocks without experts
    /// @param moeIntermediateSize of Qwen's experts
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
            boolean tieWordEmbeddings,
            boolean useSlidingWindow,
            Integer slidingWindow,
            int numExpertsPerTok,
            Integer numLocalExperts,
            Integer numExperts,
            Integer moeIntermediateSize,
            boolean normTopkProb,
            int decoderSparseStep,
            List<Integer> mlpOnlyLayers,
            boolean outputRouterLogits) {
        public Config {
            if (numKeyValueHeads < 1 || numAttentionHeads % numKeyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, numKeyValueHeads));
            }
            headDim = headDim == null ? Integer.valueOf(hiddenSize / numAttentionHeads) : headDim;
            numExperts = numExperts == null ? numLocalExperts : numExperts;
            numExperts = numExperts == null ? Integer.valueOf(modelType.equals("mixtral") ? 8 : 128) : numExperts;
            if (numExpertsPerTok < 1 || numExpertsPerTok > numExperts) {
                throw new IllegalArgumentException(
                        "num_experts_per_tok is %d; expected 1 to the number of experts, which is %s"
                                .formatted(numExpertsPerTok, numExperts));
            }
        }

        boolean qwen() {
            return modelType.equals("qwen3_moe");
        }

        boolean hasExperts(int layer) {
            return !qwen()
                    || (mlpOnlyLayers == null || !mlpOnlyLayers.contains(layer))
                            && (layer + 1) % decoderSparseStep == 0;
        }

        int window() {
            return slidingWindow == null || qwen() && !useSlidingWindow ? 0 : slidingWindow;
        }
    }

    /// The stack below the head.
    public record Stack(Embedding embedTokens, List<Block> layers, RmsNorm norm) implements Layer {}

    /// One block.
    public record Block(
            RmsNorm inputLayernorm, GroupedQueryAttention selfAttn, RmsNorm postAttentionLayernorm, FeedForward mlp)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = pass.plus(x, r -> selfAttn.forward(inputLayernorm.forward(x), pass, r));
            return pass.plus(h, r -> mlp.forward(postAttentionLayernorm.forward(h), r));
        }
    }

    private static Map<String, Object> defaults(String type) {
        boolean qwen = type.equals("qwen3_moe");
        var d = new HashMap<String, Object>();
        d.put("numKeyValueHeads", qwen ? 4 : 8);
        d.put("hiddenAct", "silu");
        d.put("maxPositionEmbeddings", qwen ? 32768 : 131072);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", qwen ? 1e-6 : 1e-5);
        d.put("attentionBias", false);
        d.put("tieWordEmbeddings", false);
        d.put("useSlidingWindow", false);
        d.put("numExpertsPerTok", qwen ? 8 : 2);
        d.put("moeIntermediateSize", qwen ? 768 : null);
        d.put("normTopkProb", !qwen);
        d.put("decoderSparseStep", 1);
        d.put("mlpOnlyLayers", null);
        d.put("outputRouterLogits", false);
        return d;
    }

    static Mixtral load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(
                json, Config.class, file, defaults(json.path("model_type").asString("")));
        if (c.outputRouterLogits) {
            throw new ConfigException(
                    "[config] %s: output_router_logits: true, the loss that balances experts, is not in".formatted(file)
                            + " this version; set it to false");
        }
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary = RopeConfig.read(json, c.qwen() ? 10_000 : 1e6, c.maxPositionEmbeddings)
                .rotary(c.headDim);
        Weights at = w.at("model");
        Embedding plain = Embedding.load(at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal);
        var embed = new Embedding(plain.weight(), CausalModel.paddingId(json, -1));
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Mixtral(c, new Stack(embed, layers, norm), head);
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int q = c.numAttentionHeads * c.headDim;
        int kv = c.numKeyValueHeads * c.headDim;
        boolean bias = c.qwen() && c.attentionBias;
        Weights a = w.at("self_attn");
        Mask mask = c.window() == 0 ? new Mask.Causal() : new Mask.SlidingWindow(c.window());
        return new Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("q_proj"), D, q, bias, init),
                        DenseLinear.load(a.at("k_proj"), D, kv, bias, init),
                        DenseLinear.load(a.at("v_proj"), D, kv, bias, init),
                        DenseLinear.load(a.at("o_proj"), q, D, bias, init),
                        c.qwen() ? RmsNorm.load(a.at("q_norm"), c.headDim, c.rmsNormEps) : null,
                        c.qwen() ? RmsNorm.load(a.at("k_norm"), c.headDim, c.rmsNormEps) : null,
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
        return new MixtureOfExperts(
                DenseLinear.load(m.at("gate"), c.hiddenSize, c.numExperts, false, init),
                IntStream.range(0, c.numExperts)
                        .mapToObj(e -> mlp(m.at("experts").at(e), c, width, names, init))
                        .toList(),
                c.numExpertsPerTok,
                c.qwen() && !c.normTopkProb ? MixtureOfExperts.Weights.ALL : MixtureOfExperts.Weights.CHOSEN);
    }

    private static GatedMlp mlp(Weights w, Config c, int width, String[] names, Init init) {
        return new GatedMlp(
                DenseLinear.load(w.at(names[0]), c.hiddenSize, width, false, init),
                DenseLinear.load(w.at(names[1]), c.hiddenSize, width, false, init),
                DenseLinear.load(w.at(names[2]), width, c.hiddenSize, false, init),
                Activations.of(c.hiddenAct));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return model.embedTokens.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = CausalModel.through(model.layers, pass.drop(embeddings), (block, h) -> block.forward(h, pass));
        return CausalModel.last(model.norm.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numKeyValueHeads,
                config.headDim,
                config.maxPositionEmbeddings,
                config.window());
    }

    @Override
    public boolean readsPromptsWhole() {
        return model.layers.getFirst().selfAttn.rotary().dependsOnLength();
    }
}
