package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.ffn.Mlp;
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

/// DistilBERT: half of BERT's blocks, learned from BERT; no token types and no pooler.
///
/// [Sanh et al. 2019](https://arxiv.org/abs/1910.01108). Weight names are those of Hugging Face's `DistilBertFor…`.
public record DistilBert(
        Config config, Embedding words, LearnedPosition positions, LayerNorm norm, List<BertStack.Block> layer)
        implements TextEncoder {
    private static final double EPS = 1e-12;

    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int maxPositionEmbeddings,
            int nLayers,
            int nHeads,
            int dim,
            int hiddenDim,
            String activation,
            double initializerRange,
            boolean tieWordEmbeddings) {
        public Config {
            if (dim < 1 || nHeads < 1 || dim % nHeads != 0) {
                throw new IllegalArgumentException(
                        "dim (%d) must be a multiple of n_heads (%d)".formatted(dim, nHeads));
            }
        }
    }

    static final Family FAMILY = new Family(
            "distilbert",
            List.of(
                    "DistilBertForMaskedLM",
                    "DistilBertForSequenceClassification",
                    "DistilBertForTokenClassification",
                    "DistilBertForQuestionAnswering",
                    "DistilBertForMultipleChoice",
                    "DistilBertModel"),
            List.of("DistilBertModel"),
            "distilbert.",
            List.of(
                    "vocab_transform.",
                    "vocab_layer_norm.",
                    "vocab_projector.",
                    "pre_classifier.",
                    "classifier.",
                    "qa_outputs."),
            name -> name.endsWith("embeddings.position_ids") || name.equals("vocab_projector.weight"),
            DistilBert::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("maxPositionEmbeddings", 512),
            Map.entry("activation", "gelu"),
            Map.entry("initializerRange", 0.02),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        DistilBert stack = stack(
                architecture.equals("DistilBertModel") ? w : w.at("distilbert"), c, CausalModel.paddingId(json, 0));
        int D = c.dim;
        double std = c.initializerRange;
        int labels = Labels.count(json);
        EncoderHead head = switch (architecture) {
            case "DistilBertForMaskedLM" ->
                new EncoderHead.MaskedLm(BertHeads.words(
                        DenseLinear.load(w.at("vocab_transform"), D, D, true, new Init.Normal(std)),
                        Activations.of(c.activation),
                        LayerNorm.load(w.at("vocab_layer_norm"), D, EPS),
                        stack.words.weight(),
                        w.at("vocab_projector"),
                        w.at("vocab_projector"),
                        c.tieWordEmbeddings));
            case "DistilBertForSequenceClassification" ->
                new EncoderHead.SequenceClassification(pooled(w, D, labels, std), Labels.problemType(json));
            case "DistilBertForMultipleChoice" -> new EncoderHead.MultipleChoice(pooled(w, D, 1, std));
            case "DistilBertForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "DistilBertForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.dropped(w.at("qa_outputs"), D, labels, std));
            default -> new EncoderHead.Bare(null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection pooled(Weights w, int hiddenSize, int labels, double std) {
        return Projection.of(
                BertHeads.pooler(w.at("pre_classifier"), hiddenSize, Activation.RELU, std),
                BertHeads.dropped(w.at("classifier"), hiddenSize, labels, std));
    }

    private static DistilBert stack(Weights w, Config c, int padding) {
        Init normal = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        Parameter words = e.at("word_embeddings").get("weight", normal, "vocab", c.vocabSize, "hidden", c.dim);
        return new DistilBert(
                c,
                new Embedding(words, padding),
                LearnedPosition.load(e.at("position_embeddings"), c.maxPositionEmbeddings, c.dim, normal),
                LayerNorm.load(e.at("LayerNorm"), c.dim, EPS),
                IntStream.range(0, c.nLayers)
                        .mapToObj(i -> block(w.at("transformer").at("layer").at(i), c, i, normal))
                        .toList());
    }

    private static BertStack.Block block(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("attention");
        int D = c.dim;
        return new BertStack.Block(
                BertStack.attention(
                        DenseLinear.load(a.at("q_lin"), D, D, true, init),
                        DenseLinear.load(a.at("k_lin"), D, D, true, init),
                        DenseLinear.load(a.at("v_lin"), D, D, true, init),
                        DenseLinear.load(a.at("out_lin"), D, D, true, init),
                        D / c.nHeads,
                        layer),
                LayerNorm.load(w.at("sa_layer_norm"), D, EPS),
                new Mlp(
                        DenseLinear.load(w.at("ffn").at("lin1"), D, c.hiddenDim, true, init),
                        Activations.of(c.activation),
                        DenseLinear.load(w.at("ffn").at("lin2"), c.hiddenDim, D, true, init)),
                LayerNorm.load(w.at("output_layer_norm"), D, EPS));
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
        Tensor embedded = inputs.embeddings("", words::forward, config.dim);
        Pass pass = inputs.pass("", embedded.shape().size(0), embedded.shape().size(1));
        Tensor x = new AddOp(embedded, positions.forward(pass.positions())).run();
        x = pass.drop(norm.forward(x));
        Trace.next("hidden_states", x);
        for (BertStack.Block block : layer) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        return x;
    }
}
