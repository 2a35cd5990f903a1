package headway.nn.recurrent;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.cache.HybridCache;
import headway.nn.cache.StateCache;
import headway.nn.norm.Norm;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.CausalConvOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.GatedActivationOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.SelectiveScanOp;
import java.util.List;

/// The mixer of Mamba: `out( scan( f(conv(u)) ) · f(z) )` with `[u | z] = in(x)`, where step, input and output
/// coefficients of the scan come from its own input. [Gu & Dao 2023](https://arxiv.org/abs/2312.00752), section 3.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
///
/// @param conv `(channels, 1, width)`, and convBias `(channels)` or null
/// @param xProj channels → `[rank of the step | states | states]`
/// @param aLog `(channels, states)`
/// @param norms of step, input and output coefficients; null in Mamba, which has none
public record SelectiveStateSpace(
        Linear inProj,
        Parameter conv,
        Parameter convBias,
        Linear xProj,
        Linear dtProj,
        Parameter aLog,
        Parameter d,
        Linear outProj,
        Activation activation,
        int layer,
        Norms norms)
        implements StateSpace {
    /// Norms of the coefficients of the scan. [Lieber et al. 2024](https://arxiv.org/abs/2403.19887), section 6.4.
    public record Norms(Norm step, Norm input, Norm output) implements Layer {}

    /// Without norms inside.
    public SelectiveStateSpace(
            Linear inProj,
            Parameter conv,
            Parameter convBias,
            Linear xProj,
            Linear dtProj,
            Parameter aLog,
            Parameter d,
            Linear outProj,
            Activation activation,
            int layer) {
        this(inProj, conv, convBias, xProj, dtProj, aLog, d, outProj, activation, layer, null);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor marks = marks(x, pass);
        Tensor both = inProj.forward(masked(x, marks));
        int C = both.shape().last().size() / 2;
        Tensor u = part(both, 0, C);
        Tensor gate = part(both, C, C);
        StateCache cache = cache(pass);
        Tensor past = cache == null ? null : past(cache, layer, conv, u);
        Tensor mixed = new CausalConvOp(u, past, conv.tensor(), convBias == null ? null : convBias.tensor()).run();
        if (cache != null) {
            remember(past, u);
        }
        mixed = masked(new ActivationOp(mixed, activation).run(), marks);
        Tensor coefficients = xProj.forward(mixed);
        int N = aLog.tensor().shape().size(1);
        int rank = coefficients.shape().last().size() - 2 * N;
        Tensor state = cache == null
                ? null
                : cache.state(layer, "scan", Shape.of("batch", x.shape().size(0), "channels", C, "states", N));
        Tensor step = part(coefficients, 0, rank);
        Tensor in = part(coefficients, rank, N);
        Tensor out = part(coefficients, rank + N, N);
        if (norms != null) {
            step = norms.step.forward(step);
            in = norms.input.forward(in);
            out = norms.output.forward(out);
        }
        Tensor y = new SelectiveScanOp(mixed, dtProj.forward(step), aLog.tensor(), in, out, d.tensor(), state).run();
        return outProj.forward(new GatedActivationOp(gate, y, Activation.SILU).run());
    }

    static Tensor part(Tensor x, int from, int size) {
        return new ContiguousOp(x.narrow(x.shape().last().name(), from, size)).run();
    }

    /// 0 for padding and 1 for tokens, for each number of `(batch, seq)`; null where nothing is padding.
    static Tensor marks(Tensor x, Pass pass) {
        if (pass.padding() == null) {
            return null;
        }
        int T = x.shape().size(1);
        Tensor now = pass.padding().narrow("kv_seq", pass.seen(), T).copy();
        return Tensor.allocate(now.shape(), DType.F32).assign(now);
    }

    /// Padding as zeros, so that it leaves no trace in a state.
    static Tensor masked(Tensor x, Tensor marks) {
        if (marks == null) {
            return x;
        }
        int C = x.shape().last().size();
        Tensor wide = Tensor.allocate(x.shape(), DType.F32);
        for (long row = 0; row < marks.count(); row++) {
            double mark = marks.memory().get(row);
            headway.kernels.elementwise.ElementwiseKernel.fill(wide.memory(), mark, row * C, (row + 1) * C);
        }
        return new MultiplyOp(x, wide).run();
    }

    static StateCache cache(Pass pass) {
        return switch (pass.cache()) {
            case null -> null;
            case StateCache states -> states;
            case HybridCache hybrid -> hybrid.states();
            default ->
                throw new ShapeException("[state space] the cache of this session is a %s; expected a StateCache"
                        .formatted(pass.cache().getClass().getSimpleName()));
        };
    }

    /// The last tokens before this pass, as the convolution sees them.
    static Tensor past(StateCache cache, int layer, Parameter conv, Tensor u) {
        int K = conv.tensor().shape().size(2);
        int C = u.shape().last().size();
        return cache.state(layer, "conv", Shape.of("batch", u.shape().size(0), "seq", K - 1, "channels", C));
    }

    static void remember(Tensor past, Tensor u) {
        int keep = past.shape().size(1);
        if (keep == 0) {
            return;
        }
        Tensor all = new ConcatOp(
                        List.of(
                                past,
                                u.view(past.shape().replace(1, u.shape().dims().get(1)))),
                        "seq")
                .forward();
        past.assign(all.narrow("seq", all.shape().size(1) - keep, keep).copy());
    }
}
