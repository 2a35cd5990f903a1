package headway.models;

import headway.kernels.DType;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.attention.Encoded;
import headway.nn.ffn.RouterScores;
import headway.nn.loss.LabelLoss;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A model that reads an input as a whole and then writes a text about it: Hugging Face's
/// `…ForConditionalGeneration`.
///
/// With its input encoded it is a [Decoder], which is what generation works with.
public interface EncoderDecoder extends Model {
    /// Arguments that [#encode] reads.
    Set<String> encoderArguments();

    /// Encodes the input.
    Encoded encode(Inputs inputs);

    /// The decoder that looks at `encoded`.
    Decoder decoder(Encoded encoded);

    /// `decoder_start_token_id`: what a text begins with.
    int startTokenId();

    /// `pad_token_id`: what takes the place of a label that does not count.
    int padTokenId();

    /// Whether there is a head over the decoder; without one there are no logits.
    default boolean hasHead() {
        return true;
    }

    /// Writes down the encoder's last hidden state, which mostly is what the decoder looks at.
    default void traceEncoded(Encoded encoded) {
        Trace.put("encoder_last_hidden_state", encoded.states());
    }

    @Override
    default Set<String> arguments() {
        var all = new LinkedHashSet<>(encoderArguments());
        all.addAll(Set.of("decoder_input_ids", "decoder_inputs_embeds", "decoder_attention_mask"));
        all.addAll(Set.of("decoder_position_ids", "labels"));
        return all;
    }

    @Override
    default Tensor forward(Inputs inputs) {
        var reading = new ArrayList<Tensor>();
        var writing = new ArrayList<Tensor>();
        Encoded encoded = RouterScores.collect(reading, () -> Trace.part("encoder_", () -> encode(inputs)));
        traceEncoded(encoded);
        Decoder decoder = decoder(encoded);
        Tensor labels =
                inputs.integers("labels", "batch", encoded.states().shape().size(0), "seq", Inputs.ANY);
        boolean given = inputs.has("decoder_input_ids") || inputs.has("decoder_inputs_embeds");
        Inputs all = labels == null || given ? inputs : inputs.with("decoder_input_ids", started(labels));
        Tensor embeddings =
                all.embeddings("decoder_", decoder::embed, decoder.sizes().hiddenSize());
        int B = embeddings.shape().size(0);
        int T = embeddings.shape().size(1);
        Pass pass = all.pass("decoder_", B, T);
        Tensor hidden =
                RouterScores.collect(writing, () -> Trace.part("decoder_", () -> decoder.hidden(embeddings, pass)));
        Trace.put("last_hidden_state", hidden);
        if (!hasHead()) {
            return null;
        }
        Tensor logits = decoder.logits(hidden);
        Trace.put("logits", logits);
        Tensor balance = reading.isEmpty() && writing.isEmpty() ? null : balance(inputs, reading, writing);
        if (labels == null) {
            return null;
        }
        all.integers("labels", "batch", B, "seq", T);
        Tensor loss = LabelLoss.mean(logits, labels);
        loss = balance == null ? loss : new AddOp(loss, balance).run();
        Trace.put("loss", loss);
        return loss;
    }

    /// What the scores of routers add to the loss; null for nothing.
    ///
    /// @param reading those of the encoder, and writing those of the decoder
    default Tensor balance(Inputs inputs, List<Tensor> reading, List<Tensor> writing) {
        return null;
    }

    /// What the decoder reads where only labels are given: labels moved one to the right behind the start token; those
    /// that do not count become padding.
    default Tensor started(Tensor labels) {
        int B = labels.shape().size(0);
        int T = labels.shape().size(1);
        Tensor ids = Tensor.allocate(labels.shape(), DType.I32);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                long at = (long) b * T + t;
                int id = t == 0 ? startTokenId() : (int) labels.memory().get(at - 1);
                ids.memory().set(at, id == NextTokenLoss.IGNORE ? padTokenId() : id);
            }
        }
        return ids;
    }
}
