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

    Storage(MemorySegment segment, Workspace owner) {
        this.segment = segment;
        this.owner = owner;
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

    void release() {
        if (owner != null && references > 0 && --references == 0) {
            owner.giveBack(segment);
        }
    }
}
