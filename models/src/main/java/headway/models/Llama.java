package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.KvCache;
import headway.nn.cache.RollingCache;
import headway.nn.ffn.GatedMlp;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Llama 1 to 3.x and the families that differ from it by a switch: Mistral, Qwen2, Qwen3, SmolLM, SmolLM3.
///
/// Pre-norm decoder: RMSNorm, rotary positions, grouped-query attention, SwiGLU.
/// [Touvron et al. 2023](https://arxiv.org/abs/2302.13971). Weight names are those of Hugging Face's
/// `LlamaForCausalLM`.
public record Llama(Config config, PreNormStack model, Linear lmHead) implements PreNormDecoder {
    /// Field names are those of `config.json`.
    ///
    /// @param numKeyValueHeads null for as many as there are query heads
    /// @param headDim null for `hiddenSize / numAttentionHeads`
    /// @param layerTypes `full_attention` or `sliding_attention` for each block; null to be derived
    /// @param noRopeLayers 1 where a block rotates, 0 where it has no positions; null to be derived
    /// @param noRopeLayerInterval every how many blocks one has no positions, 0 for never
    public record Config(
            String modelType,
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            Integer numKeyValueHeads,
            Integer headDim,
            int maxPositionEmbeddings,
            double rmsNormEps,
            String hiddenAct,
            boolean attentionBias,
            boolean mlpBias,
            boolean tieWordEmbeddings,
            Integer slidingWindow,
            boolean useSlidingWindow,
            int maxWindowLayers,
            List<String> layerTypes,
            List<Integer> noRopeLayers,
            int noRopeLayerInterval,
            Integer padTokenId,
            double initializerRange) {
        public Config {
            positive("vocab_size", vocabSize);
            positive("hidden_size", hiddenSize);
            positive("intermediate_size", intermediateSize);
            positive("num_hidden_layers", numHiddenLayers);
            positive("num_attention_heads", numAttentionHeads);
            numKeyValueHeads = numKeyValueHeads == null ? numAttentionHeads : numKeyValueHeads;
            positive("num_key_value_heads", numKeyValueHeads);
            if (numAttentionHeads % numKeyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, numKeyValueHeads));
            }
            if (headDim == null && hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException(
                        "hidden_size (%d) must be a multiple of num_attention_heads (%d), or head_dim must be given"
                                .formatted(hiddenSize, numAttentionHeads));
            }
            headDim = headDim == null ? hiddenSize / numAttentionHeads : headDim;
            if (headDim < 2 || headDim % 2 != 0) {
                throw new IllegalArgumentException(
                        "head_dim (%d) must be even, for rotary positions".formatted(headDim));
            }
            if (noRopeLayers == null && noRopeLayerInterval > 0) {
                int interval = noRopeLayerInterval;
                noRopeLayers = IntStream.rangeClosed(1, numHiddenLayers)
                        .mapToObj(i -> i % interval == 0 ? 0 : 1)
                        .toList();
            }
            if (layerTypes != null && layerTypes.size() != numHiddenLayers) {
                throw new IllegalArgumentException("layer_types has %d entries, num_hidden_layers is %d"
                        .formatted(layerTypes.size(), numHiddenLayers));
            }
        }

        private static void positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("%s is %d; expected at least 1".formatted(name, value));
            }
        }

        /// Keys that block `layer` looks back on; 0 for all.
        int window(int layer) {
            if (slidingWindow == null || slidingWindow == 0) {
                return 0;
            }
            boolean sliding = switch (modelType) {
                case "mistral" -> true;
                case "llama" -> false;
                default -> useSlidingWindow && slidingByType(layer);
            };
            return sliding ? slidingWindow : 0;
        }

        private boolean slidingByType(int layer) {
            if (layerTypes != null) {
                return layerTypes.get(layer).equals("sliding_attention");
            }
            return modelType.equals("smollm3") ? !rotates(layer) : layer >= maxWindowLayers;
        }

        boolean rotates(int layer) {
            return noRopeLayers == null || noRopeLayers.get(layer) != 0;
        }

        boolean qkvBias() {
            return modelType.equals("qwen2") || attentionBias;
        }

        boolean oBias() {
            return !modelType.equals("qwen2") && attentionBias;
        }
    }

    /// What families leave out of their files. Later Qwen and SmolLM files say all of it.
    private static final Map<String, Object> DEFAULTS = Map.of(
            "hiddenAct",
            "silu",
            "rmsNormEps",
            1e-6,
            "attentionBias",
            false,
            "mlpBias",
            false,
            "useSlidingWindow",
            false,
            "maxWindowLayers",
            28,
            "initializerRange",
            0.02,
            "maxPositionEmbeddings",
            2048);

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("llama", "Llama"),
                family("mistral", "Mistral"),
                family("qwen2", "Qwen2"),
                family("qwen3", "Qwen3"),
                family("smollm3", "SmolLM3"));
    }

    private static Family family(String modelType, String name) {
        return ReadingDecoder.family(
                modelType,
                name,
                List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS, ReadingDecoder.ANSWERS),
                "model.",
                stored -> stored.endsWith("rotary_emb.inv_freq"),
                Llama::load);
    }

    /// Reads a config and builds the model from `w`: a checkpoint's weights, or new ones.
    static Llama load(JsonNode json, String file, String architecture, Weights w) {
        String type = json.path("model_type").asString("llama");
        var defaults = new java.util.HashMap<>(DEFAULTS);
        defaults.put("layerTypes", null);
        defaults.put("noRopeLayers", null);
        defaults.put("tieWordEmbeddings", type.equals("smollm3"));
        defaults.put("noRopeLayerInterval", type.equals("smollm3") ? 4 : 0);
        if (type.equals("qwen3")) {
            defaults.put("headDim", 128);
        }
        if (type.equals("mistral") && !json.has("sliding_window")) {
            defaults.put("slidingWindow", 4096);
        }
        Config c = ConfigReader.read(json, Config.class, file, defaults);
        Init normal = new Init.Normal(c.initializerRange);
        RopeConfig rope = RopeConfig.read(json, type.equals("smollm3") ? 2e6 : 10_000, c.maxPositionEmbeddings);
        RotaryPosition turns = rope.rotary(c.headDim);
        RotaryPosition rotary = IntStream.range(0, c.numHiddenLayers).anyMatch(c::rotates) ? turns : null;
        Weights at = w.at("model");
        // The first files say -1, which the reference counts from the last row.
        int padding = c.padTokenId == null ? -1 : c.padTokenId < 0 ? c.vocabSize + c.padTokenId : c.padTokenId;
        var embed = TokenEmbedding.load(at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, padding);
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        if (!ReadingDecoder.continues(architecture)) {
            return new Llama(c, new PreNormStack(embed, layers, norm, rotary), null);
        }
        Linear head = c.tieWordEmbeddings && !w.at("lm_head").differs("weight", embed.path())
                ? embed.asHead()
                : Linear.load(w.at("lm_head"), c.hiddenSize, c.vocabSize, false, normal);
        return new Llama(c, new PreNormStack(embed, layers, norm, rotary), head);
    }

    private static PreNormStack.Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        Weights a = w.at("self_attn");
        Weights m = w.at("mlp");
        int q = c.numAttentionHeads * c.headDim;
        int kv = c.numKeyValueHeads * c.headDim;
        boolean qkNorm = c.modelType.equals("qwen3");
        Mask mask = c.window(layer) == 0 ? new Mask.Causal() : new Mask.SlidingWindow(c.window(layer));
        Activation activation = Activations.of(c.hiddenAct);
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), c.hiddenSize, c.rmsNormEps),
                new GroupedQueryAttention(
                        Linear.load(a.at("q_proj"), c.hiddenSize, q, c.qkvBias(), init),
                        Linear.load(a.at("k_proj"), c.hiddenSize, kv, c.qkvBias(), init),
                        Linear.load(a.at("v_proj"), c.hiddenSize, kv, c.qkvBias(), init),
                        Linear.load(a.at("o_proj"), q, c.hiddenSize, c.oBias(), init),
                        qkNorm ? RmsNorm.load(a.at("q_norm"), c.headDim, c.rmsNormEps) : null,
                        qkNorm ? RmsNorm.load(a.at("k_norm"), c.headDim, c.rmsNormEps) : null,
                        c.rotates(layer) ? rotary : null,
                        c.headDim,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim), mask, layer)),
                RmsNorm.load(w.at("post_attention_layernorm"), c.hiddenSize, c.rmsNormEps),
                new GatedMlp(
                        Linear.load(m.at("gate_proj"), c.hiddenSize, c.intermediateSize, c.mlpBias, init),
                        Linear.load(m.at("up_proj"), c.hiddenSize, c.intermediateSize, c.mlpBias, init),
                        Linear.load(m.at("down_proj"), c.intermediateSize, c.hiddenSize, c.mlpBias, init),
                        activation));
    }

    @Override
    public KvCache newCache(int tokens) {
        int window = sizes().window();
        return window == 0 ? new GrowingCache(tokens) : new RollingCache(window);
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
}
