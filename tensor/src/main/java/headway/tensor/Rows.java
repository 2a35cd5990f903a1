package headway.tensor;

/// How many rows or elements make a chunk of work: by size, never by thread count.
public final class Rows {
    /// Elements worth a chunk: some tens of microseconds of memory traffic.
    private static final int ELEMENTS = 1 << 14;

    private Rows() {}

    /// Rows of width `C` in a chunk.
    public static int grain(int C) {
        return Math.max(1, ELEMENTS / Math.max(1, C));
    }

    /// Elements in a chunk.
    public static int grain() {
        return ELEMENTS;
    }
}
