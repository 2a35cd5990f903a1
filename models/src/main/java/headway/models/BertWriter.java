package headway.models;

import headway.io.ConfigException;
import headway.kernels.DType;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.Tensor;

/// A [BertStack] that writes: with `is_decoder` each token sees those before it, and the head that guesses masked
/// tokens scores the next one. Hugging Face's `BertLMHeadModel`, and `…ForCausalLM` of its kin.
///
/// @param predictions hidden `(batch, seq, hidden)` → scores of words
public record BertWriter(BertStack stack, Projection predictions) implements CausalModel {
    static BertWriter of(BertStack stack, Projection predictions, String architecture, String masked) {
        if (!stack.config().isDecoder()) {
            throw new ConfigException(
                    "[config] %s reads from left to right, but is_decoder is false; set it to true, or load the head %s"
                            .formatted(architecture, masked));
        }
        return new BertWriter(stack, predictions);
    }

    @Override
    public Linear lmHead() {
        return null;
    }

    @Override
    public Tensor embed(Tensor ids) {
        return stack.embeddings().wordEmbeddings().forward(ids);
    }

    /// Where tokens are counted, those of the pass are counted as in the encoder.
    @Override
    public Pass pass(Inputs inputs, int B, int T) {
        Pass pass = CausalModel.super.pass(inputs, B, T);
        if (stack.config().countsTokens()) {
            Tensor places = inputs.has("position_ids") ? pass.positions() : stack.counted(inputs, B, T);
            pass.positions().assign(shifted(places, -first()));
        }
        return pass;
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Shape tokens = pass.positions().shape();
        Tensor types = Tensor.of(tokens, new int[(int) pass.positions().count()]);
        Tensor x = stack.embedded(embeddings, types, shifted(pass.positions(), first()), pass);
        x = CausalModel.through(stack.layer(), x, (block, h) -> block.forward(h, pass));
        return CausalModel.last(x);
    }

    @Override
    public Tensor logits(Tensor hidden) {
        return predictions.forward(hidden, null);
    }

    /// The row of places at which a text begins.
    private int first() {
        return stack.config().countsTokens() ? stack.padding() + 1 : 0;
    }

    private static Tensor shifted(Tensor places, int by) {
        Tensor shifted = Tensor.allocate(places.shape(), DType.I32);
        for (long i = 0; i < shifted.count(); i++) {
            shifted.memory().set(i, places.memory().get(i) + by);
        }
        return shifted;
    }

    @Override
    public Sizes sizes() {
        BertStack.Config c = stack.config();
        int heads = c.numAttentionHeads();
        return new Sizes(
                c.vocabSize(),
                c.embeddingSize(),
                c.numHiddenLayers(),
                heads,
                heads,
                c.hiddenSize() / heads,
                positionLimit(),
                0);
    }

    @Override
    public int positionLimit() {
        return stack.config().maxPositionEmbeddings() - first();
    }
}
