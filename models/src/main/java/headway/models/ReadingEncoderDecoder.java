package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An encoder-decoder that reads: its decoder goes through the same text as its encoder, one token later, and what it
/// makes of it goes to the head of an encoder. Hugging Face's `…ForSequenceClassification` and
/// `…ForQuestionAnswering` of encoder-decoders. [Lewis et al. 2019](https://arxiv.org/abs/1910.13461), section 3.
public record ReadingEncoderDecoder(EncoderDecoder model) implements TextEncoder {
    /// `model` with the head that `architecture` names, whose weights lie in `w`.
    ///
    /// @param endTokenId what ends a text where the config says nothing: its class comes from the value there
    static EncoderModel with(
            EncoderDecoder model,
            JsonNode json,
            String architecture,
            Weights w,
            int hiddenSize,
            Init init,
            int endTokenId) {
        EncoderHead head;
        if (architecture.endsWith(ReadingDecoder.ANSWERS)) {
            head = new EncoderHead.QuestionAnswering(
                    new Projection.Plain(DenseLinear.load(w.at("qa_outputs"), hiddenSize, 2, true, init)));
        } else {
            Weights h = w.at("classification_head");
            head = new EncoderHead.SequenceClassification(
                    Projection.of(
                            new Projection.EndToken(json.path("eos_token_id").asInt(endTokenId)),
                            new Projection.Dropped(),
                            new Projection.Activated(
                                    DenseLinear.load(h.at("dense"), hiddenSize, hiddenSize, true, init),
                                    Activation.TANH),
                            new Projection.Dropped(),
                            new Projection.Plain(
                                    DenseLinear.load(h.at("out_proj"), hiddenSize, Labels.count(json), true, init))),
                    Labels.problemType(json));
        }
        return new EncoderModel(new ReadingEncoderDecoder(model), head);
    }

    /// A class for each token of an encoder alone.
    static EncoderHead tags(JsonNode json, Weights w, int hiddenSize, Init init) {
        var classes = DenseLinear.load(w.at("classifier"), hiddenSize, Labels.count(json), true, init);
        return new EncoderHead.TokenClassification(
                Projection.of(new Projection.Dropped(), new Projection.Plain(classes)));
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(model.arguments());
        all.remove("labels");
        return all;
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Encoded encoded = Trace.part("encoder_", () -> model.encode(inputs));
        model.traceEncoded(encoded);
        Decoder decoder = model.decoder(encoded);
        boolean given = inputs.has("decoder_input_ids") || inputs.has("decoder_inputs_embeds");
        Inputs all = given ? inputs : inputs.with("decoder_input_ids", model.started(ids(inputs)));
        Tensor embeddings =
                all.embeddings("decoder_", decoder::embed, decoder.sizes().hiddenSize());
        Pass pass = all.pass(
                "decoder_", embeddings.shape().size(0), embeddings.shape().size(1));
        return Trace.part("decoder_", () -> decoder.hidden(embeddings, pass));
    }

    private static Tensor ids(Inputs inputs) {
        return inputs.required("input_ids", inputs.integers("input_ids", "batch", Inputs.ANY, "seq", Inputs.ANY));
    }
}
