package headway.nn;

import headway.tensor.Tensor;

/// A row of a table for each id, however the table is kept.
///
/// - ids `(batch, seq)` → `(batch, seq, hidden)`
public sealed interface TokenEmbedding extends Layer permits Embedding, QuantizedEmbedding {
    /// Loads `weight`, quantized where the checkpoint has it so.
    ///
    /// @param paddingId id whose row the lookup does not train; -1 for none
    static TokenEmbedding load(Weights w, int vocabSize, int hiddenSize, Init init, int paddingId) {
        QuantizedParameter quantized = w.quantized("weight", "vocab", vocabSize, "hidden", hiddenSize);
        if (quantized != null) {
            return new QuantizedEmbedding(quantized);
        }
        return new Embedding(Embedding.load(w, vocabSize, hiddenSize, init).weight(), paddingId);
    }

    /// The rows.
    Tensor forward(Tensor ids);

    /// The output head that shares this table: logits are inner products with its rows.
    Linear asHead();

    /// Name of the table in the checkpoint.
    String path();
}
