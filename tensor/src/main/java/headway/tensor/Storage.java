package headway.tensor;

import java.lang.foreign.MemorySegment;

/// Memory behind one or more tensors, and who gives it back.
///
/// Memory of a [Workspace] is counted: a gradient may be shared by two tensors until one of them writes. Memory
/// owned by an arena (weights, caches) has no workspace and is never given back here.
final class Storage {
    final MemorySegment segment;
    private final Workspace owner;
    private int references = 1;
    private boolean held;

    Storage(MemorySegment segment, Workspace owner) {
        this.segment = segment;
        this.owner = owner;
    }

    boolean lasting() {
        return owner == null;
    }

    boolean shared() {
        return references > 1;
    }

    boolean alive() {
        return references > 0;
    }

    void retain() {
        references++;
    }

    /// Hands the memory over from the operation that allocated it to a gradient.
    void hold() {
        held = true;
    }

    /// Ends what the operation that allocated it had on it, and says whether a gradient still has something.
    boolean outlivesOperation() {
        if (!held) {
            release();
        }
        return alive();
    }

    /// Gives the memory back whoever still counts on it: its scope is over.
    void reclaim() {
        references = Math.min(references, 1);
        release();
    }

    void release() {
        if (owner != null && references > 0 && --references == 0) {
            owner.giveBack(segment);
        }
    }
}
