package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.GatedMlp;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.ScaleOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemma 1, 2 and the text part of 3: scaled embeddings, norms that store their weight minus one, GeGLU; from 2 on
/// norms
/// around each branch, blocks that look on a window or on all, soft caps; in 3 norms on queries and keys instead of
/// caps.
/// [Gemma Team 2024](https://arxiv.org/abs/2403.08295), [2024](https://arxiv.org/abs/2408.00118),
/// [2025](https://arxiv.org/abs/2503.19786).
///
/// Weight names are those of Hugging Face's `GemmaForCausalLM`, `Gemma2ForCausalLM`, `Gemma3ForCausalLM`.
public record Gemma(Config config, Stack model, Linear lmHead) implements CausalModel {
    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family(
                        "gemma",
                        "GemmaForCausalLM",
                        "GemmaModel",
                        "GemmaForSequenceClassification",
                        "GemmaForTokenClassification"),
                family(
                        "gemma2",
                        "Gemma2ForCausalLM",
                        "Gemma2Model",
                        "Gemma2ForSequenceClassification",
                        "Gemma2ForTokenClassification"),
                family("gemma3_text", "Gemma3ForCausalLM", "Gemma3TextModel", "Gemma3TextForSequenceClassification"));
    }

    private static Family family(String modelType, String... heads) {
        return ReadingDecoder.family(
                modelType, List.of(heads), "model.", stored -> stored.endsWith("rotary_emb.inv_freq"), Gemma::load);
    }

    /// Field names are those of `config.json`.
    ///
    /// @param hiddenAct of Gemma 1, hiddenActivation of the others
    /// @param queryPreAttnScalar scores are divided by its root; null for `headDim`
    /// @param slidingWindow of the blocks whose `layerTypes` entry is `sliding_attention`
    /// @param normOffset what is added to the weights of norms: 1, but where a file of another format has added it
    /// @param finalLogitSoftcapping null for none, and attnLogitSoftcapping as well
    public record Config(
            String modelType,
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int numKeyValueHeads,
            int headDim,
            String hiddenAct,
            String hiddenActivation,
            int maxPositionEmbeddings,
            double initializerRange,
            double rmsNormEps,
            boolean tieWordEmbeddings,
            boolean attentionBias,
            Integer queryPreAttnScalar,
            Integer slidingWindow,
            List<String> layerTypes,
            int slidingWindowPattern,
            Double finalLogitSoftcapping,
            Double attnLogitSoftcapping,
            int normOffset) {
        public Config {
            if (numKeyValueHeads < 1 || numAttentionHeads % numKeyValueHeads != 0) {
                throw new IllegalArgumentException(
                        "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                                .formatted(numAttentionHeads, numKeyValueHeads));
            }
            if (headDim < 2 || headDim % 2 != 0) {
                throw new IllegalArgumentException(
                        "head_dim (%d) must be even, for rotary positions".formatted(headDim));
            }
            if (layerTypes != null && layerTypes.size() != numHiddenLayers) {
                throw new IllegalArgumentException("layer_types has %d entries, num_hidden_layers is %d"
                        .formatted(layerTypes.size(), numHiddenLayers));
            }
        }

        boolean slides(int layer) {
            if (modelType.equals("gemma") || slidingWindow == null) {
                return false;
            }
            int pattern = modelType.equals("gemma2") ? 2 : slidingWindowPattern;
            return layerTypes == null
                    ? (layer + 1) % pattern != 0
                    : layerTypes.get(layer).equals("sliding_attention");
        }

        boolean sandwich() {
            return !modelType.equals("gemma");
        }

        boolean qkNorm() {
            return modelType.equals("gemma3_text");
        }
    }

    /// The stack below the head.
    public record Stack(TokenEmbedding embedTokens, List<Block> layers, RmsNorm norm) implements Layer {}

    /// One block.
    ///
    /// @param preFeedforwardLayernorm null in Gemma 1, whose `post_attention_layernorm` stands here
    public record Block(
            RmsNorm inputLayernorm,
            GroupedQueryAttention selfAttn,
            RmsNorm postAttentionLayernorm,
            RmsNorm preFeedforwardLayernorm,
            GatedMlp mlp,
            RmsNorm postFeedforwardLayernorm)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            if (preFeedforwardLayernorm == null) {
                Tensor h = pass.plus(x, r -> selfAttn.forward(inputLayernorm.forward(x), pass, r));
                return pass.plus(h, r -> mlp.forward(postAttentionLayernorm.forward(h), r));
            }
            Tensor attended = postAttentionLayernorm.forward(selfAttn.forward(inputLayernorm.forward(x), pass, null));
            Tensor h = new AddOp(x, pass.drop(attended)).run();
            Tensor fed = postFeedforwardLayernorm.forward(mlp.forward(preFeedforwardLayernorm.forward(h), null));
            return new AddOp(h, pass.drop(fed)).run();
        }
    }

    /// A null in the file means none; only what is missing takes the family's own number.
    private static Map<String, Object> defaults(JsonNode json) {
        String type = json.path("model_type").asString("");
        var d = new HashMap<String, Object>();
        d.put("headDim", 256);
        d.put("hiddenAct", "gelu_pytorch_tanh");
        d.put("hiddenActivation", "gelu_pytorch_tanh");
        d.put("maxPositionEmbeddings", 8192);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", 1e-6);
        d.put("tieWordEmbeddings", true);
        d.put("attentionBias", false);
        d.put("slidingWindowPattern", 6);
        d.put("layerTypes", null);
        d.put("normOffset", 1);
        if (!type.equals("gemma")) {
            d.put("queryPreAttnScalar", 256);
            d.put("slidingWindow", json.has("sliding_window") ? null : 4096);
        }
        if (type.equals("gemma2")) {
            d.put("finalLogitSoftcapping", json.has("final_logit_softcapping") ? null : 30.0);
            d.put("attnLogitSoftcapping", json.has("attn_logit_softcapping") ? null : 50.0);
        }
        return d;
    }

    static Gemma load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, defaults(json));
        if (json.path("use_bidirectional_attention").asBoolean(false)) {
            throw new ConfigException(
                    "[config] %s: use_bidirectional_attention is true, which is not in this version; expected a model that looks back alone"
                            .formatted(file));
        }
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, 0));
        RotaryPosition full = rotary(json, c, "full_attention");
        RotaryPosition sliding = c.qkNorm() ? rotary(json, c, "sliding_attention") : full;
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, c.slides(i) ? sliding : full, normal))
                .toList();
        RmsNorm norm = norm(at.at("norm"), c.hiddenSize, c);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Gemma(c, new Stack(embed, layers, norm), head);
    }

    /// Gemma 3 has settings for each type of block: `rope_parameters` by type today, before that `rope_theta` with
    /// `rope_scaling` for blocks that see all and `rope_local_base_freq` for the others.
    private static RotaryPosition rotary(JsonNode json, Config c, String type) {
        if (!c.qkNorm()) {
            return RopeConfig.read(json, 10_000, c.maxPositionEmbeddings).rotary(c.headDim);
        }
        ObjectNode own = ((ObjectNode) json).deepCopy();
        JsonNode given = own.remove("rope_parameters");
        boolean all = type.equals("full_attention");
        if (given != null && given.path(type).isObject()) {
            own.set("rope_parameters", given.path(type));
        }
        if (!all) {
            own.remove("rope_scaling");
            own.remove("rope_theta");
            if (own.has("rope_local_base_freq")) {
                own.set("rope_theta", own.get("rope_local_base_freq"));
            }
        }
        return RopeConfig.read(own, all ? 1e6 : 10_000, c.maxPositionEmbeddings).rotary(c.headDim);
    }

    private static RmsNorm norm(Weights w, int size, Config c) {
        return new RmsNorm(w.get("weight", Init.ZEROS, "hidden", size), c.normOffset, c.rmsNormEps);
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        Weights m = w.at("mlp");
        int D = c.hiddenSize;
        // The first files of Gemma 1 say "gelu" and mean the tanh form.
        boolean early = !c.sandwich() && c.hiddenAct.equals("gelu");
        Activation activation =
                early ? Activation.GELU_TANH : Activations.of(c.sandwich() ? c.hiddenActivation : c.hiddenAct);
        return new Block(
                norm(w.at("input_layernorm"), D, c),
                attention(w.at("self_attn"), c, layer, rotary, init),
                norm(w.at("post_attention_layernorm"), D, c),
                c.sandwich() ? norm(w.at("pre_feedforward_layernorm"), D, c) : null,
                new GatedMlp(
                        Linear.load(m.at("gate_proj"), D, c.intermediateSize, false, init),
                        Linear.load(m.at("up_proj"), D, c.intermediateSize, false, init),
                        Linear.load(m.at("down_proj"), c.intermediateSize, D, false, init),
                        activation),
                c.sandwich() ? norm(w.at("post_feedforward_layernorm"), D, c) : null);
    }

    private static GroupedQueryAttention attention(Weights a, Config c, int layer, RotaryPosition rotary, Init init) {
        int q = c.numAttentionHeads * c.headDim;
        int kv = c.numKeyValueHeads * c.headDim;
        int D = c.hiddenSize;
        Mask mask = c.slides(layer) ? new Mask.SlidingWindow(c.slidingWindow) : new Mask.Causal();
        double scale = 1 / Math.sqrt(c.queryPreAttnScalar == null ? c.headDim : c.queryPreAttnScalar);
        // Gemma 3 reads the key and leaves it alone.
        boolean capped = c.modelType.equals("gemma2") && c.attnLogitSoftcapping != null;
        double cap = capped ? c.attnLogitSoftcapping : 0;
        return new GroupedQueryAttention(
                Linear.load(a.at("q_proj"), D, q, c.attentionBias, init),
                Linear.load(a.at("k_proj"), D, kv, c.attentionBias, init),
                Linear.load(a.at("v_proj"), D, kv, c.attentionBias, init),
                Linear.load(a.at("o_proj"), q, D, c.attentionBias, init),
                c.qkNorm() ? norm(a.at("q_norm"), c.headDim, c) : null,
                c.qkNorm() ? norm(a.at("k_norm"), c.headDim, c) : null,
                rotary,
                c.headDim,
                new ScaledDotProduct(scale, mask, layer, cap, null));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return new ScaleOp(model.embedTokens.forward(ids), (float) Math.sqrt(config.hiddenSize)).run();
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = CausalModel.through(model.layers, pass.drop(embeddings), (block, h) -> block.forward(h, pass));
        return CausalModel.last(model.norm.forward(x));
    }

    @Override
    public Tensor logits(Tensor hidden) {
        Tensor logits = lmHead.forward(hidden);
        if (!config.sandwich() || config.finalLogitSoftcapping == null) {
            return logits;
        }
        double cap = config.finalLogitSoftcapping;
        Tensor bounded = new ActivationOp(new ScaleOp(logits, 1 / cap).run(), Activation.TANH).run();
        return new ScaleOp(bounded, cap).run();
    }

    @Override
    public Sizes sizes() {
        boolean all = IntStream.range(0, config.numHiddenLayers).allMatch(config::slides);
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numKeyValueHeads,
                config.headDim,
                config.maxPositionEmbeddings,
                all ? config.slidingWindow : 0);
    }

    @Override
    public boolean readsPromptsWhole() {
        return model.layers.stream().anyMatch(b -> b.selfAttn.rotary().dependsOnLength());
    }
}
