package headway.nn.image;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import java.util.List;

/// Maps of vectors cut into square windows, shifted and put together again.
/// [Liu et al. 2021](https://arxiv.org/abs/2103.14030), section 3.2.
///
/// A map is `(batch, rows, columns, hidden)`.
public final class Windows {
    private Windows() {}

    /// The map with zeros after it, so that its sides are multiples of `multiple`.
    public static Tensor padded(Tensor map, int multiple) {
        Tensor x = map;
        for (String axis : new String[] {"rows", "columns"}) {
            int more = (multiple - x.dim(axis) % multiple) % multiple;
            if (more > 0) {
                int at = x.shape().indexOf(axis);
                Tensor zeros =
                        Tensor.zerosLike(Tensor.allocate(x.shape().replace(at, new Shape.Dim(axis, more)), DType.F32));
                x = new ConcatOp(List.of(x, zeros), axis).run();
            }
        }
        return x;
    }

    /// The first `rows` rows and `columns` columns.
    public static Tensor cropped(Tensor map, int rows, int columns) {
        if (map.dim("rows") == rows && map.dim("columns") == columns) {
            return map;
        }
        return new ContiguousOp(map.narrow("rows", 0, rows).narrow("columns", 0, columns)).run();
    }

    /// What leaves the map at the top and on the left comes in on the other side; a negative shift goes back.
    public static Tensor rolled(Tensor map, int shift) {
        Tensor x = map;
        for (String axis : new String[] {"rows", "columns"}) {
            int size = x.dim(axis);
            int from = Math.floorMod(shift, size);
            if (from > 0) {
                x = new ConcatOp(List.of(x.narrow(axis, from, size - from), x.narrow(axis, 0, from)), axis).run();
            }
        }
        return x;
    }

    /// The map as windows, row by row of each image: `(batch · windows, side², hidden)`.
    public static Tensor cut(Tensor map, int side) {
        Shape s = map.shape();
        int rows = s.size(1) / side;
        int columns = s.size(2) / side;
        Tensor cut = map.view(Shape.of(
                        "batch", s.size(0), "a", rows, "y", side, "b", columns, "x", side, "hidden", s.size(3)))
                .permute("batch", "a", "b", "y", "x", "hidden");
        return new ContiguousOp(cut)
                .run()
                .view(Shape.of("batch", s.size(0) * rows * columns, "seq", side * side, "hidden", s.size(3)));
    }

    /// The map of `rows × columns` that these windows were cut from.
    public static Tensor joined(Tensor windows, int side, int rows, int columns) {
        int each = rows / side * (columns / side);
        int B = windows.shape().size(0) / each;
        int C = windows.shape().last().size();
        Tensor apart = windows.view(
                        Shape.of("batch", B, "a", rows / side, "b", columns / side, "y", side, "x", side, "hidden", C))
                .permute("batch", "a", "y", "b", "x", "hidden");
        return new ContiguousOp(apart).run().view(Shape.of("batch", B, "rows", rows, "columns", columns, "hidden", C));
    }

    /// Each 2 × 2 square of the map as one vector, columns first: `(batch, rows/2, columns/2, 4·hidden)`.
    public static Tensor squares(Tensor map) {
        Shape s = map.shape();
        int rows = s.size(1) / 2;
        int columns = s.size(2) / 2;
        Tensor cut = map.view(
                        Shape.of("batch", s.size(0), "a", rows, "y", 2, "b", columns, "x", 2, "hidden", s.size(3)))
                .permute("batch", "a", "b", "x", "y", "hidden");
        return new ContiguousOp(cut)
                .run()
                .view(Shape.of("batch", s.size(0), "rows", rows, "columns", columns, "hidden", 4 * s.size(3)));
    }

    /// What is added to scores so that tokens which the shift brought together do not see each other:
    /// `(windows, heads, side², side²)`, 0 or -100.
    public static Tensor shiftMask(int rows, int columns, int side, int shift, int heads) {
        int across = columns / side;
        int n = side * side;
        Tensor mask = Tensor.allocate(
                Shape.of("windows", rows / side * across, "heads", heads, "seq", n, "kv_seq", n), DType.F32);
        for (long i = 0; i < mask.count(); i++) {
            int key = (int) (i % n);
            int query = (int) (i / n % n);
            int window = (int) (i / n / n / heads);
            int top = window / across * side;
            int left = window % across * side;
            boolean together =
                    region(top + query / side, rows, side, shift) == region(top + key / side, rows, side, shift)
                            && region(left + query % side, columns, side, shift)
                                    == region(left + key % side, columns, side, shift);
            mask.memory().set(i, together ? 0 : -100);
        }
        return mask;
    }

    /// Which of the three parts of an axis a place belongs to: before the last window, in it, or brought
    /// in by the shift.
    private static int region(int at, int size, int side, int shift) {
        return (at >= size - side ? 1 : 0) + (at >= size - shift ? 1 : 0);
    }
}
