package headway.models;

import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import java.util.Set;

/// A language model that is a decoder alone: Hugging Face's `…ForCausalLM`.
public interface CausalModel extends Decoder, Model {
    /// The output head.
    Linear lmHead();

    @Override
    default Tensor logits(Tensor hidden) {
        return lmHead().forward(hidden);
    }

    @Override
    default Set<String> arguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "position_ids", "labels");
    }

    @Override
    default Tensor forward(Inputs inputs) {
        Tensor embeddings = inputs.embeddings("", this::embed, sizes().hiddenSize());
        int B = embeddings.shape().size(0);
        int T = embeddings.shape().size(1);
        Tensor labels = inputs.integers("labels", "batch", B, "seq", T);
        Pass pass = inputs.pass("", B, T);
        Tensor hidden = hidden(embeddings, pass);
        Trace.put("last_hidden_state", hidden);
        Tensor logits = logits(hidden);
        Trace.put("logits", logits);
        if (labels == null) {
            return null;
        }
        Tensor shifted = NextTokenLoss.shifted(labels);
        Tensor loss = NextTokenLoss.of(logits, shifted, 1.0 / NextTokenLoss.count(shifted));
        Trace.put("loss", loss);
        return loss;
    }
}
