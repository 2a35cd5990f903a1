package headway.nn.cache;

/// What a session keeps of several texts that go on from the same prompts, and from each other.
public interface BranchingCache extends SessionCache {
    /// Makes row `i` of the batch go on from what row `rows[i]` has seen: the survivors of a step of beam
    /// search.
    void select(int[] rows);
}
