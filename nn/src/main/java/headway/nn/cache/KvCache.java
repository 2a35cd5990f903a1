package headway.nn.cache;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.CastOp;
import headway.tensor.op.EmbeddingOp;

/// Keys and values of the tokens of a session, so that each token is computed once.
///
/// Keys are kept as attention reads them: after rotation.
public interface KvCache extends SessionCache {
    /// Keys and values that the queries of this pass may see, the new ones last.
    ///
    /// @param keys `(batch, kv_seq, kv_heads, head_dim)`, and values the same; with `slots` the batch is 1: a pool
    /// @param first number of the token that key 0 belongs to
    /// @param slots `I32` `(batch, kv_seq)`, where in the pool each key and its value lie; null where in order
    record Entry(Tensor keys, Tensor values, int first, Tensor slots) {
        /// Keys and values in order.
        public Entry(Tensor keys, Tensor values, int first) {
            this(keys, values, first, null);
        }

        /// The same in order: a copy where they lie in a pool.
        public Entry ordered() {
            return slots == null ? this : new Entry(ordered(keys), ordered(values), first);
        }

        /// The same in `type`: a copy where they are kept in another.
        public Entry as(DType type) {
            return keys.dtype() == type
                    ? this
                    : new Entry(new CastOp(keys, type).run(), new CastOp(values, type).run(), first, slots);
        }

        private Tensor ordered(Tensor pool) {
            Shape s = pool.shape();
            int width = s.size(2) * s.size(3);
            Tensor rows = pool.view(Shape.of("slot", s.size(1), "width", width));
            Tensor copies = new EmbeddingOp(rows, slots, -1).run();
            int B = slots.shape().size(0);
            int S = slots.shape().size(1);
            return copies.view(Shape.of("batch", B, "kv_seq", S, "kv_heads", s.size(2), "head_dim", s.size(3)));
        }
    }

    /// Adds `(batch, seq, kv_heads, head_dim)` to block `layer` and returns all that is kept, the new ones included.
    Entry append(int layer, Tensor keys, Tensor values);
}
