package headway.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Named axes with their sizes, outermost first: `(batch=2, seq=7, hidden=64)`.
///
/// Names cost nothing per element: kernels never see them. They let an operation say what it got and what it wanted.
public record Shape(List<Dim> dims) {
    /// One axis.
    public record Dim(String name, int size) {
        public Dim {
            if (size < 0) {
                throw new ShapeException("[shape] axis %s has size %d; sizes are not negative".formatted(name, size));
            }
        }

        @Override
        public String toString() {
            return name + "=" + size;
        }
    }

    public Shape {
        dims = List.copyOf(dims);
    }

    /// A shape without axes: one number.
    public static final Shape SCALAR = new Shape(List.of());

    /// `of("batch", 2, "seq", 7)`.
    public static Shape of(Object... namesAndSizes) {
        var dims = new ArrayList<Dim>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            dims.add(new Dim((String) namesAndSizes[i], (Integer) namesAndSizes[i + 1]));
        }
        return new Shape(dims);
    }

    /// Number of axes.
    public int rank() {
        return dims.size();
    }

    /// Number of elements.
    public long count() {
        long n = 1;
        for (Dim d : dims) {
            n = Math.multiplyExact(n, d.size());
        }
        return n;
    }

    /// Size of axis `i`; negative counts from the end.
    public int size(int i) {
        return dims.get(i < 0 ? i + rank() : i).size();
    }

    /// Size of the axis `name`.
    public int size(String name) {
        return dims.get(indexOf(name)).size();
    }

    /// Position of the axis `name`.
    public int indexOf(String name) {
        for (int i = 0; i < rank(); i++) {
            if (dims.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new ShapeException("[shape] no axis '%s' in %s".formatted(name, this));
    }

    /// The innermost axis.
    public Dim last() {
        if (rank() == 0) {
            throw new ShapeException("[shape] a scalar has no last axis");
        }
        return dims.getLast();
    }

    /// Product of all sizes but the innermost: rows of a kernel.
    public int rows() {
        long rows = 1;
        for (int i = 0; i < rank() - 1; i++) {
            rows *= dims.get(i).size();
        }
        return Math.toIntExact(rows);
    }

    /// The same axes with another innermost one.
    public Shape withLast(String name, int size) {
        var changed = new ArrayList<>(dims);
        changed.set(rank() - 1, new Dim(name, size));
        return new Shape(changed);
    }

    /// Axis `i` replaced by others.
    public Shape replace(int i, Dim... by) {
        var changed = new ArrayList<>(dims);
        changed.remove(i);
        changed.addAll(i, List.of(by));
        return new Shape(changed);
    }

    /// Sizes alone.
    public long[] sizes() {
        return dims.stream().mapToLong(Dim::size).toArray();
    }

    /// Same sizes, whatever the names.
    public boolean sameSizes(Shape other) {
        if (rank() != other.rank()) {
            return false;
        }
        for (int i = 0; i < rank(); i++) {
            if (size(i) != other.size(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
