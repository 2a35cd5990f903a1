package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.ffn.Mlp;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// ALBERT: BERT with narrow embeddings and blocks that share their weights; trained on masked tokens and
/// on the order of sentences.
///
/// [Lan et al. 2019](https://arxiv.org/abs/1909.11942). Weight names are those of Hugging Face's `AlbertFor…`.
///
/// @param groups blocks with weights of their own, in groups that are run through several times
public record Albert(Config config, BertStack.Embeddings embeddings, Linear mapping, List<List<BertStack.Block>> groups)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int embeddingSize,
            int hiddenSize,
            int numHiddenLayers,
            int numHiddenGroups,
            int numAttentionHeads,
            int intermediateSize,
            int innerGroupNum,
            String hiddenAct,
            int maxPositionEmbeddings,
            int typeVocabSize,
            double initializerRange,
            double layerNormEps,
            int padTokenId,
            boolean tieWordEmbeddings) {
        public Config {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (numHiddenGroups < 1 || numHiddenLayers < numHiddenGroups || innerGroupNum < 1) {
                throw new IllegalArgumentException(
                        "num_hidden_groups (%d) must be between 1 and num_hidden_layers (%d), inner_group_num (%d) at least 1"
                                .formatted(numHiddenGroups, numHiddenLayers, innerGroupNum));
            }
        }
    }

    static final Family FAMILY = new Family(
            "albert",
            List.of(
                    "AlbertForMaskedLM",
                    "AlbertForPreTraining",
                    "AlbertForSequenceClassification",
                    "AlbertForTokenClassification",
                    "AlbertForQuestionAnswering",
                    "AlbertForMultipleChoice",
                    "AlbertModel"),
            List.of("AlbertModel"),
            "albert.",
            List.of("predictions.", "sop_classifier.", "classifier.", "qa_outputs.", "albert.pooler.", "pooler."),
            name -> name.endsWith("embeddings.position_ids")
                    || name.endsWith("embeddings.token_type_ids")
                    || name.startsWith("predictions.decoder.")
                    || name.equals("predictions.bias"),
            Albert::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("embeddingSize", 128),
            Map.entry("numHiddenGroups", 1),
            Map.entry("innerGroupNum", 1),
            Map.entry("hiddenAct", "gelu_new"),
            Map.entry("maxPositionEmbeddings", 512),
            Map.entry("typeVocabSize", 2),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("tieWordEmbeddings", true));

    private static Map<String, Object> defaults(JsonNode json) {
        var defaults = new HashMap<>(DEFAULTS);
        defaults.put("padTokenId", CausalModel.paddingId(json, 0));
        return defaults;
    }

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, defaults(json));
        Weights at = architecture.equals("AlbertModel") ? w : w.at("albert");
        Albert stack = stack(at, c);
        int D = c.hiddenSize;
        double std = c.initializerRange;
        int labels = Labels.count(json);
        EncoderHead head = switch (architecture) {
            case "AlbertForMaskedLM" -> new EncoderHead.MaskedLm(predictions(w.at("predictions"), stack));
            case "AlbertForPreTraining" ->
                new EncoderHead.PreTraining(
                        predictions(w.at("predictions"), stack),
                        Projection.of(
                                BertHeads.pooler(at.at("pooler"), D, Activation.TANH, std),
                                BertHeads.dropped(w.at("sop_classifier").at("classifier"), D, labels, std)),
                        "sop_logits",
                        "sentence_order_label");
            case "AlbertForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        Projection.of(
                                BertHeads.pooler(at.at("pooler"), D, Activation.TANH, std),
                                BertHeads.dropped(w.at("classifier"), D, labels, std)),
                        Labels.problemType(json));
            case "AlbertForMultipleChoice" ->
                new EncoderHead.MultipleChoice(Projection.of(
                        BertHeads.pooler(at.at("pooler"), D, Activation.TANH, std),
                        BertHeads.dropped(w.at("classifier"), D, 1, std)));
            case "AlbertForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "AlbertForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            default ->
                new EncoderHead.Bare(
                        at.at("pooler").has("weight")
                                ? BertHeads.pooler(at.at("pooler"), D, Activation.TANH, std)
                                : null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection predictions(Weights w, Albert stack) {
        Config c = stack.config;
        return BertHeads.words(
                DenseLinear.load(
                        w.at("dense"), c.hiddenSize, c.embeddingSize, true, new Init.Normal(c.initializerRange)),
                Activations.of(c.hiddenAct),
                LayerNorm.load(w.at("LayerNorm"), c.embeddingSize, c.layerNormEps),
                stack.embeddings.wordEmbeddings().weight(),
                w.at("decoder"),
                w,
                c.tieWordEmbeddings);
    }

    private static Albert stack(Weights w, Config c) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        int E = c.embeddingSize;
        Parameter words = e.at("word_embeddings").get("weight", normal, "vocab", c.vocabSize, "hidden", E);
        var embeddings = new BertStack.Embeddings(
                new Embedding(words, c.padTokenId),
                LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, E, normal),
                Embedding.load(e.at("token_type_embeddings"), c.typeVocabSize, E, normal),
                LayerNorm.load(e.at("LayerNorm"), E, c.layerNormEps));
        var groups = new ArrayList<List<BertStack.Block>>();
        Weights n = w.at("encoder");
        for (int g = 0; g < c.numHiddenGroups; g++) {
            var group = new ArrayList<BertStack.Block>();
            for (int i = 0; i < c.innerGroupNum; i++) {
                group.add(block(
                        n.at("albert_layer_groups").at(g).at("albert_layers").at(i), c, normal));
            }
            groups.add(group);
        }
        Linear mapping = DenseLinear.load(n.at("embedding_hidden_mapping_in"), E, c.hiddenSize, true, normal);
        return new Albert(c, embeddings, mapping, groups);
    }

    private static BertStack.Block block(Weights w, Config c, Init init) {
        Weights a = w.at("attention");
        int D = c.hiddenSize;
        return new BertStack.Block(
                BertStack.attention(
                        DenseLinear.load(a.at("query"), D, D, true, init),
                        DenseLinear.load(a.at("key"), D, D, true, init),
                        DenseLinear.load(a.at("value"), D, D, true, init),
                        DenseLinear.load(a.at("dense"), D, D, true, init),
                        D / c.numAttentionHeads,
                        0),
                LayerNorm.load(a.at("LayerNorm"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("ffn"), D, c.intermediateSize, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("ffn_output"), c.intermediateSize, D, true, init)),
                LayerNorm.load(w.at("full_layer_layer_norm"), D, c.layerNormEps));
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
        Tensor words = inputs.embeddings("", embeddings.wordEmbeddings()::forward, config.embeddingSize);
        int B = words.shape().size(0);
        int T = words.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        Tensor types = inputs.integers("token_type_ids", "batch", B, "seq", T);
        if (types == null) {
            types = Tensor.of(Shape.of("batch", B, "seq", T), new int[B * T]);
        }
        Tensor x = new AddOp(words, embeddings.tokenTypes().forward(types)).run();
        x = new AddOp(x, embeddings.positionEmbeddings().forward(pass.positions())).run();
        x = mapping.forward(pass.drop(embeddings.norm().forward(x)));
        Trace.next("hidden_states", x);
        for (int i = 0; i < config.numHiddenLayers; i++) {
            int group = (int) (i / ((double) config.numHiddenLayers / config.numHiddenGroups));
            for (BertStack.Block block : groups.get(group)) {
                Tensor before = x;
                x = Workspace.keeping(() -> block.forward(before, pass));
                Trace.next("hidden_states", x);
            }
        }
        return x;
    }
}
