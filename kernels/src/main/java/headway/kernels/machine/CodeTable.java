package headway.kernels.machine;

import java.lang.foreign.MemorySegment;

/// Kernels of one kind for a few sizes each, written when they are first called.
public final class CodeTable {
    /// Writes the kernel of one size.
    public interface Writer {
        void write(Assembler a, int size);
    }

    private final Writer writer;
    private final MemorySegment[] codes;

    /// @param sizes kernels for 0 … sizes-1
    public CodeTable(int sizes, Writer writer) {
        this.codes = new MemorySegment[sizes];
        this.writer = writer;
    }

    /// The kernel for `size`.
    public MemorySegment of(int size) {
        MemorySegment code = codes[size];
        return code != null ? code : written(size);
    }

    private synchronized MemorySegment written(int size) {
        if (codes[size] == null) {
            codes[size] = Machine.install(a -> writer.write(a, size));
        }
        return codes[size];
    }
}
