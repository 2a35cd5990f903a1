package headway.tensor.op;

import headway.kernels.activation.Activation;
import headway.kernels.activation.GatedActivationKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.List;

/// `y = f(gate) · up`: SwiGLU, GeGLU, ReGLU, bilinear; gate and up may be halves of one projection.
/// `dgate = dy · up · f'(gate)`, `dup = dy · f(gate)`. [Shazeer 2020](https://arxiv.org/abs/2002.05202).
public record GatedActivationOp(Tensor gate, Tensor up, Activation f) implements Op {
    public GatedActivationOp {
        if (!gate.shape().sameSizes(up.shape())) {
            throw new ShapeException(
                    "[gated activation] sizes differ: gate%s · up%s".formatted(gate.shape(), up.shape()));
        }
        rowStride(gate);
        rowStride(up);
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(gate, up);
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(gate.shape(), gate.dtype());
        int C = gate.shape().last().size();
        Parallel.range(
                gate.shape().rows(),
                Rows.grain(C),
                (lo, hi) -> GatedActivationKernel.forward(
                        y.memory(), gate.memory(), rowStride(gate), up.memory(), rowStride(up), f, C, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        // Both halves are computed together, so that neither may write where the other does; an unwanted one goes to
        // scratch.
        boolean apart = disjoint();
        Tensor other = apart ? up : up.copy();
        Gradients.Sink dgate = gradients.of(gate);
        Gradients.Sink dup = apart ? gradients.of(up) : null;
        Tensor dg = destination(dgate, gate);
        Tensor du = apart ? destination(dup, up) : Tensor.zerosLike(other);
        int C = gate.shape().last().size();
        boolean accumulate = dgate != null && dgate.accumulate() || dup != null && dup.accumulate();
        if (accumulate) {
            clear(dgate);
            clear(dup);
        }
        Parallel.range(
                gate.shape().rows(),
                Rows.grain(C),
                (lo, hi) -> GatedActivationKernel.backward(
                        dg.memory(),
                        du.memory(),
                        gate.memory(),
                        rowStride(gate),
                        other.memory(),
                        rowStride(other),
                        dy.memory(),
                        f,
                        accumulate,
                        C,
                        lo,
                        hi));
        if (!apart) {
            gradients.pass(up, du);
        }
    }

    /// Whether gate and up lie in different memory, or in different columns of the same rows.
    private boolean disjoint() {
        long bytes = gate.dtype().bytes();
        long distance = up.memory().address() - gate.memory().address();
        if (distance >= gate.memory().count() * bytes
                || -distance >= up.memory().count() * bytes) {
            return true;
        }
        long stride = rowStride(gate);
        long column = Math.floorMod(distance / bytes, stride);
        int C = gate.shape().last().size();
        return stride == rowStride(up) && column >= C && column <= stride - C;
    }

    private static Tensor destination(Gradients.Sink sink, Tensor like) {
        if (sink != null) {
            return sink.tensor();
        }
        return Tensor.scratchLike(like);
    }

    /// Where one half starts fresh and the other does not, the fresh one starts from zero.
    private static void clear(Gradients.Sink sink) {
        if (sink != null && !sink.accumulate()) {
            headway.kernels.elementwise.ElementwiseKernel.fill(
                    sink.tensor().contiguousMemory("gated activation"),
                    0,
                    0,
                    sink.tensor().count());
        }
    }

    /// Distance between rows; all rows must lie equally far apart.
    private static long rowStride(Tensor t) {
        int r = t.shape().rank();
        long stride = t.shape().last().size();
        long rows = 1;
        for (int i = r - 2; i >= 0; i--) {
            if (t.shape().size(i) == 1) {
                continue;
            }
            if (rows == 1) {
                stride = t.stride(i);
            } else if (t.stride(i) != stride * rows) {
                throw new ShapeException("[gated activation] rows of %s are not evenly spaced: call contiguous() first"
                        .formatted(t.shape()));
            }
            rows *= t.shape().size(i);
        }
        return stride;
    }
}
