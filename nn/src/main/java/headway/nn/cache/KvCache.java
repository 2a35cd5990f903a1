package headway.nn.cache;

import headway.tensor.Tensor;

/// Keys and values of the tokens of a session, so that each token is computed once.
///
/// Keys are kept as attention reads them: after rotation.
public interface KvCache extends SessionCache {
    /// Keys and values that the queries of this pass may see: `(batch, kv_seq, kv_heads, head_dim)`, the
    /// new ones last; `first` is the number of the token that key 0 belongs to.
    record Entry(Tensor keys, Tensor values, int first) {}

    /// Adds `(batch, seq, kv_heads, head_dim)` to block `layer` and returns all that is kept, the new ones included.
    Entry append(int layer, Tensor keys, Tensor values);
}
