package headway.tensor.op;

import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmShape;
import headway.tensor.Gemm;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// `y = a · op(b)` for each entry of the outer axes: a `(…, M, K)`, b `(…, K, N)`, or `(…, N, K)` where `transposed`.
///
///     da = dy · op(b)ᵀ    db = aᵀ · dy, transposed likewise
public record MatMulOp(Tensor a, Tensor b, boolean transposed) implements Op {
    public MatMulOp {
        int r = a.shape().rank();
        boolean fits = r >= 2 && b.shape().rank() == r;
        for (int i = 0; fits && i < r - 2; i++) {
            fits = a.shape().size(i) == b.shape().size(i);
        }
        if (!fits) {
            throw new ShapeException("[matmul] outer axes differ: a%s × b%s".formatted(a.shape(), b.shape()));
        }
        if (a.shape().size(-1) != b.shape().size(transposed ? -1 : -2)) {
            throw new ShapeException("[matmul] inner axes differ: a%s × b%s: %d ≠ %d"
                    .formatted(
                            a.shape(), b.shape(), a.shape().size(-1), b.shape().size(transposed ? -1 : -2)));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(a, b);
    }

    private int m() {
        return a.shape().size(-2);
    }

    private int k() {
        return a.shape().size(-1);
    }

    private int n() {
        return b.shape().size(transposed ? -2 : -1);
    }

    private int entries() {
        int entries = 1;
        for (int i = 0; i < a.shape().rank() - 2; i++) {
            entries *= a.shape().size(i);
        }
        return entries;
    }

    @Override
    public Tensor forward() {
        var dims = new ArrayList<>(a.shape().dims());
        dims.set(dims.size() - 1, b.shape().dims().get(b.shape().rank() - (transposed ? 2 : 1)));
        Tensor y = Tensor.allocate(new Shape(dims), a.dtype());
        a.contiguousMemory("matmul");
        b.contiguousMemory("matmul");
        product(y, a, b, GemmShape.of(m(), n(), k(), false, transposed));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Gradients.Sink da = gradients.of(a);
        if (da != null) {
            product(da, dy, b, GemmShape.of(m(), k(), n(), false, !transposed));
        }
        Gradients.Sink db = gradients.of(b);
        if (db != null && transposed) {
            product(db, dy, a, GemmShape.of(n(), k(), m(), true, false));
        } else if (db != null) {
            product(db, a, dy, GemmShape.of(k(), n(), m(), true, false));
        }
    }

    private void product(Gradients.Sink into, Tensor left, Tensor right, GemmShape shape) {
        into.tensor().contiguousMemory("matmul");
        product(into.tensor(), left, right, into.accumulate() ? shape.accumulating() : shape);
    }

    private void product(Tensor c, Tensor left, Tensor right, GemmShape shape) {
        int entries = entries();
        if (entries == 0) {
            return;
        }
        long sizeC = c.count() / entries;
        long sizeA = left.count() / entries;
        long sizeB = right.count() / entries;
        for (int i = 0; i < entries; i++) {
            Gemm.run(
                    c.memory().slice(i * sizeC, sizeC),
                    left.memory().slice(i * sizeA, sizeA),
                    right.memory().slice(i * sizeB, sizeB),
                    shape,
                    Epilogue.NONE);
        }
    }
}
