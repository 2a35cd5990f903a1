package headway.models;

import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.RollingCache;
import headway.nn.cache.SessionCache;
import headway.nn.ffn.RouterScores;
import headway.nn.loss.BalanceLoss;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ScaleOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// A language model that is a decoder alone: Hugging Face's `…ForCausalLM`.
public interface CausalModel extends Decoder, Model {
    /// The output head; null where values are read in another way.
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
        Tensor embeddings = inputs.embeddings("", embedder(inputs), sizes().hiddenSize());
        int B = embeddings.shape().size(0);
        int T = embeddings.shape().size(1);
        Tensor labels = inputs.integers("labels", "batch", B, "seq", T);
        Pass pass = pass(inputs, B, T);
        Balance balance = balance();
        var scores = new ArrayList<Tensor>();
        Tensor hidden = balance == null
                ? hidden(embeddings, pass)
                : RouterScores.collect(scores, () -> hidden(embeddings, pass));
        Trace.put("last_hidden_state", hidden);
        Tensor logits = logits(hidden);
        Trace.put("logits", logits);
        scores.forEach(s -> Trace.next("router_logits", s));
        boolean balances = !scores.isEmpty() && balance.coefficient != 0;
        Tensor balancing = balances ? BalanceLoss.of(scores, balance.k, pass.padding()) : null;
        if (balancing != null) {
            Trace.put("aux_loss", balancing);
        }
        Tensor further = further(inputs, hidden, labels);
        if (labels == null) {
            return null;
        }
        Tensor shifted = NextTokenLoss.shifted(labels);
        Tensor loss = NextTokenLoss.of(logits, shifted, 1.0 / NextTokenLoss.count(shifted));
        if (balancing != null) {
            loss = new AddOp(loss, new ScaleOp(balancing, balance.coefficient).run()).run();
        }
        loss = further == null ? loss : new AddOp(loss, further).run();
        Trace.put("loss", loss);
        return loss;
    }

    /// Shows what a family predicts beyond the next token from `hidden`; what that adds to the loss, or null.
    ///
    /// @param labels null where none are given
    default Tensor further(Inputs inputs, Tensor hidden, Tensor labels) {
        return null;
    }

    /// The loss that balances experts, where the config asks for router logits.
    ///
    /// @param coefficient 0 where scores are shown and no loss is added
    /// @param k experts of a token
    record Balance(double coefficient, int k) {}

    /// What is added to the loss for the sake of balance; null for nothing.
    default Balance balance() {
        return null;
    }

    /// How token ids become vectors in the pass over `inputs`.
    default UnaryOperator<Tensor> embedder(Inputs inputs) {
        return this::embed;
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

    /// Where `lm_head` is not tied, its weight; else the embedding, unless the file holds another matrix. Null for an
    /// architecture that has no such head.
    static Linear head(
            String architecture,
            Weights w,
            TokenEmbedding embedding,
            boolean tied,
            int hiddenSize,
            int vocabSize,
            Init init) {
        if (!ReadingDecoder.continues(architecture)) {
            return null;
        }
        return tied && !w.differs("weight", embedding.path())
                ? embedding.asHead()
                : Linear.load(w, hiddenSize, vocabSize, false, init);
    }
}
