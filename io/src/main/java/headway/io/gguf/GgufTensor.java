package headway.io.gguf;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A tensor as it lies in a GGUF file. The segment belongs to the file and dies with it.
///
/// @param shape axis lengths, outermost first, as Hugging Face writes them (GGUF writes them the other way round)
/// @param data exactly the elements' bytes
public record GgufTensor(String name, GgufType type, long[] shape, MemorySegment data) {
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /// Number of values.
    public long count() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /// The same under another name.
    GgufTensor named(String other) {
        return new GgufTensor(other, type, shape, data);
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(name, type.name(), Arrays.toString(shape));
    }
}
