package headway.nn.cache;

import headway.tensor.Tensor;

/// Keys and values of the blocks that attend, and the states of the recurrent ones between them.
///
/// @param keyValues of blocks that attend
/// @param states of the others; they say how many tokens were seen
public record HybridCache(KvCache keyValues, StateCache states) implements KvCache, BranchingCache {
    @Override
    public Entry append(int layer, Tensor keys, Tensor values) {
        return keyValues.append(layer, keys, values);
    }

    @Override
    public int length() {
        return states.length();
    }

    /// A state forgets how it came about, so that only the present length and 0 will do.
    @Override
    public void truncate(int length) {
        states.truncate(length);
        keyValues.truncate(length);
    }

    @Override
    public HybridCache repeated(int times) {
        return new HybridCache((KvCache) keyValues.repeated(times), states.repeated(times));
    }

    @Override
    public void select(int[] rows) {
        if (!(keyValues instanceof BranchingCache branching)) {
            throw new IllegalStateException("[cache] rows cannot go on from each other before they are repeated");
        }
        branching.select(rows);
        states.select(rows);
    }

    @Override
    public long bytes() {
        return keyValues.bytes() + states.bytes();
    }

    @Override
    public void close() {
        keyValues.close();
        states.close();
    }
}
