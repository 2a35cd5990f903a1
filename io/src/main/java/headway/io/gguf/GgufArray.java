package headway.io.gguf;

import java.util.AbstractList;
import java.util.RandomAccess;

/// An array in a file's metadata that stays where it lies: an element is read when it is asked for, since most readers
/// of a file never look at its vocabulary. Lives as long as the mapped file.
final class GgufArray extends AbstractList<Object> implements RandomAccess {
    private final Elements elements;
    private final int size;

    /// How an element is read.
    interface Elements {
        Object at(int index);
    }

    GgufArray(int size, Elements elements) {
        this.size = size;
        this.elements = elements;
    }

    @Override
    public Object get(int index) {
        return elements.at(java.util.Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
