package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `parts` one after the other along the axis `axis`; the gradient of each is its part of `dy`.
public record ConcatOp(List<Tensor> parts, String axis) implements Op {
    public ConcatOp {
        parts = List.copyOf(parts);
        Shape first = parts.getFirst().shape();
        int at = first.indexOf(axis);
        for (Tensor part : parts) {
            Shape s = part.shape();
            if (s.rank() != first.rank()
                    || !s.replace(at, first.dims().get(at)).sameSizes(first)
                    || part.dtype() != parts.getFirst().dtype()) {
                throw new ShapeException(
                        "[concat] %s and %s differ in more than the axis %s".formatted(parts.getFirst(), part, axis));
            }
        }
    }

    @Override
    public List<Tensor> inputs() {
        return parts;
    }

    private int at() {
        return parts.getFirst().shape().indexOf(axis);
    }

    private int size(Tensor part) {
        return part.shape().size(at());
    }

    @Override
    public Tensor forward() {
        Shape first = parts.getFirst().shape();
        int size = parts.stream().mapToInt(this::size).sum();
        Tensor y = Tensor.allocate(
                first.replace(at(), new Shape.Dim(axis, size)), parts.getFirst().dtype());
        long inner = inner(first);
        int from = 0;
        for (Tensor part : parts) {
            Span source = part.isContiguous() ? part.memory() : part.copy().memory();
            long run = size(part) * inner;
            for (long outer = 0; run > 0 && outer < part.count() / run; outer++) {
                long to = (outer * size + from) * inner;
                ConvertKernel.run(y.memory().slice(to, run), source.slice(outer * run, run), 0, run);
            }
            from += size(part);
        }
        return y;
    }

    private long inner(Shape shape) {
        long inner = 1;
        for (int i = at() + 1; i < shape.rank(); i++) {
            inner *= shape.size(i);
        }
        return inner;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int from = 0;
        for (Tensor part : parts) {
            if (gradients.wanted(part)) {
                gradients.pass(
                        part,
                        dy.narrow(y.shape().dims().get(at()).name(), from, size(part))
                                .copy());
            }
            from += size(part);
        }
    }
}
