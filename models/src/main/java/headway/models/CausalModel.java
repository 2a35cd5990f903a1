package headway.models;

import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.RollingCache;
import headway.nn.cache.SessionCache;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

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
        Pass pass = pass(inputs, B, T);
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

    /// The pass over `inputs`; a family that counts positions in another way says so here.
    default Pass pass(Inputs inputs, int B, int T) {
        return inputs.pass("", B, T);
    }

    /// Runs `blocks` one after the other; what goes into each is written down.
    static <B> Tensor through(List<B> blocks, Tensor x, BiFunction<B, Tensor, Tensor> run) {
        Tensor stream = x;
        for (B block : blocks) {
            Trace.next("hidden_states", stream);
            Tensor before = stream;
            stream = Workspace.keeping(() -> run.apply(block, before));
        }
        return stream;
    }

    /// `x`, the residual stream after the last norm, written down as the last of its series.
    static Tensor last(Tensor x) {
        Trace.next("hidden_states", x);
        return x;
    }

    @Override
    default SessionCache newCache(int tokens) {
        int window = sizes().window();
        return window == 0 ? new GrowingCache(tokens) : new RollingCache(window);
    }

    /// The row of the embedding that no gradient reaches, -1 for none: what the config says, null included, or
    /// `otherwise` where it says nothing.
    static int paddingId(JsonNode config, int otherwise) {
        JsonNode id = config.path("pad_token_id");
        return id.isMissingNode() ? otherwise : id.isNull() ? -1 : id.asInt();
    }

    /// Where `lm_head` is not tied, its weight; else the embedding, unless the file holds another matrix.
    static Linear head(Weights w, Embedding embedding, boolean tied, int hiddenSize, int vocabSize, Init init) {
        return tied && !w.differs("weight", embedding.weight().path())
                ? embedding.asHead()
                : DenseLinear.load(w, hiddenSize, vocabSize, false, init);
    }
}
