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
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// GPT-Neo: GPT-2 whose blocks look back on everything or on a window, with scores that are not scaled.
/// [Black et al. 2021](https://doi.org/10.5281/zenodo.5297715).
///
/// Weight names are those of Hugging Face's `GPTNeoForCausalLM`.
public record GptNeo(Config config, Stack transformer, Linear lmHead) implements CausalModel {
    static final Family FAMILY = ReadingDecoder.family(
            "gpt_neo",
            "GPTNeo",
            List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS, ReadingDecoder.ANSWERS),
            "transformer.",
            name -> name.endsWith(".attention.bias") || name.endsWith(".attention.masked_bias"),
            GptNeo::load);

    /// Field names are those of `config.json`.
    ///
    /// @param intermediateSize null for four times `hiddenSize`
    public record Config(
            int vocabSize,
            int maxPositionEmbeddings,
            int hiddenSize,
            int numLayers,
            int numHeads,
            Integer intermediateSize,
            int windowSize,
            String activationFunction,
            double layerNormEpsilon,
            double initializerRange,
            boolean tieWordEmbeddings) {
        public Config {
            if (numHeads < 1 || hiddenSize % numHeads != 0) {
                throw new IllegalArgumentException(
                        "hidden_size (%d) must be a multiple of num_heads (%d)".formatted(hiddenSize, numHeads));
            }
            intermediateSize = intermediateSize == null ? Integer.valueOf(4 * hiddenSize) : intermediateSize;
        }
    }

    /// The stack below the head.
    public record Stack(Embedding wte, LearnedPosition wpe, List<Block> h, LayerNorm lnF) implements Layer {}

    /// One block.
    ///
    /// @param padded the same attention with the causal mask alone, for passes with padding
    /// @param window keys that a query sees; 0 for all
    public record Block(
            LayerNorm ln1,
            GroupedQueryAttention attention,
            GroupedQueryAttention padded,
            LayerNorm ln2,
            Mlp mlp,
            int window)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor normed = ln1.forward(x);
            Tensor h = pass.padding() == null
                    ? pass.plus(x, r -> attention.forward(normed, pass, r))
                    : pass.plus(x, r -> padded.forward(normed, added(pass, x.dim("seq")), r));
            return pass.plus(h, r -> mlp.forward(ln2.forward(h), r));
        }

        /// The family writes the lowest number into scores outside of the window and adds it to those of
        /// padding. A query that sees nothing weighs the keys alike of which one of the two is true.
        private Pass added(Pass pass, int T) {
            Tensor padding = pass.padding();
            int B = padding.shape().size(0);
            int S = padding.shape().size(1);
            Tensor bias = Tensor.allocate(Shape.of("batch", B, "heads", 1, "seq", T, "kv_seq", S), DType.F32);
            for (int b = 0; b < B; b++) {
                for (int t = 0; t < T; t++) {
                    for (int k = 0; k < S; k++) {
                        int hidden = padding.memory().get((long) b * S + k) == 0 ? 1 : 0;
                        hidden += window > 0 && S - T + t - k >= window ? 1 : 0;
                        float value = hidden == 0 ? 0 : hidden == 1 ? -Float.MAX_VALUE : Float.NEGATIVE_INFINITY;
                        bias.memory().set(((long) b * T + t) * S + k, value);
                    }
                }
            }
            return new Pass(pass.positions(), null, pass.cache(), pass.dropout()).biased(bias);
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("maxPositionEmbeddings", 2048);
        d.put("windowSize", 256);
        d.put("activationFunction", "gelu_new");
        d.put("layerNormEpsilon", 1e-5);
        d.put("initializerRange", 0.02);
        d.put("tieWordEmbeddings", true);
        return d;
    }

    static GptNeo load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("transformer");
        Embedding wte = Embedding.load(at.at("wte"), c.vocabSize, c.hiddenSize, normal);
        List<String> types = attentionLayers(json, c.numLayers);
        var stack = new Stack(
                wte,
                LearnedPosition.load(at.at("wpe"), c.maxPositionEmbeddings, c.hiddenSize, normal),
                IntStream.range(0, c.numLayers)
                        .mapToObj(
                                i -> block(at.at("h").at(i), c, i, types.get(i).equals("local"), normal))
                        .toList(),
                LayerNorm.load(at.at("ln_f"), c.hiddenSize, c.layerNormEpsilon));
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), wte, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new GptNeo(c, stack, head);
    }

    /// `global` or `local` for each block: `attention_layers`, or else from `attention_types`: `[[["global", "local"],
    /// 12]]`.
    private static List<String> attentionLayers(JsonNode json, int layers) {
        var types = new ArrayList<String>();
        json.path("attention_layers").forEach(type -> types.add(type.asString()));
        boolean said = !types.isEmpty();
        for (JsonNode item : json.path("attention_types")) {
            for (int i = 0; !said && i < item.path(1).asInt(0); i++) {
                item.path(0).forEach(type -> types.add(type.asString()));
            }
        }
        if (types.isEmpty()) {
            IntStream.range(0, layers).forEach(i -> types.add(i % 2 == 0 ? "global" : "local"));
        }
        if (types.size() != layers) {
            throw new IllegalArgumentException(
                    "attention_types has %d entries, num_layers is %d".formatted(types.size(), layers));
        }
        return types;
    }

    /// Writes down the types of blocks: where none are said, Hugging Face takes those of 24 blocks.
    static void complete(ObjectNode config) {
        if (!config.has("attention_types")) {
            ArrayNode types = config.putArray("attention_types");
            for (String type : attentionLayers(config, config.path("num_layers").asInt())) {
                ArrayNode item = types.addArray();
                item.addArray().add(type);
                item.add(1);
            }
        }
    }

    private static Block block(Weights w, Config c, int layer, boolean local, Init init) {
        int D = c.hiddenSize;
        Weights a = w.at("attn").at("attention");
        Weights m = w.at("mlp");
        Mask mask = local ? new Mask.SlidingWindow(c.windowSize) : new Mask.Causal();
        var attention = new GroupedQueryAttention(
                DenseLinear.load(a.at("q_proj"), D, D, false, init),
                DenseLinear.load(a.at("k_proj"), D, D, false, init),
                DenseLinear.load(a.at("v_proj"), D, D, false, init),
                DenseLinear.load(a.at("out_proj"), D, D, true, init),
                null,
                null,
                null,
                D / c.numHeads,
                new ScaledDotProduct(1, mask, layer));
        var padded = new GroupedQueryAttention(
                attention.qProj(),
                attention.kProj(),
                attention.vProj(),
                attention.oProj(),
                null,
                null,
                null,
                attention.headDim(),
                new ScaledDotProduct(1, new Mask.Causal(), layer));
        return new Block(
                LayerNorm.load(w.at("ln_1"), D, c.layerNormEpsilon),
                attention,
                padded,
                LayerNorm.load(w.at("ln_2"), D, c.layerNormEpsilon),
                new Mlp(
                        DenseLinear.load(m.at("c_fc"), D, c.intermediateSize, true, init),
                        Activations.of(c.activationFunction),
                        DenseLinear.load(m.at("c_proj"), c.intermediateSize, D, true, init)),
                local ? c.windowSize : 0);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.wte.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = pass.drop(new AddOp(embeddings, transformer.wpe.forward(pass.positions())).run());
        x = CausalModel.through(transformer.h, x, (block, h) -> block.forward(h, pass));
        return CausalModel.last(transformer.lnF.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numLayers,
                config.numHeads,
                config.numHeads,
                config.hiddenSize / config.numHeads,
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public int positionLimit() {
        return config.maxPositionEmbeddings;
    }
}
