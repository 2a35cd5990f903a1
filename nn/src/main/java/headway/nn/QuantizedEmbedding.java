package headway.nn;

import headway.tensor.Tensor;

/// A row of a quantized table for each id; only the rows that are asked for are widened.
///
/// - ids `(batch, seq)` → `(batch, seq, hidden)`
///
/// @param weight `(vocab, hidden)`
public record QuantizedEmbedding(QuantizedParameter weight) implements TokenEmbedding {
    @Override
    public Tensor forward(Tensor ids) {
        return weight.matrix().rows(ids);
    }

    @Override
    public Linear asHead() {
        return new QuantizedLinear(weight, null);
    }

    @Override
    public String path() {
        return weight.path();
    }
}
