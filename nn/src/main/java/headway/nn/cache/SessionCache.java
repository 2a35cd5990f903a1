package headway.nn.cache;

/// What a session keeps of the tokens it has seen, so that each is computed once: keys and values, or a
/// state.
public interface SessionCache extends AutoCloseable {
    /// Tokens seen so far.
    int length();

    /// Forgets all tokens from number `length` on.
    void truncate(int length);

    /// Makes row `i` of the batch go on from what row `rows[i]` has seen: the survivors of a step of beam
    /// search.
    void select(int[] rows);

    /// Bytes that the cache holds.
    long bytes();

    @Override
    void close();
}
