package headway.nn;

import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;

/// A row of a table for each id.
///
/// - ids `(batch, seq)` → `(batch, seq, hidden)`
///
/// @param weight `(vocab, hidden)`
/// @param paddingId id whose row the lookup does not train; -1 for none
public record Embedding(Parameter weight, int paddingId) implements TokenEmbedding {
    public static Embedding load(Weights w, int vocabSize, int hiddenSize, Init init) {
        return new Embedding(w.get("weight", init, "vocab", vocabSize, "hidden", hiddenSize), -1);
    }

    @Override
    public Tensor forward(Tensor ids) {
        return new EmbeddingOp(weight.tensor(), ids, paddingId).run();
    }

    @Override
    public Linear asHead() {
        return new DenseLinear(weight, null, DenseLinear.Layout.OUT_IN);
    }

    @Override
    public String path() {
        return weight.path();
    }
}
