package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Weights;
import headway.nn.norm.LayerNorm;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// ELECTRA: BERT's stack, with embeddings that may be narrower, trained to tell which tokens a small
/// generator replaced.
///
/// [Clark et al. 2020](https://arxiv.org/abs/2003.10555). Weight names are those of Hugging Face's `ElectraFor…`; the
/// stack is [BertStack]. The generator's head is always the exact GELU, whatever `hidden_act` says.
final class Electra {
    private Electra() {}

    static final Family FAMILY = new Family(
            "electra",
            List.of(
                    "ElectraForPreTraining",
                    "ElectraForMaskedLM",
                    "ElectraForCausalLM",
                    "ElectraForSequenceClassification",
                    "ElectraForTokenClassification",
                    "ElectraForQuestionAnswering",
                    "ElectraForMultipleChoice",
                    "ElectraModel"),
            List.of("ElectraModel"),
            "electra.",
            List.of(
                    "discriminator_predictions.",
                    "generator_predictions.",
                    "generator_lm_head.",
                    "classifier.",
                    "qa_outputs.",
                    "sequence_summary."),
            name -> name.endsWith("embeddings.position_ids")
                    || name.endsWith("embeddings.token_type_ids")
                    || name.equals("generator_lm_head.weight"),
            Electra::load);

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        BertStack.Config c = BertStack.config(json, file);
        BertStack stack = BertStack.load(architecture.equals("ElectraModel") ? w : w.at("electra"), c);
        int D = c.hiddenSize();
        double std = c.initializerRange();
        int labels = Labels.count(json);
        Init normal = new Init.Normal(std);
        if (architecture.equals("ElectraForCausalLM")) {
            return BertWriter.of(stack, generator(w, stack), architecture, "ElectraForMaskedLM");
        }
        EncoderHead head = switch (architecture) {
            case "ElectraForPreTraining" -> {
                Weights p = w.at("discriminator_predictions");
                yield new EncoderHead.Discrimination(Projection.of(
                        new Projection.Activated(
                                DenseLinear.load(p.at("dense"), D, D, true, normal), Activations.of(c.hiddenAct())),
                        BertHeads.classifier(p.at("dense_prediction"), D, 1, std)));
            }
            case "ElectraForMaskedLM" -> new EncoderHead.MaskedLm(generator(w, stack));
            case "ElectraForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        BertHeads.twoLayers(w.at("classifier"), D, labels, Activation.GELU, std),
                        Labels.problemType(json));
            case "ElectraForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "ElectraForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            case "ElectraForMultipleChoice" ->
                new EncoderHead.MultipleChoice(Projection.of(
                        BertHeads.pooler(w.at("sequence_summary").at("summary"), D, summed(json), std),
                        BertHeads.dropped(w.at("classifier"), D, 1, std)));
            default -> new EncoderHead.Bare(null);
        };
        return new EncoderModel(stack, head);
    }

    /// What follows the projection of a text's first token, nothing where the config says null.
    private static Activation summed(JsonNode json) {
        JsonNode name = json.path("summary_activation");
        return Activations.of(name.isNull() ? "linear" : name.asString("gelu"));
    }

    private static Projection generator(Weights w, BertStack stack) {
        BertStack.Config c = stack.config();
        Weights p = w.at("generator_predictions");
        int E = c.embeddingSize();
        return BertHeads.words(
                DenseLinear.load(p.at("dense"), c.hiddenSize(), E, true, new Init.Normal(c.initializerRange())),
                Activation.GELU,
                LayerNorm.load(p.at("LayerNorm"), E, c.layerNormEps()),
                stack.embeddings().wordEmbeddings().weight(),
                w.at("generator_lm_head"),
                w.at("generator_lm_head"),
                c.tieWordEmbeddings());
    }
}
