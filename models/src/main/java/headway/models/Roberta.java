package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Weights;
import headway.nn.norm.LayerNorm;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// RoBERTa, XLM-RoBERTa and CamemBERT: BERT's stack, trained longer on masked tokens alone; places are
/// counted over what is no padding.
///
/// [Liu et al. 2019](https://arxiv.org/abs/1907.11692), [Conneau et al.
/// 2019](https://arxiv.org/abs/1911.02116). Weight names are those of Hugging Face's `RobertaFor…`; the
/// stack is [BertStack].
final class Roberta {
    private Roberta() {}

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("roberta", "Roberta"), family("xlm-roberta", "XLMRoberta"), family("camembert", "Camembert"));
    }

    private static Family family(String modelType, String name) {
        return new Family(
                modelType,
                Stream.of(
                                "ForMaskedLM",
                                "ForCausalLM",
                                "ForSequenceClassification",
                                "ForTokenClassification",
                                "ForQuestionAnswering",
                                "ForMultipleChoice",
                                "Model")
                        .map(head -> name + head)
                        .toList(),
                List.of(name + "Model"),
                "roberta.",
                List.of("lm_head.", "classifier.", "qa_outputs.", "roberta.pooler.", "pooler."),
                stored -> stored.endsWith("embeddings.position_ids")
                        || stored.endsWith("embeddings.token_type_ids")
                        || stored.startsWith("lm_head.decoder.")
                        || stored.equals("lm_head.bias"),
                Roberta::load);
    }

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        BertStack.Config c = BertStack.config(json, file);
        boolean bare = !architecture.contains("For");
        Weights at = bare ? w : w.at("roberta");
        BertStack stack = BertStack.load(at, c);
        int D = c.hiddenSize();
        double std = c.initializerRange();
        int labels = Labels.count(json);
        Weights dense = at.at("pooler").at("dense");
        String task = bare ? "" : architecture.substring(architecture.indexOf("For"));
        if (task.equals("ForCausalLM")) {
            String masked = architecture.replace("Causal", "Masked");
            return BertWriter.of(stack, predictions(w.at("lm_head"), stack), architecture, masked);
        }
        EncoderHead head = switch (task) {
            case "ForMaskedLM" -> new EncoderHead.MaskedLm(predictions(w.at("lm_head"), stack));
            case "ForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        BertHeads.twoLayers(w.at("classifier"), D, labels, Activation.TANH, std),
                        Labels.problemType(json));
            case "ForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "ForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            case "ForMultipleChoice" ->
                new EncoderHead.MultipleChoice(Projection.of(
                        BertHeads.pooler(dense, D, Activation.TANH, std),
                        BertHeads.dropped(w.at("classifier"), D, 1, std)));
            default ->
                new EncoderHead.Bare(dense.has("weight") ? BertHeads.pooler(dense, D, Activation.TANH, std) : null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection predictions(Weights w, BertStack stack) {
        BertStack.Config c = stack.config();
        int D = c.hiddenSize();
        return BertHeads.words(
                DenseLinear.load(w.at("dense"), D, D, true, new Init.Normal(c.initializerRange())),
                Activation.GELU,
                LayerNorm.load(w.at("layer_norm"), D, c.layerNormEps()),
                stack.embeddings().wordEmbeddings().weight(),
                w.at("decoder"),
                w,
                c.tieWordEmbeddings());
    }
}
