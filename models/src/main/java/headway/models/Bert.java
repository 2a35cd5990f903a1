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
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// BERT: post-norm encoder with learned positions and token types, trained on masked tokens and on pairs
/// of texts.
///
/// [Devlin et al. 2018](https://arxiv.org/abs/1810.04805). Weight names are those of Hugging Face's
/// `BertFor…`.
public record Bert(Config config, Embeddings embeddings, List<Block> layer) implements TextEncoder {
    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
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
            boolean tieWordEmbeddings) {
        public Config {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (isDecoder) {
                throw new IllegalArgumentException("is_decoder is true; expected an encoder");
            }
        }
    }

    /// Words, places and token types, added and normed.
    public record Embeddings(
            Embedding wordEmbeddings, LearnedPosition positionEmbeddings, Embedding tokenTypes, LayerNorm norm)
            implements Layer {}

    /// One block: each branch is added and then normed.
    public record Block(GroupedQueryAttention attention, LayerNorm attentionNorm, Mlp mlp, LayerNorm outputNorm)
            implements Layer {
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

    static final Family FAMILY = new Family(
            "bert",
            List.of(
                    "BertForMaskedLM",
                    "BertForPreTraining",
                    "BertForNextSentencePrediction",
                    "BertForSequenceClassification",
                    "BertForTokenClassification",
                    "BertForQuestionAnswering",
                    "BertForMultipleChoice",
                    "BertModel"),
            List.of("BertModel"),
            "bert.",
            List.of(
                    "cls.predictions.",
                    "cls.seq_relationship.",
                    "classifier.",
                    "qa_outputs.",
                    "bert.pooler.",
                    "pooler."),
            // The last two: copies of what is tied, and the bias that an untied decoder does not use.
            name -> name.endsWith("embeddings.position_ids")
                    || name.endsWith("embeddings.token_type_ids")
                    || name.startsWith("cls.predictions.decoder.")
                    || name.equals("cls.predictions.bias"),
            Bert::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("vocabSize", 30522),
            Map.entry("hiddenAct", "gelu"),
            Map.entry("maxPositionEmbeddings", 512),
            Map.entry("typeVocabSize", 2),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("isDecoder", false),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Weights at = architecture.equals("BertModel") ? w : w.at("bert");
        Bert stack = stack(at, c);
        return new EncoderModel(stack, head(json, architecture, w, at, stack));
    }

    private static Bert stack(Weights w, Config c) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        Parameter words = e.at("word_embeddings").get("weight", normal, "vocab", c.vocabSize, "hidden", c.hiddenSize);
        var embeddings = new Embeddings(
                new Embedding(words, c.padTokenId == null ? -1 : c.padTokenId),
                LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, c.hiddenSize, normal),
                Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, c.hiddenSize, normal),
                LayerNorm.load(e.at("LayerNorm"), c.hiddenSize, c.layerNormEps));
        List<Block> layer = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(w.at("encoder").at("layer").at(i), c, i))
                .toList();
        return new Bert(c, embeddings, layer);
    }

    private static Block block(Weights w, Config c, int layer) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights a = w.at("attention").at("self");
        Weights o = w.at("attention").at("output");
        int D = c.hiddenSize;
        int headDim = D / c.numAttentionHeads;
        return new Block(
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("query"), D, D, true, normal),
                        DenseLinear.load(a.at("key"), D, D, true, normal),
                        DenseLinear.load(a.at("value"), D, D, true, normal),
                        DenseLinear.load(o.at("dense"), D, D, true, normal),
                        null,
                        null,
                        null,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Bidirectional(), layer)),
                LayerNorm.load(o.at("LayerNorm"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("intermediate").at("dense"), D, c.intermediateSize, true, normal),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("output").at("dense"), c.intermediateSize, D, true, normal)),
                LayerNorm.load(w.at("output").at("LayerNorm"), D, c.layerNormEps));
    }

    /// @param w the root
    /// @param at the stack, where the pooler lies
    private static EncoderHead head(JsonNode json, String architecture, Weights w, Weights at, Bert stack) {
        Config c = stack.config;
        Init normal = new Init.Normal(c.initializerRange);
        int D = c.hiddenSize;
        Weights cls = w.at("cls");
        return switch (architecture) {
            case "BertForMaskedLM" -> new EncoderHead.MaskedLm(predictions(cls.at("predictions"), stack));
            case "BertForPreTraining" ->
                new EncoderHead.PreTraining(
                        predictions(cls.at("predictions"), stack),
                        pooled(at, c, DenseLinear.load(cls.at("seq_relationship"), D, 2, true, normal)));
            case "BertForNextSentencePrediction" ->
                new EncoderHead.NextSentence(
                        pooled(at, c, DenseLinear.load(cls.at("seq_relationship"), D, 2, true, normal)));
            case "BertForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        pooled(at, c, classifier(w, D, Labels.count(json), normal)), Labels.problemType(json));
            case "BertForMultipleChoice" -> new EncoderHead.MultipleChoice(pooled(at, c, classifier(w, D, 1, normal)));
            case "BertForTokenClassification" ->
                new EncoderHead.TokenClassification(Projection.of(
                        new Projection.Dropped(), new Projection.Plain(classifier(w, D, Labels.count(json), normal))));
            case "BertForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(new Projection.Plain(
                        DenseLinear.load(w.at("qa_outputs"), D, Labels.count(json), true, normal)));
            default -> new EncoderHead.Bare(at.at("pooler").at("dense").has("weight") ? pooler(at, c) : null);
        };
    }

    private static Linear classifier(Weights w, int hiddenSize, int labels, Init init) {
        return DenseLinear.load(w.at("classifier"), hiddenSize, labels, true, init);
    }

    private static Projection pooler(Weights at, Config c) {
        return Projection.of(
                new Projection.Token(0),
                new Projection.Activated(
                        DenseLinear.load(
                                at.at("pooler").at("dense"),
                                c.hiddenSize,
                                c.hiddenSize,
                                true,
                                new Init.Normal(c.initializerRange)),
                        Activation.TANH));
    }

    private static Projection pooled(Weights at, Config c, Linear classifier) {
        return Projection.of(pooler(at, c), new Projection.Dropped(), new Projection.Plain(classifier));
    }

    /// Dense, activation, norm, and a score for each word. Tied heads share the table of words; an untied
    /// one has its own bias beside, and the one at `predictions.bias` is then dead.
    private static Projection predictions(Weights w, Bert stack) {
        Config c = stack.config;
        int D = c.hiddenSize;
        Init normal = new Init.Normal(c.initializerRange);
        Parameter words = stack.embeddings.wordEmbeddings.weight();
        Weights t = w.at("transform");
        boolean tied = c.tieWordEmbeddings && !w.at("decoder").differs("weight", words.path());
        Linear decoder = tied
                ? new DenseLinear(words, w.get("bias", Init.ZEROS, "vocab", c.vocabSize), DenseLinear.Layout.OUT_IN)
                : DenseLinear.load(w.at("decoder"), D, c.vocabSize, true, normal);
        return Projection.of(
                new Projection.Activated(
                        DenseLinear.load(t.at("dense"), D, D, true, normal), Activations.of(c.hiddenAct)),
                new Projection.Normed(LayerNorm.load(t.at("LayerNorm"), D, c.layerNormEps)),
                new Projection.Plain(decoder));
    }

    @Override
    public Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "token_type_ids", "position_ids");
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor words = inputs.embeddings("", embeddings.wordEmbeddings::forward, config.hiddenSize);
        int B = words.shape().size(0);
        int T = words.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        Tensor types = inputs.integers("token_type_ids", "batch", B, "seq", T);
        if (types == null) {
            types = Tensor.of(headway.tensor.Shape.of("batch", B, "seq", T), new int[B * T]);
        }
        Tensor x = new AddOp(words, embeddings.tokenTypes.forward(types)).run();
        x = new AddOp(x, embeddings.positionEmbeddings.forward(pass.positions())).run();
        x = pass.drop(embeddings.norm.forward(x));
        Trace.next("hidden_states", x);
        for (Block block : layer) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        return x;
    }
}
