package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Attention;
import headway.nn.attention.BlockSparseAttention;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.ffn.Mlp;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ScaleOp;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// BigBird: BERT whose tokens see blocks: neighbours, the ends, random ones. A text that is too short for it is read
/// with
/// full attention.
///
/// [Zaheer et al. 2020](https://arxiv.org/abs/2007.14062). Weight names are those of Hugging Face's `BigBirdFor…`.
///
/// @param asks whether a text begins with a question, whose tokens have a type of their own
public record BigBird(Config config, BertStack.Embeddings embeddings, List<BertStack.Block> layer, boolean asks)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    ///
    /// @param attentionType `block_sparse` or `original_full`
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
            int padTokenId,
            int sepTokenId,
            String attentionType,
            boolean useBias,
            boolean rescaleEmbeddings,
            int blockSize,
            int numRandomBlocks,
            boolean isDecoder,
            boolean tieWordEmbeddings) {
        public Config {
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (!List.of("block_sparse", "original_full").contains(attentionType)) {
                throw new IllegalArgumentException(
                        "attention_type is '%s'; expected block_sparse or original_full".formatted(attentionType));
            }
            if (isDecoder || blockSize < 1) {
                throw new IllegalArgumentException(
                        "is_decoder is %s, block_size is %d; expected an encoder and at least 1"
                                .formatted(isDecoder, blockSize));
            }
        }

        /// Whether a text of `T` tokens is read by blocks.
        boolean sparse(int T) {
            return attentionType.equals("block_sparse") && T > (5 + 2 * numRandomBlocks) * blockSize;
        }
    }

    private static final String NAME = "BigBird";

    static final Family FAMILY = new Family(
            "big_bird",
            List.of(
                    NAME + "ForMaskedLM",
                    NAME + "ForPreTraining",
                    NAME + "ForSequenceClassification",
                    NAME + "ForTokenClassification",
                    NAME + "ForQuestionAnswering",
                    NAME + "ForMultipleChoice",
                    NAME + "Model"),
            List.of(NAME + "Model"),
            "bert.",
            List.of(
                    "cls.predictions.",
                    "cls.seq_relationship.",
                    "classifier.",
                    "qa_classifier.",
                    "bert.pooler.",
                    "pooler."),
            name -> name.endsWith("embeddings.position_ids")
                    || name.endsWith("embeddings.token_type_ids")
                    || name.startsWith("cls.predictions.decoder.")
                    || name.equals("cls.predictions.bias"),
            BigBird::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("hiddenAct", "gelu_new"),
            Map.entry("maxPositionEmbeddings", 4096),
            Map.entry("typeVocabSize", 2),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("padTokenId", 0),
            Map.entry("sepTokenId", 66),
            Map.entry("attentionType", "block_sparse"),
            Map.entry("useBias", true),
            Map.entry("rescaleEmbeddings", false),
            Map.entry("blockSize", 64),
            Map.entry("numRandomBlocks", 3),
            Map.entry("isDecoder", false),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, new HashMap<>(DEFAULTS));
        String task = architecture.substring(NAME.length());
        Weights at = task.equals("Model") ? w : w.at("bert");
        BigBird stack = stack(at, c, task.equals("ForQuestionAnswering"));
        int D = c.hiddenSize;
        double std = c.initializerRange;
        int labels = Labels.count(json);
        Weights dense = at.at("pooler");
        Weights cls = w.at("cls");
        EncoderHead head = switch (task) {
            case "ForMaskedLM" -> new EncoderHead.MaskedLm(predictions(cls.at("predictions"), stack));
            case "ForPreTraining" ->
                new EncoderHead.PreTraining(
                        predictions(cls.at("predictions"), stack),
                        Projection.of(
                                BertHeads.pooler(dense, D, Activation.TANH, std),
                                BertHeads.classifier(cls.at("seq_relationship"), D, 2, std)),
                        "seq_relationship_logits",
                        "next_sentence_label");
            case "ForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        BertHeads.twoLayers(w.at("classifier"), D, labels, Activations.of(c.hiddenAct), std),
                        Labels.problemType(json));
            case "ForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "ForQuestionAnswering" -> new EncoderHead.QuestionAnswering(answers(w.at("qa_classifier"), c));
            case "ForMultipleChoice" ->
                new EncoderHead.MultipleChoice(Projection.of(
                        BertHeads.pooler(dense, D, Activation.TANH, std),
                        BertHeads.dropped(w.at("classifier"), D, 1, std)));
            default ->
                new EncoderHead.Bare(dense.has("weight") ? BertHeads.pooler(dense, D, Activation.TANH, std) : null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection predictions(Weights w, BigBird stack) {
        Config c = stack.config;
        Weights t = w.at("transform");
        return BertHeads.words(
                DenseLinear.load(t.at("dense"), c.hiddenSize, c.hiddenSize, true, new Init.Normal(c.initializerRange)),
                Activations.of(c.hiddenAct),
                LayerNorm.load(t.at("LayerNorm"), c.hiddenSize, c.layerNormEps),
                stack.embeddings.wordEmbeddings().weight(),
                w.at("decoder"),
                w,
                c.tieWordEmbeddings);
    }

    /// A feed-forward part of its own, scores, and questions out of the competition.
    private static Projection answers(Weights w, Config c) {
        return Projection.of(
                new Projection.Residual(
                        mlp(w, c, new Init.Normal(c.initializerRange)),
                        LayerNorm.load(w.at("output").at("LayerNorm"), c.hiddenSize, c.layerNormEps)),
                BertHeads.classifier(w.at("qa_outputs"), c.hiddenSize, 2, c.initializerRange),
                new Projection.Behind(c.sepTokenId));
    }

    private static BigBird stack(Weights w, Config c, boolean asks) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        int D = c.hiddenSize;
        Embedding words = Embedding.load(e.at("word_embeddings"), c.vocabSize, D, normal);
        return new BigBird(
                c,
                new BertStack.Embeddings(
                        new Embedding(words.weight(), c.padTokenId),
                        LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, D, normal),
                        Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, D, normal),
                        LayerNorm.load(e.at("LayerNorm"), D, c.layerNormEps)),
                IntStream.range(0, c.numHiddenLayers)
                        .mapToObj(i -> block(w.at("encoder").at("layer").at(i), c, i, normal))
                        .toList(),
                asks);
    }

    private static BertStack.Block block(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("attention").at("self");
        Weights o = w.at("attention").at("output");
        int D = c.hiddenSize;
        return new BertStack.Block(
                BertStack.attention(
                        DenseLinear.load(a.at("query"), D, D, c.useBias, init),
                        DenseLinear.load(a.at("key"), D, D, c.useBias, init),
                        DenseLinear.load(a.at("value"), D, D, c.useBias, init),
                        DenseLinear.load(o.at("dense"), D, D, true, init),
                        D / c.numAttentionHeads,
                        layer),
                LayerNorm.load(o.at("LayerNorm"), D, c.layerNormEps),
                mlp(w, c, init),
                LayerNorm.load(w.at("output").at("LayerNorm"), D, c.layerNormEps));
    }

    private static Mlp mlp(Weights w, Config c, Init init) {
        return new Mlp(
                DenseLinear.load(w.at("intermediate").at("dense"), c.hiddenSize, c.intermediateSize, true, init),
                Activations.of(c.hiddenAct),
                DenseLinear.load(w.at("output").at("dense"), c.intermediateSize, c.hiddenSize, true, init));
    }

    /// The block with the same weights, by blocks of tokens.
    private BertStack.Block sparse(BertStack.Block full) {
        var a = (GroupedQueryAttention) full.attention();
        Attention sparse = new BlockSparseAttention(
                a.qProj(),
                a.kProj(),
                a.vProj(),
                a.oProj(),
                config.numAttentionHeads,
                config.blockSize,
                config.numRandomBlocks);
        return new BertStack.Block(sparse, full.attentionNorm(), full.mlp(), full.outputNorm());
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(
                List.of("input_ids", "inputs_embeds", "attention_mask", "token_type_ids", "position_ids"));
        if (asks) {
            all.add("question_lengths");
        }
        return all;
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", embeddings.wordEmbeddings()::forward, config.hiddenSize);
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        boolean sparse = config.sparse(T);
        boolean changed = !sparse && config.attentionType.equals("block_sparse");
        int whole = sparse ? (T + config.blockSize - 1) / config.blockSize * config.blockSize : T;
        if (whole > T) {
            Tensor pads = Longformer.filled(null, B, whole - T, config.padTokenId);
            x = new ConcatOp(List.of(x, embeddings.wordEmbeddings().forward(pads)), "seq").run();
        }
        x = config.rescaleEmbeddings ? new ScaleOp(x, Math.sqrt(config.hiddenSize)).run() : x;
        Pass plain = inputs.pass("", B, T);
        Tensor places = inputs.has("position_ids") || whole == T
                ? Longformer.filled(plain.positions(), B, whole, config.padTokenId)
                : Pass.from(B, whole, 0, null).positions();
        x = new AddOp(x, embeddings.tokenTypes().forward(types(inputs, B, T, whole))).run();
        x = new AddOp(x, embeddings.positionEmbeddings().forward(places)).run();
        Tensor padding = plain.padding() == null && whole == T ? null : Longformer.marked(inputs, B, T, whole);
        Pass pass = new Pass(places, padding, null, inputs.dropout());
        x = embeddings.norm().forward(pass.drop(x));
        for (BertStack.Block block : layer) {
            BertStack.Block used = sparse ? sparse(block) : block;
            Tensor before = x;
            Trace.next("hidden_states", x);
            // The reference loses sight of attention when it changes its kind for a short text.
            x = Workspace.keeping(
                    () -> changed ? Trace.unseen(() -> used.forward(before, pass)) : used.forward(before, pass));
        }
        // What fills blocks up is shown in all values but the last.
        x = TransformerStack.cut(x, T);
        Trace.next("hidden_states", x);
        return x;
    }

    /// Given types; else 0, but 1 behind a question.
    private Tensor types(Inputs inputs, int B, int T, int whole) {
        Tensor given = inputs.integers("token_type_ids", "batch", B, "seq", T);
        int[] lengths = given == null && asks ? Projection.Behind.lengths(inputs, config.sepTokenId, B, T) : null;
        if (lengths == null) {
            return Longformer.filled(given, B, whole, 0);
        }
        Tensor types = Tensor.allocate(Shape.of("batch", B, "seq", whole), DType.I32);
        for (int i = 0; i < B * whole; i++) {
            types.memory().set(i, i % whole < T && i % whole >= lengths[i / whole] ? 1 : 0);
        }
        return types;
    }
}
