package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.kernels.DType;
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
import headway.nn.attention.DisentangledAttention;
import headway.nn.attention.DisentangledAttention.Distances;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.audio.Convolution;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.MultiplyOp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// DeBERTa-v2 and v3: BERT whose attention weighs contents and distances apart, here with a convolution beside the
/// first
/// block where the config has one.
///
/// [He et al. 2020](https://arxiv.org/abs/2006.03654), [2021](https://arxiv.org/abs/2111.09543). Weight names are those
/// of Hugging Face's `DebertaV2For…`.
///
/// @param places null where positions come from attention alone, and types where there is one type of token
/// @param project from the width of the embeddings to that of the blocks; null where they are the same
/// @param conv null where there is none
public record DebertaV2(
        Config config,
        Embedding words,
        LearnedPosition places,
        Embedding types,
        Linear project,
        LayerNorm norm,
        List<BertStack.Block> layer,
        Conv conv)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    ///
    /// @param maxRelativePositions below 1 for `maxPositionEmbeddings`
    /// @param posAttType `c2p`, `p2c`, both; a list, or a text with `|` between
    /// @param normRelEbd `layer_norm` or `none`
    /// @param convKernelSize 0 for no convolution
    public record Config(
            int vocabSize,
            int hiddenSize,
            Integer embeddingSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int intermediateSize,
            String hiddenAct,
            int maxPositionEmbeddings,
            int typeVocabSize,
            double initializerRange,
            double layerNormEps,
            boolean relativeAttention,
            int maxRelativePositions,
            int positionBuckets,
            boolean positionBiasedInput,
            boolean shareAttKey,
            JsonNode posAttType,
            String normRelEbd,
            int convKernelSize,
            int convGroups,
            String convAct,
            Integer poolerHiddenSize,
            String poolerHiddenAct,
            boolean legacy,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (convKernelSize > 0 && (convKernelSize % 2 == 0 || convGroups != 1)) {
                throw new IllegalArgumentException(
                        "conv_kernel_size (%d) must be odd, so that the sequence keeps its length, and conv_groups (%d) must be 1"
                                .formatted(convKernelSize, convGroups));
            }
            embeddingSize = embeddingSize == null ? Integer.valueOf(hiddenSize) : embeddingSize;
            maxRelativePositions = maxRelativePositions < 1 ? maxPositionEmbeddings : maxRelativePositions;
            if (positionBuckets / 2 >= maxRelativePositions - 1) {
                throw new IllegalArgumentException(
                        "position_buckets (%d) must be less than twice max_relative_positions (%d) minus 2, so that far distances have buckets"
                                .formatted(positionBuckets, maxRelativePositions));
            }
            poolerHiddenSize = poolerHiddenSize == null ? Integer.valueOf(hiddenSize) : poolerHiddenSize;
        }

        boolean looks(String kind) {
            if (posAttType.isString()) {
                return Arrays.asList(posAttType.asString().toLowerCase().split("\\s*\\|\\s*"))
                        .contains(kind);
            }
            for (JsonNode name : posAttType) {
                if (name.asString().equals(kind)) {
                    return true;
                }
            }
            return false;
        }

        /// Distances to either side that have a vector.
        int span() {
            return positionBuckets > 0 ? positionBuckets : maxRelativePositions;
        }

        double scale() {
            int terms = 1 + (looks("c2p") ? 1 : 0) + (looks("p2c") ? 1 : 0);
            return 1 / Math.sqrt((double) hiddenSize / numAttentionHeads * terms);
        }
    }

    /// What each token's neighbours add to the first block's value: `norm(x + f(conv(embedded)))`, 0 at padding.
    public record Conv(Convolution conv, Activation activation, LayerNorm norm) implements Layer {
        Tensor forward(Tensor embedded, Tensor x, Pass pass) {
            Tensor local = masked(conv.forward(embedded), pass.padding());
            local = new ActivationOp(pass.drop(local), activation).run();
            return masked(norm.forward(new AddOp(x, local).run()), pass.padding());
        }
    }

    private static Tensor masked(Tensor x, Tensor padding) {
        if (padding == null) {
            return x;
        }
        Tensor wide = Tensor.allocate(x.shape(), DType.F32);
        int D = x.shape().last().size();
        for (long i = 0; i < wide.count(); i++) {
            wide.memory().set(i, padding.memory().get(i / D));
        }
        return new MultiplyOp(x, wide).run();
    }

    private static final String NAME = "DebertaV2";

    static final Family FAMILY = new Family(
            "deberta-v2",
            List.of(
                    NAME + "ForMaskedLM",
                    NAME + "ForSequenceClassification",
                    NAME + "ForTokenClassification",
                    NAME + "ForQuestionAnswering",
                    NAME + "ForMultipleChoice",
                    NAME + "Model"),
            List.of(NAME + "Model"),
            "deberta.",
            List.of("cls.", "lm_predictions.", "mask_predictions.", "pooler.", "classifier.", "qa_outputs."),
            // Tables of positions that v3 keeps without using them, a norm of distances where there are none, and
            // copies of what is tied.
            name -> name.contains("position_embeddings")
                    || name.contains("encoder.LayerNorm.")
                    || name.endsWith("embeddings.position_ids")
                    || name.startsWith("mask_predictions.")
                    || name.startsWith("cls.predictions.decoder.")
                    || name.equals("cls.predictions.bias"),
            DebertaV2::load);

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("hiddenAct", "gelu");
        d.put("maxPositionEmbeddings", 512);
        d.put("typeVocabSize", 0);
        d.put("initializerRange", 0.02);
        d.put("layerNormEps", 1e-7);
        d.put("relativeAttention", false);
        d.put("maxRelativePositions", -1);
        d.put("positionBuckets", -1);
        d.put("positionBiasedInput", true);
        d.put("shareAttKey", false);
        d.put("normRelEbd", "none");
        d.put("convKernelSize", 0);
        d.put("convGroups", 1);
        d.put("convAct", "tanh");
        d.put("poolerHiddenAct", "gelu");
        d.put("legacy", true);
        d.put("tieWordEmbeddings", true);
        return d;
    }

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, defaults());
        DebertaV2 stack = stack(architecture.equals(NAME + "Model") ? w : w.at("deberta"), c, json);
        int D = c.hiddenSize;
        double std = c.initializerRange;
        int labels = Labels.count(json);
        EncoderHead head = switch (architecture.substring(NAME.length())) {
            case "ForMaskedLM" -> new EncoderHead.MaskedLm(predictions(w, c, stack.words.weight()));
            case "ForSequenceClassification" ->
                new EncoderHead.SharedClassification(pooled(w, c, labels), Labels.problemType(json));
            case "ForMultipleChoice" -> new EncoderHead.MultipleChoice(pooled(w, c, 1));
            case "ForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "ForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            default -> new EncoderHead.Bare(null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection pooled(Weights w, Config c, int labels) {
        if (c.poolerHiddenSize != c.hiddenSize) {
            throw new ConfigException("[config] pooler_hidden_size (%d) must be hidden_size (%d)"
                    .formatted(c.poolerHiddenSize, c.hiddenSize));
        }
        return Projection.of(
                BertHeads.pooler(
                        w.at("pooler").at("dense"),
                        c.hiddenSize,
                        Activations.of(c.poolerHiddenAct),
                        c.initializerRange),
                BertHeads.dropped(w.at("classifier"), c.hiddenSize, labels, c.initializerRange));
    }

    /// Scores of words; the head that is not `legacy` lies elsewhere and is always tied.
    private static Projection predictions(Weights w, Config c, Parameter table) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights p = c.legacy
                ? w.at("cls").at("predictions")
                : w.at("lm_predictions").at("lm_head");
        Weights t = c.legacy ? p.at("transform") : p;
        int width = c.legacy ? c.embeddingSize : c.hiddenSize;
        Linear dense = DenseLinear.load(t.at("dense"), c.hiddenSize, width, true, normal);
        LayerNorm norm = LayerNorm.load(t.at("LayerNorm"), width, c.layerNormEps);
        boolean tied = c.tieWordEmbeddings || !c.legacy;
        return BertHeads.words(dense, Activations.of(c.hiddenAct), norm, table, p.at("decoder"), p, tied);
    }

    private static DebertaV2 stack(Weights w, Config c, JsonNode json) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        Weights s = w.at("encoder");
        int E = c.embeddingSize;
        int D = c.hiddenSize;
        Embedding words = Embedding.load(e.at("word_embeddings"), c.vocabSize, E, normal);
        Distances distances = !c.relativeAttention
                ? null
                : new Distances(
                        s.at("rel_embeddings").get("weight", normal, "distances", 2 * c.span(), "hidden", D),
                        c.normRelEbd.toLowerCase().contains("layer_norm")
                                ? LayerNorm.load(s.at("LayerNorm"), D, c.layerNormEps)
                                : null,
                        Math.max(0, c.positionBuckets),
                        c.maxRelativePositions);
        Weights conv = s.at("conv");
        return new DebertaV2(
                c,
                new Embedding(words.weight(), CausalModel.paddingId(json, 0)),
                c.positionBiasedInput
                        ? LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, E, normal)
                        : null,
                c.typeVocabSize > 0 ? Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, E, normal) : null,
                E == D ? null : DenseLinear.load(e.at("embed_proj"), E, D, false, normal),
                LayerNorm.load(e.at("LayerNorm"), D, c.layerNormEps),
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(s.at("layer").at(i), c, i, distances, normal))
                        .toList(),
                c.convKernelSize == 0
                        ? null
                        : new Conv(
                                Convolution.load(conv.at("conv"), D, D, c.convKernelSize, 1, normal),
                                Activations.of(c.convAct),
                                LayerNorm.load(conv.at("LayerNorm"), D, c.layerNormEps)));
    }

    private static BertStack.Block block(Weights w, Config c, int layer, Distances distances, Init init) {
        Weights o = w.at("attention").at("output");
        int D = c.hiddenSize;
        return new BertStack.Block(
                attention(w.at("attention"), c, layer, distances, init),
                LayerNorm.load(o.at("LayerNorm"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("intermediate").at("dense"), D, c.intermediateSize, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("output").at("dense"), c.intermediateSize, D, true, init)),
                LayerNorm.load(w.at("output").at("LayerNorm"), D, c.layerNormEps));
    }

    private static DisentangledAttention attention(Weights w, Config c, int layer, Distances distances, Init init) {
        Weights a = w.at("self");
        int D = c.hiddenSize;
        Linear q = DenseLinear.load(a.at("query_proj"), D, D, true, init);
        Linear k = DenseLinear.load(a.at("key_proj"), D, D, true, init);
        boolean own = distances != null && !c.shareAttKey;
        Linear posKey = own && c.looks("c2p") ? DenseLinear.load(a.at("pos_key_proj"), D, D, true, init) : k;
        Linear posQuery = own && c.looks("p2c") ? DenseLinear.load(a.at("pos_query_proj"), D, D, true, init) : q;
        return new DisentangledAttention(
                q,
                k,
                DenseLinear.load(a.at("value_proj"), D, D, true, init),
                DenseLinear.load(w.at("output").at("dense"), D, D, true, init),
                distances,
                distances != null && c.looks("c2p") ? posKey : null,
                distances != null && c.looks("p2c") ? posQuery : null,
                c.numAttentionHeads,
                new ScaledDotProduct(c.scale(), new Mask.Bidirectional(), layer));
    }

    @Override
    public Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "token_type_ids", "position_ids");
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", words::forward, config.embeddingSize);
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        if (places != null) {
            x = new AddOp(x, places.forward(pass.positions())).run();
        }
        if (types != null) {
            Tensor given = inputs.integers("token_type_ids", "batch", B, "seq", T);
            Tensor type = given != null ? given : Tensor.of(Shape.of("batch", B, "seq", T), new int[B * T]);
            x = new AddOp(x, types.forward(type)).run();
        }
        x = norm.forward(project == null ? x : project.forward(x));
        x = pass.drop(masked(x, pass.padding()));
        Tensor embedded = x;
        Trace.next("hidden_states", x);
        for (int i = 0; i < layer.size(); i++) {
            BertStack.Block block = layer.get(i);
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            x = i == 0 && conv != null ? conv.forward(embedded, x, pass) : x;
            Trace.next("hidden_states", x);
        }
        return x;
    }
}
