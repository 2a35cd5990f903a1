package headway.models;

import headway.io.ConfigException;
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
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// OPT: a GPT with ReLU, learned positions that count from 2 and follow the mask, and, in one size, norms after the
/// residual sums and a narrower embedding. [Zhang et al. 2022](https://arxiv.org/abs/2205.01068).
///
/// Weight names are those of Hugging Face's `OPTForCausalLM`.
public record Opt(Config config, Stack model, Linear lmHead) implements CausalModel {
    static final Family FAMILY = new Family(
            "opt",
            List.of("OPTForCausalLM", "OPTModel"),
            List.of(),
            "model.",
            List.of("lm_head."),
            _ -> false,
            Opt::load);

    /// Where the table of positions begins.
    private static final int OFFSET = 2;

    /// Field names are those of `config.json`.
    ///
    /// @param wordEmbedProjDim width of the embedding; null for `hiddenSize`
    public record Config(
            int vocabSize,
            int hiddenSize,
            int numHiddenLayers,
            int ffnDim,
            int maxPositionEmbeddings,
            boolean doLayerNormBefore,
            Integer wordEmbedProjDim,
            int numAttentionHeads,
            String activationFunction,
            double initStd,
            boolean enableBias,
            boolean layerNormElementwiseAffine,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            wordEmbedProjDim = wordEmbedProjDim == null ? Integer.valueOf(hiddenSize) : wordEmbedProjDim;
        }
    }

    /// The stack below the head.
    ///
    /// @param projectIn from the embedding's width to the stream's, projectOut back; null where they are the same
    /// @param finalLayerNorm null where norms come after the sums
    public record Decoder(
            Embedding embedTokens,
            LearnedPosition embedPositions,
            Linear projectIn,
            Linear projectOut,
            LayerNorm finalLayerNorm,
            List<Block> layers)
            implements Layer {}

    /// As the names in files have it.
    public record Stack(Decoder decoder) implements Layer {}

    /// One block.
    public record Block(
            GroupedQueryAttention selfAttn,
            LayerNorm selfAttnLayerNorm,
            Mlp mlp,
            LayerNorm finalLayerNorm,
            boolean normBefore)
            implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            if (normBefore) {
                Tensor h = pass.plus(x, r -> selfAttn.forward(selfAttnLayerNorm.forward(x), pass, r));
                return pass.plus(h, r -> mlp.forward(finalLayerNorm.forward(h), r));
            }
            Tensor h = selfAttnLayerNorm.forward(pass.plus(x, r -> selfAttn.forward(x, pass, r)));
            return finalLayerNorm.forward(pass.plus(h, r -> mlp.forward(h, r)));
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("maxPositionEmbeddings", 2048);
        d.put("doLayerNormBefore", true);
        d.put("wordEmbedProjDim", null);
        d.put("activationFunction", "relu");
        d.put("initStd", 0.02);
        d.put("enableBias", true);
        d.put("layerNormElementwiseAffine", true);
        d.put("tieWordEmbeddings", true);
        return d;
    }

    static Opt load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        if (!c.layerNormElementwiseAffine) {
            throw new ConfigException(
                    "[config] %s: layer_norm_elementwise_affine: false is not in this version; expected true"
                            .formatted(file));
        }
        Init normal = new Init.Normal(c.initStd);
        Weights at = w.at("model").at("decoder");
        int E = c.wordEmbedProjDim;
        int D = c.hiddenSize;
        Embedding plain = Embedding.load(at.at("embed_tokens"), c.vocabSize, E, normal);
        var embed = new Embedding(plain.weight(), CausalModel.paddingId(json, 1));
        boolean lastNorm =
                c.doLayerNormBefore && !json.path("_remove_final_layer_norm").asBoolean(false);
        var decoder = new Decoder(
                embed,
                LearnedPosition.load(at.at("embed_positions"), c.maxPositionEmbeddings + OFFSET, D, normal),
                E == D ? null : DenseLinear.load(at.at("project_in"), E, D, false, normal),
                E == D ? null : DenseLinear.load(at.at("project_out"), D, E, false, normal),
                lastNorm ? LayerNorm.load(at.at("final_layer_norm"), D, 1e-5) : null,
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(at.at("layers").at(i), c, i, normal))
                        .toList());
        Linear head = CausalModel.head(w.at("lm_head"), embed, c.tieWordEmbeddings, E, c.vocabSize, normal);
        return new Opt(c, new Stack(decoder), head);
    }

    private static Block block(Weights w, Config c, int layer, Init init) {
        int D = c.hiddenSize;
        int headDim = D / c.numAttentionHeads;
        Weights a = w.at("self_attn");
        return new Block(
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("q_proj"), D, D, c.enableBias, init),
                        DenseLinear.load(a.at("k_proj"), D, D, c.enableBias, init),
                        DenseLinear.load(a.at("v_proj"), D, D, c.enableBias, init),
                        DenseLinear.load(a.at("out_proj"), D, D, c.enableBias, init),
                        null,
                        null,
                        null,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Causal(), layer)),
                LayerNorm.load(w.at("self_attn_layer_norm"), D, 1e-5),
                new Mlp(
                        DenseLinear.load(w.at("fc1"), D, c.ffnDim, c.enableBias, init),
                        Activations.of(c.activationFunction),
                        DenseLinear.load(w.at("fc2"), c.ffnDim, D, c.enableBias, init)),
                LayerNorm.load(w.at("final_layer_norm"), D, 1e-5),
                c.doLayerNormBefore);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return model.decoder.embedTokens.forward(ids);
    }

    /// Positions come from the mask where none are given: padding stands at -1, what follows counts on.
    @Override
    public Pass pass(Inputs inputs, int B, int T) {
        Pass pass = inputs.pass("", B, T);
        if (inputs.has("position_ids") || pass.padding() == null) {
            return pass;
        }
        for (int b = 0; b < B; b++) {
            int number = 0;
            for (int t = 0; t < T; t++) {
                boolean token = pass.padding().memory().get((long) b * T + t) != 0;
                pass.positions().memory().set((long) b * T + t, token ? number++ : -1);
            }
        }
        return pass;
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Decoder d = model.decoder;
        Tensor shifted = Tensor.allocate(pass.positions().shape(), DType.I32);
        for (long i = 0; i < shifted.count(); i++) {
            shifted.memory().set(i, pass.positions().memory().get(i) + OFFSET);
        }
        Tensor words = d.projectIn == null ? embeddings : d.projectIn.forward(embeddings);
        Tensor x = new AddOp(words, d.embedPositions.forward(shifted)).run();
        x = CausalModel.through(d.layers, x, (block, h) -> block.forward(h, pass));
        x = d.finalLayerNorm == null ? x : d.finalLayerNorm.forward(x);
        return CausalModel.last(d.projectOut == null ? x : d.projectOut.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.wordEmbedProjDim,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numAttentionHeads,
                config.hiddenSize / config.numAttentionHeads,
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public int positionLimit() {
        return config.maxPositionEmbeddings;
    }
}
