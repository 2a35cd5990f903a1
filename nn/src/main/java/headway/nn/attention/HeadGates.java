package headway.nn.attention;

import headway.kernels.DType;
import headway.tensor.Tensor;
import headway.tensor.op.MultiplyOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// A factor ξ on the output of each head, 1 for all, to ask how much a loss depends on the head: `|∂L/∂ξ|`.
///
///     importance[h] = | Σ over batch, seq, head_dim of o[h] · ∂L/∂o[h] |
///
/// - o `(batch, seq, heads, head_dim)`, before the output projection
///
/// [Michel et al. 2019](https://arxiv.org/abs/1905.10650), equation 2, for one text instead of the mean
/// over many.
public final class HeadGates {
    private static final ScopedValue<HeadGates> CURRENT = ScopedValue.newInstance();

    private final List<Tensor> gates = new ArrayList<>();

    /// No gates yet: each attention of a pass adds its own.
    public HeadGates() {}

    /// Runs `body` with gates at all of its attentions, inside of a tape whose loss is differentiated
    /// afterwards.
    public <T> T record(Supplier<T> body) {
        return ScopedValue.where(CURRENT, this).call(body::get);
    }

    /// `o` through its gates, where somebody asks.
    static Tensor apply(Tensor o) {
        if (!CURRENT.isBound()) {
            return o;
        }
        Tensor ones = Tensor.allocate(o.shape(), DType.F32);
        for (long i = 0; i < ones.count(); i++) {
            ones.memory().set(i, 1);
        }
        ones.requireGradient(true).gradientMemory(Tensor.allocate(o.shape(), DType.F32));
        CURRENT.get().gates.add(ones);
        return new MultiplyOp(o, ones).run();
    }

    /// The importance of each head, attention by attention in the order in which they ran; after the
    /// backward pass.
    public List<double[]> importance() {
        return gates.stream().map(HeadGates::importance).toList();
    }

    private static double[] importance(Tensor gate) {
        int H = gate.shape().size(2);
        int D = gate.shape().size(3);
        double[] sums = new double[H];
        Tensor gradient = gate.gradient();
        for (long i = 0; gradient != null && i < gradient.count(); i++) {
            sums[(int) (i / D % H)] += gradient.memory().get(i);
        }
        return Arrays.stream(sums).map(Math::abs).toArray();
    }
}
