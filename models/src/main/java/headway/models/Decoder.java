package headway.models;

import headway.nn.Pass;
import headway.nn.cache.SessionCache;
import headway.tensor.Tensor;

/// What writes a text from left to right: token ids in, logits for the next token out.
///
/// A [CausalModel] is one, and so is an [EncoderDecoder] once its input is encoded.
public interface Decoder {
    /// ids `(batch, seq)` → their embeddings `(batch, seq, hidden)`, before positions.
    Tensor embed(Tensor ids);

    /// embeddings `(batch, seq, hidden)` → the residual stream after the last norm, of the same axes.
    Tensor hidden(Tensor embeddings, Pass pass);

    /// hidden `(batch, seq, hidden)` → logits `(batch, seq, vocab)`.
    Tensor logits(Tensor hidden);

    /// An empty cache for a session of about `tokens` tokens.
    SessionCache newCache(int tokens);

    /// Sizes that every decoder has.
    Sizes sizes();

    /// Positions beyond which the model cannot go at all, because it has learned none; most have no such end.
    default int positionLimit() {
        return Integer.MAX_VALUE;
    }

    /// @param maxPositions tokens that the model was made for
    /// @param window keys that every block looks back on; 0 where some block sees all
    record Sizes(
            int vocabSize,
            int hiddenSize,
            int layers,
            int heads,
            int kvHeads,
            int headDim,
            int maxPositions,
            int window) {}

    /// Whether a prompt must be read in one pass, because its length changes how positions are written into keys.
    default boolean readsPromptsWhole() {
        return false;
    }

    /// ids `(batch, seq)` → logits `(batch, seq, vocab)`.
    default Tensor forward(Tensor ids, Pass pass) {
        return logits(hidden(embed(ids), pass));
    }
}
