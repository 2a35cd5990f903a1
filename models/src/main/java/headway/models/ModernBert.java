package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.FusedAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.FeedForward;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.GatedActivationOp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// ModernBERT: pre-norm encoder with rotary positions, gated feed-forward parts, and windows in two of three blocks.
///
/// [Warner et al. 2024](https://arxiv.org/abs/2412.13663). Weight names are those of Hugging Face's
/// `ModernBertFor…`. The first block's attention has no norm before it, since the embeddings are normed.
public record ModernBert(Config config, Embedding words, LayerNorm norm, List<Block> layers, LayerNorm finalNorm)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    ///
    /// @param layerTypes `full_attention` or `sliding_attention` for each block; null for a full one in every
    ///     `globalAttnEveryNLayers`
    public record Config(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            String hiddenActivation,
            int maxPositionEmbeddings,
            double initializerRange,
            double normEps,
            boolean normBias,
            Integer padTokenId,
            boolean attentionBias,
            List<String> layerTypes,
            int globalAttnEveryNLayers,
            int localAttention,
            boolean mlpBias,
            boolean decoderBias,
            String classifierPooling,
            boolean classifierBias,
            String classifierActivation,
            boolean sparsePrediction,
            int sparsePredIgnoreIndex,
            boolean tieWordEmbeddings) {
        public Config {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % (2 * numAttentionHeads) != 0) {
                throw new IllegalArgumentException(
                        "hidden_size (%d) must be a multiple of twice num_attention_heads (%d), for rotary positions"
                                .formatted(hiddenSize, numAttentionHeads));
            }
            if (layerTypes != null && layerTypes.size() != numHiddenLayers) {
                throw new IllegalArgumentException("layer_types has %d entries, num_hidden_layers is %d"
                        .formatted(layerTypes.size(), numHiddenLayers));
            }
        }

        boolean slides(int layer) {
            return layerTypes == null
                    ? layer % globalAttnEveryNLayers != 0
                    : layerTypes.get(layer).equals("sliding_attention");
        }
    }

    /// One block.
    ///
    /// @param attnNorm null in the first block
    public record Block(LayerNorm attnNorm, FusedAttention attn, LayerNorm mlpNorm, FusedGatedMlp mlp)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor normed = attnNorm == null ? x : attnNorm.forward(x);
            Tensor h = new AddOp(x, pass.drop(attn.forward(normed, pass, null))).run();
            return new AddOp(h, pass.drop(mlp.forward(mlpNorm.forward(h), null))).run();
        }
    }

    /// `down(f(a) · b)` with `[a | b]` from one projection.
    public record FusedGatedMlp(Linear in, Linear out, Activation activation) implements FeedForward {
        @Override
        public Tensor forward(Tensor x, Tensor residual) {
            Tensor both = in.forward(x);
            String axis = both.shape().last().name();
            int half = both.shape().last().size() / 2;
            Tensor gated =
                    new GatedActivationOp(both.narrow(axis, 0, half), both.narrow(axis, half, half), activation).run();
            return out.forward(gated, residual);
        }
    }

    static final Family FAMILY = new Family(
            "modernbert",
            List.of(
                    "ModernBertForMaskedLM",
                    "ModernBertForSequenceClassification",
                    "ModernBertForTokenClassification",
                    "ModernBertForQuestionAnswering",
                    "ModernBertForMultipleChoice",
                    "ModernBertModel"),
            List.of("ModernBertModel"),
            "model.",
            List.of("head.", "decoder.", "classifier."),
            name -> name.equals("decoder.weight"),
            ModernBert::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("hiddenActivation", "gelu"),
            Map.entry("maxPositionEmbeddings", 8192),
            Map.entry("initializerRange", 0.02),
            Map.entry("normEps", 1e-5),
            Map.entry("normBias", false),
            Map.entry("padTokenId", 50283),
            Map.entry("attentionBias", false),
            Map.entry("globalAttnEveryNLayers", 3),
            Map.entry("localAttention", 128),
            Map.entry("mlpBias", false),
            Map.entry("decoderBias", true),
            Map.entry("classifierPooling", "cls"),
            Map.entry("classifierBias", false),
            Map.entry("classifierActivation", "gelu"),
            Map.entry("sparsePrediction", false),
            Map.entry("sparsePredIgnoreIndex", -100),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        var defaults = new java.util.HashMap<>(DEFAULTS);
        defaults.put("layerTypes", null);
        Config c = ConfigReader.read(json, Config.class, file, defaults);
        boolean bare = architecture.equals("ModernBertModel");
        ModernBert stack = stack(bare ? w : w.at("model"), c, json);
        int labels = Labels.count(json);
        EncoderHead head = switch (architecture) {
            case "ModernBertForMaskedLM" -> {
                Projection words = Projection.of(head(w, c), new Projection.Plain(decoder(w, c, stack)));
                yield c.sparsePrediction
                        ? new EncoderHead.SparseMaskedLm(words, c.sparsePredIgnoreIndex)
                        : new EncoderHead.MaskedLm(words);
            }
            case "ModernBertForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        pooled(w, c, new Projection.Token(0), labels), Labels.problemType(json));
            case "ModernBertForMultipleChoice" ->
                new EncoderHead.MultipleChoice(pooled(w, c, new Projection.FirstToken(), 1));
            case "ModernBertForTokenClassification" ->
                new EncoderHead.TokenClassification(
                        Projection.of(head(w, c), BertHeads.dropped(w.at("classifier"), c.hiddenSize, labels, std(c))));
            case "ModernBertForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(
                        Projection.of(head(w, c), BertHeads.dropped(w.at("classifier"), c.hiddenSize, labels, std(c))));
            default -> new EncoderHead.Bare(null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection pooled(Weights w, Config c, Projection token, int labels) {
        return Projection.of(
                c.classifierPooling.equals("mean") ? new Projection.Mean() : token,
                head(w, c),
                BertHeads.dropped(w.at("classifier"), c.hiddenSize, labels, std(c)));
    }

    private static double std(Config c) {
        return 1 / Math.sqrt(c.hiddenSize);
    }

    private static Init init(Config c, boolean branch) {
        return new Init.TruncatedNormal(
                branch ? c.initializerRange / Math.sqrt(2.0 * c.numHiddenLayers) : c.initializerRange);
    }

    private static Projection head(Weights w, Config c) {
        Weights h = w.at("head");
        int D = c.hiddenSize;
        return Projection.of(
                new Projection.Activated(
                        DenseLinear.load(h.at("dense"), D, D, c.classifierBias, init(c, true)),
                        Activations.of(c.classifierActivation)),
                new Projection.Normed(norm(h.at("norm"), c)));
    }

    private static Linear decoder(Weights w, Config c, ModernBert stack) {
        Weights d = w.at("decoder");
        Parameter table = stack.words.weight();
        if (!c.tieWordEmbeddings || d.differs("weight", table.path())) {
            return DenseLinear.load(d, c.hiddenSize, c.vocabSize, c.decoderBias, init(c, true));
        }
        Parameter bias = c.decoderBias ? d.get("bias", Init.ZEROS, "vocab", c.vocabSize) : null;
        return new DenseLinear(table, bias, DenseLinear.Layout.OUT_IN);
    }

    private static LayerNorm norm(Weights w, Config c) {
        return new LayerNorm(
                w.get("weight", Init.ONES, "hidden", c.hiddenSize),
                c.normBias ? w.get("bias", Init.ZEROS, "hidden", c.hiddenSize) : null,
                c.normEps);
    }

    private static ModernBert stack(Weights w, Config c, JsonNode json) {
        Weights e = w.at("embeddings");
        Parameter words =
                e.at("tok_embeddings").get("weight", init(c, false), "vocab", c.vocabSize, "hidden", c.hiddenSize);
        int headDim = c.hiddenSize / c.numAttentionHeads;
        RotaryPosition full =
                rotary(json, c, "full_attention", "global_rope_theta", 160_000).rotary(headDim);
        RotaryPosition near =
                rotary(json, c, "sliding_attention", "local_rope_theta", 10_000).rotary(headDim);
        return new ModernBert(
                c,
                new Embedding(words, c.padTokenId == null ? -1 : c.padTokenId),
                norm(e.at("norm"), c),
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(w.at("layers").at(i), c, i, c.slides(i) ? near : full))
                        .toList(),
                norm(w.at("final_norm"), c));
    }

    /// Rotary settings of one type of block: `rope_parameters.TYPE` today, a key of its own before.
    private static RopeConfig rotary(JsonNode json, Config c, String type, String key, double otherwise) {
        double theta = json.path(key).asDouble(otherwise);
        ObjectNode one = JsonNodeFactory.instance.objectNode();
        if (json.path("rope_parameters").path(type).isObject()) {
            one.set("rope_parameters", json.path("rope_parameters").path(type));
        }
        return RopeConfig.read(one, theta, c.maxPositionEmbeddings);
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary) {
        int D = c.hiddenSize;
        int headDim = D / c.numAttentionHeads;
        Weights a = w.at("attn");
        Weights m = w.at("mlp");
        // Half of the window lies on either side, and the token itself between.
        Mask mask = c.slides(layer) ? new Mask.BidirectionalWindow(c.localAttention / 2 + 1) : new Mask.Bidirectional();
        return new Block(
                layer == 0 ? null : norm(w.at("attn_norm"), c),
                new FusedAttention(
                        DenseLinear.load(a.at("Wqkv"), D, 3 * D, c.attentionBias, init(c, false)),
                        DenseLinear.load(a.at("Wo"), D, D, c.attentionBias, init(c, true)),
                        rotary,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), mask, layer)),
                norm(w.at("mlp_norm"), c),
                new FusedGatedMlp(
                        DenseLinear.load(m.at("Wi"), D, 2 * c.intermediateSize, c.mlpBias, init(c, false)),
                        DenseLinear.load(m.at("Wo"), c.intermediateSize, D, c.mlpBias, init(c, true)),
                        Activations.of(c.hiddenActivation)));
    }

    @Override
    public Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "position_ids");
    }

    @Override
    public boolean readsSegments() {
        return true;
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor embedded = inputs.embeddings("", words::forward, config.hiddenSize);
        Pass pass = inputs.pass("", embedded.shape().size(0), embedded.shape().size(1));
        Tensor x = pass.drop(norm.forward(embedded));
        for (Block block : layers) {
            Trace.next("hidden_states", x);
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
        }
        x = finalNorm.forward(x);
        Trace.next("hidden_states", x);
        return x;
    }
}
