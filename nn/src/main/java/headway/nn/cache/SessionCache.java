package headway.nn.cache;

/// What a session keeps of the tokens it has seen, so that each is computed once: keys and values, or a
/// state.
public interface SessionCache extends AutoCloseable {
    /// Tokens seen so far.
    int length();

    /// Forgets all tokens from number `length` on.
    void truncate(int length);

    /// What each row has seen as the beginning of `times` rows in succession; this cache is closed, and the new one
    /// takes its place.
    BranchingCache repeated(int times);

    /// Bytes that the cache holds.
    long bytes();

    @Override
    void close();
}
