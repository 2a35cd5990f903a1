package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Attention;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The post-norm encoder of BERT, RoBERTa and ELECTRA: words, places and token types, added and normed, then blocks
/// whose branches are added and then normed.
///
/// [Devlin et al. 2018](https://arxiv.org/abs/1810.04805).
///
/// @param project from the width of the embeddings to that of the blocks; null where they are the same
public record BertStack(Config config, Embeddings embeddings, Linear project, List<Block> layer)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    ///
    /// @param embeddingSize null for `hiddenSize`
    /// @param isDecoder whether a token sees itself and those before it alone
    public record Config(
            String modelType,
            int vocabSize,
            Integer embeddingSize,
            int hiddenSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int intermediateSize,
            String hiddenAct,
            int maxPositionEmbeddings,
            int typeVocabSize,
            double initializerRange,
            double layerNormEps,
            Integer padTokenId,
            boolean isDecoder,
            boolean addCrossAttention,
            boolean tieWordEmbeddings) {
        public Config {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (addCrossAttention) {
                throw new IllegalArgumentException(
                        "add_cross_attention is true; a decoder that looks at an encoder is not in this version");
            }
            embeddingSize = embeddingSize == null ? Integer.valueOf(hiddenSize) : embeddingSize;
        }

        /// Whether places are counted over what is no padding, from the padding id on, as fairseq does.
        boolean countsTokens() {
            return modelType.contains("roberta") || modelType.equals("camembert");
        }
    }

    /// Words, places and token types, added and normed.
    public record Embeddings(
            Embedding wordEmbeddings, LearnedPosition positionEmbeddings, Embedding tokenTypes, LayerNorm norm)
            implements Layer {}

    /// One block: each branch is added and then normed.
    public record Block(Attention attention, LayerNorm attentionNorm, Mlp mlp, LayerNorm outputNorm) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            if (pass.dropout() == null) {
                Tensor h = attentionNorm.forward(attention.forward(x, pass, x));
                return outputNorm.forward(mlp.forward(h, h));
            }
            Tensor a = pass.drop(attention.forward(x, pass, null));
            Tensor h = attentionNorm.forward(new AddOp(x, a).run());
            Tensor m = pass.drop(mlp.forward(h, null));
            return outputNorm.forward(new AddOp(h, m).run());
        }
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("hiddenAct", "gelu"),
            Map.entry("maxPositionEmbeddings", 512),
            Map.entry("typeVocabSize", 2),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("isDecoder", false),
            Map.entry("addCrossAttention", false),
            Map.entry("tieWordEmbeddings", true));

    static Config config(JsonNode json, String file) {
        var defaults = new HashMap<>(DEFAULTS);
        if (!json.has("pad_token_id")) {
            String type = json.path("model_type").asString("");
            defaults.put("padTokenId", type.contains("roberta") || type.equals("camembert") ? 1 : 0);
        }
        if (json.path("model_type").asString("").equals("electra") && !json.has("embedding_size")) {
            defaults.put("embeddingSize", 128);
        }
        return ConfigReader.read(json, Config.class, file, defaults);
    }

    static BertStack load(Weights w, Config c) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        int E = c.embeddingSize;
        int pad = c.padTokenId == null ? -1 : c.padTokenId;
        Parameter words = e.at("word_embeddings").get("weight", normal, "vocab", c.vocabSize, "hidden", E);
        LearnedPosition places = LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, E, normal);
        var embeddings = new Embeddings(
                new Embedding(words, pad),
                c.countsTokens() ? places.padding(pad) : places,
                Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, E, normal),
                LayerNorm.load(e.at("LayerNorm"), E, c.layerNormEps));
        Linear project =
                E == c.hiddenSize ? null : DenseLinear.load(w.at("embeddings_project"), E, c.hiddenSize, true, normal);
        List<Block> layer = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(w.at("encoder").at("layer").at(i), c, i))
                .toList();
        return new BertStack(c, embeddings, project, layer);
    }

    private static Block block(Weights w, Config c, int layer) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights a = w.at("attention").at("self");
        Weights o = w.at("attention").at("output");
        int D = c.hiddenSize;
        return new Block(
                attention(
                        Linear.load(a.at("query"), D, D, true, normal),
                        Linear.load(a.at("key"), D, D, true, normal),
                        Linear.load(a.at("value"), D, D, true, normal),
                        Linear.load(o.at("dense"), D, D, true, normal),
                        D / c.numAttentionHeads,
                        c.isDecoder ? new Mask.Causal() : new Mask.Bidirectional(),
                        layer),
                LayerNorm.load(o.at("LayerNorm"), D, c.layerNormEps),
                new Mlp(
                        Linear.load(w.at("intermediate").at("dense"), D, c.intermediateSize, true, normal),
                        Activations.of(c.hiddenAct),
                        Linear.load(w.at("output").at("dense"), c.intermediateSize, D, true, normal)),
                LayerNorm.load(w.at("output").at("LayerNorm"), D, c.layerNormEps));
    }

    /// Multi-head attention where everybody sees everybody.
    static GroupedQueryAttention attention(Linear q, Linear k, Linear v, Linear o, int headDim, int layer) {
        return attention(q, k, v, o, headDim, new Mask.Bidirectional(), layer);
    }

    private static GroupedQueryAttention attention(
            Linear q, Linear k, Linear v, Linear o, int headDim, Mask mask, int layer) {
        var core = new ScaledDotProduct(1 / Math.sqrt(headDim), mask, layer);
        return new GroupedQueryAttention(q, k, v, o, null, null, null, headDim, core);
    }

    @Override
    public Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "token_type_ids", "position_ids");
    }

    @Override
    public boolean readsSegments() {
        return true;
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor words = inputs.embeddings("", embeddings.wordEmbeddings::forward, config.embeddingSize);
        int B = words.shape().size(0);
        int T = words.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        Tensor places = config.countsTokens() && !inputs.has("position_ids") ? counted(inputs, B, T) : pass.positions();
        Tensor types = inputs.integers("token_type_ids", "batch", B, "seq", T);
        if (types == null) {
            types = Tensor.of(Shape.of("batch", B, "seq", T), new int[B * T]);
        }
        Tensor x = embedded(words, types, places, pass);
        Trace.next("hidden_states", x);
        for (Block block : layer) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        return x;
    }

    /// What goes into the first block.
    Tensor embedded(Tensor words, Tensor types, Tensor places, Pass pass) {
        Tensor x = new AddOp(words, embeddings.tokenTypes.forward(types)).run();
        x = new AddOp(x, embeddings.positionEmbeddings.forward(places)).run();
        x = pass.drop(embeddings.norm.forward(x));
        return project == null ? x : project.forward(x);
    }

    /// The token of padding, behind whose number places begin where tokens are counted.
    int padding() {
        return config.padTokenId == null ? 0 : config.padTokenId;
    }

    /// Places from `pad + 1` on in each sequence; tokens of padding stand at `pad` and do not count. Embeddings count
    /// all.
    Tensor counted(Inputs inputs, int B, int T) {
        int pad = padding();
        Tensor ids = inputs.integers("input_ids", "batch", B, "seq", T);
        Tensor places = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        Segments rows = inputs.segments() == null ? Segments.even(B, T) : inputs.segments();
        for (int b = 0; b < rows.count(); b++) {
            int n = 0;
            for (int at = rows.start(b); at < rows.start(b + 1); at++) {
                boolean token = ids == null || ids.memory().get(at) != pad;
                n += token ? 1 : 0;
                places.memory().set(at, token ? pad + n : pad);
            }
        }
        return places;
    }
}
