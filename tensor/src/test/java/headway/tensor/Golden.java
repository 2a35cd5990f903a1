package headway.tensor;

import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.DType;
import java.nio.file.Path;
import java.util.Arrays;

/// Stored values of other libraries, as Java arrays and as tensors.
///
/// @param shape axis lengths
/// @param values row by row
record Golden(int[] shape, double[] values) {
    static final Path FOLDER = Path.of("..", "testkit", "goldens");

    static Golden of(SafetensorsFile file, String name) {
        StoredTensor stored = file.tensor(name);
        double[] values = new double[Math.toIntExact(stored.count())];
        long address = stored.data().address();
        for (int i = 0; i < values.length; i++) {
            values[i] = stored.dtype().get(address + (long) i * stored.dtype().bytes());
        }
        return new Golden(
                Arrays.stream(stored.shape()).mapToInt(Math::toIntExact).toArray(), values);
    }

    int rank() {
        return shape.length;
    }

    /// Axis `i`; negative counts from the end.
    int size(int i) {
        return shape[i < 0 ? i + shape.length : i];
    }

    /// The same values with the axes in another order: axis `i` of the result is axis `order[i]` of this.
    Golden permute(int... order) {
        int rank = shape.length;
        int[] to = new int[rank];
        int[] strides = new int[rank];
        int step = 1;
        int[] own = new int[rank];
        for (int i = rank - 1; i >= 0; i--) {
            own[i] = step;
            step *= shape[i];
        }
        for (int i = 0; i < rank; i++) {
            to[i] = shape[order[i]];
            strides[i] = own[order[i]];
        }
        double[] moved = new double[values.length];
        for (int i = 0; i < moved.length; i++) {
            int rest = i;
            int at = 0;
            for (int d = rank - 1; d >= 0; d--) {
                at += rest % to[d] * strides[d];
                rest /= to[d];
            }
            moved[i] = values[at];
        }
        return new Golden(to, moved);
    }

    /// The same values under other axis lengths.
    Golden reshape(int... as) {
        return new Golden(as, values);
    }

    /// Axis `axis` moved behind all others.
    Golden last(int axis) {
        int from = axis < 0 ? axis + rank() : axis;
        int[] order = new int[rank()];
        for (int i = 0, n = 0; i < rank(); i++) {
            if (i != from) {
                order[n++] = i;
            }
        }
        order[rank() - 1] = from;
        return permute(order);
    }

    /// A tensor of the current workspace; axes beyond the names given are merged into the first.
    Tensor tensor(DType dtype, String... names) {
        var dims = new Shape.Dim[names.length];
        for (int i = names.length - 1, d = rank() - 1; i >= 0; i--, d--) {
            dims[i] = new Shape.Dim(names[i], size(d));
        }
        if (names.length > 0 && names.length < rank()) {
            int rest = values.length;
            for (int i = 1; i < names.length; i++) {
                rest /= dims[i].size();
            }
            dims[0] = new Shape.Dim(names[0], rest);
        }
        Tensor t = Tensor.allocate(new Shape(Arrays.asList(dims)), dtype);
        for (int i = 0; i < values.length; i++) {
            t.memory().set(i, values[i]);
        }
        return t;
    }

    int[] ints() {
        return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }

    /// Largest magnitude, at least `least`.
    double largest(double least) {
        return Math.max(least, Arrays.stream(values).map(Math::abs).max().orElse(0));
    }
}
