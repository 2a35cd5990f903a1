package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Memory for the tensors of one training step or one request: taken from pools by size, given back when a scope
/// ends or the tape is done with it, reused by the next step. Nothing goes through the garbage collector, and after
/// the first step nothing is allocated.
///
/// Sizes are rounded up to four steps a power of two, so that a piece serves any request up to a quarter smaller.
/// A workspace belongs to one thread at a time.
public final class Workspace implements AutoCloseable {
    private static final ScopedValue<Workspace> CURRENT = ScopedValue.newInstance();
    private static final long SMALLEST = 256;

    private final Arena arena = Arena.ofShared();
    private final Map<Long, ArrayDeque<MemorySegment>> free = new HashMap<>();
    private ArrayList<Storage> scope = new ArrayList<>();
    private long liveBytes;
    private long peakBytes;
    private long reservedBytes;

    /// An empty workspace; it grows with what is asked of it.
    public Workspace() {}

    /// The workspace of the running step.
    public static Workspace current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException(
                    "[workspace] no workspace is open; run the computation inside workspace.run(() -> …)");
        }
        return CURRENT.get();
    }

    /// Runs `body` with this workspace as the current one. What it allocated is given back at the end.
    public <T> T run(Supplier<T> body) {
        return ScopedValue.where(CURRENT, this).call(() -> {
            ArrayList<Storage> outer = scope;
            scope = new ArrayList<>();
            try {
                return body.get();
            } finally {
                scope.forEach(Storage::reclaim);
                scope = outer;
            }
        });
    }

    /// Runs `body` and gives back all that it allocated but what a gradient holds on to; that lives on outside.
    static void passing(Runnable body) {
        Workspace workspace = current();
        ArrayList<Storage> outer = workspace.scope;
        workspace.scope = new ArrayList<>();
        try {
            body.run();
        } finally {
            for (Storage s : workspace.scope) {
                if (s.outlivesOperation()) {
                    outer.add(s);
                }
            }
            workspace.scope = outer;
        }
    }

    /// Runs `body` and gives back all that it allocated but its result; with a tape running, the tape decides instead.
    public static Tensor keeping(Supplier<Tensor> body) {
        if (Tape.running()) {
            return body.get();
        }
        Workspace workspace = current();
        ArrayList<Storage> outer = workspace.scope;
        workspace.scope = new ArrayList<>();
        Tensor kept = null;
        try {
            kept = body.get();
            return kept;
        } finally {
            for (Storage s : workspace.scope) {
                if (kept != null && kept.storage() == s) {
                    outer.add(s);
                } else {
                    s.reclaim();
                }
            }
            workspace.scope = outer;
        }
    }

    /// Memory for a tensor; its contents are whatever lay there.
    Storage take(long bytes) {
        long size = rounded(bytes);
        ArrayDeque<MemorySegment> pieces = free.get(size);
        MemorySegment piece = pieces == null ? null : pieces.pollLast();
        if (piece == null) {
            piece = arena.allocate(size, Span.ALIGNMENT);
            reservedBytes += size;
        }
        liveBytes += size;
        peakBytes = Math.max(peakBytes, liveBytes);
        Storage storage = new Storage(piece, this);
        scope.add(storage);
        return storage;
    }

    void giveBack(MemorySegment piece) {
        liveBytes -= piece.byteSize();
        free.computeIfAbsent(piece.byteSize(), _ -> new ArrayDeque<>()).addLast(piece);
    }

    /// Typed memory outside any tensor, given back with the scope: scratch of an operation.
    public Span scratch(DType dtype, long count) {
        return new Span(take(Math.max(1, count * dtype.bytes())).segment, dtype);
    }

    /// Bytes in use now.
    public long liveBytes() {
        return liveBytes;
    }

    /// Most bytes in use at any time.
    public long peakBytes() {
        return peakBytes;
    }

    /// Bytes taken from the system.
    public long reservedBytes() {
        return reservedBytes;
    }

    private static long rounded(long bytes) {
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        long step = Math.max(SMALLEST, Long.highestOneBit(bytes - 1) / 4);
        return (bytes + step - 1) / step * step;
    }

    @Override
    public void close() {
        free.clear();
        scope = new ArrayList<>();
        arena.close();
    }
}
