package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Weights;
import headway.nn.norm.LayerNorm;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// BERT: trained on masked tokens and on whether one text follows another.
///
/// [Devlin et al. 2018](https://arxiv.org/abs/1810.04805). Weight names are those of Hugging Face's
/// `BertFor…`; the stack is [BertStack].
final class Bert {
    private Bert() {}

    static final Family FAMILY = new Family(
            "bert",
            List.of(
                    "BertForMaskedLM",
                    "BertLMHeadModel",
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

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        BertStack.Config c = BertStack.config(json, file);
        Weights at = architecture.equals("BertModel") ? w : w.at("bert");
        BertStack stack = BertStack.load(at, c);
        int D = c.hiddenSize();
        double std = c.initializerRange();
        int labels = Labels.count(json);
        Weights cls = w.at("cls");
        Weights dense = at.at("pooler").at("dense");
        if (architecture.equals("BertLMHeadModel")) {
            return BertWriter.of(stack, predictions(cls.at("predictions"), stack), architecture, "BertForMaskedLM");
        }
        EncoderHead head = switch (architecture) {
            case "BertForMaskedLM" -> new EncoderHead.MaskedLm(predictions(cls.at("predictions"), stack));
            case "BertForPreTraining" ->
                new EncoderHead.PreTraining(
                        predictions(cls.at("predictions"), stack),
                        pooled(dense, c, BertHeads.classifier(cls.at("seq_relationship"), D, 2, std)),
                        "seq_relationship_logits",
                        "next_sentence_label");
            case "BertForNextSentencePrediction" ->
                new EncoderHead.NextSentence(
                        pooled(dense, c, BertHeads.classifier(cls.at("seq_relationship"), D, 2, std)));
            case "BertForSequenceClassification" ->
                new EncoderHead.SequenceClassification(
                        pooled(dense, c, BertHeads.dropped(w.at("classifier"), D, labels, std)),
                        Labels.problemType(json));
            case "BertForMultipleChoice" ->
                new EncoderHead.MultipleChoice(pooled(dense, c, BertHeads.dropped(w.at("classifier"), D, 1, std)));
            case "BertForTokenClassification" ->
                new EncoderHead.TokenClassification(BertHeads.dropped(w.at("classifier"), D, labels, std));
            case "BertForQuestionAnswering" ->
                new EncoderHead.QuestionAnswering(BertHeads.classifier(w.at("qa_outputs"), D, labels, std));
            default ->
                new EncoderHead.Bare(dense.has("weight") ? BertHeads.pooler(dense, D, Activation.TANH, std) : null);
        };
        return new EncoderModel(stack, head);
    }

    private static Projection pooled(Weights dense, BertStack.Config c, Projection then) {
        return Projection.of(BertHeads.pooler(dense, c.hiddenSize(), Activation.TANH, c.initializerRange()), then);
    }

    private static Projection predictions(Weights w, BertStack stack) {
        BertStack.Config c = stack.config();
        Weights t = w.at("transform");
        int D = c.hiddenSize();
        return BertHeads.words(
                DenseLinear.load(t.at("dense"), D, D, true, new Init.Normal(c.initializerRange())),
                Activations.of(c.hiddenAct()),
                LayerNorm.load(t.at("LayerNorm"), D, c.layerNormEps()),
                stack.embeddings().wordEmbeddings().weight(),
                w.at("decoder"),
                w,
                c.tieWordEmbeddings());
    }
}
