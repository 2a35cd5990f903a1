package headway.nn.recurrent;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.cache.StateCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.CausalConvOp;
import headway.tensor.op.ClampOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.GatedActivationOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.SelectiveScanOp;
import java.util.ArrayList;

/// The mixer of Mamba 2: a selective scan whose decay and step are one number a head, and whose input and output
/// coefficients are shared by groups of heads; a gated norm before the way out.
/// [Dao & Gu 2024](https://arxiv.org/abs/2405.21060), section 7.
///
///     [z | u b c | dt] = in(x),   [u | b | c] = f(conv(u b c)),   y = out( norm( scan(u, dt, b, c) · silu(z) ) )
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
///
/// @param conv `(channels + 2·groups·states, 1, width)`, and convBias or null
/// @param dtBias `(heads)`, and so aLog and d
/// @param norm `(channels)`
public record ScalarStateSpace(
        Linear inProj,
        Parameter conv,
        Parameter convBias,
        Parameter dtBias,
        Parameter aLog,
        Parameter d,
        Parameter norm,
        Linear outProj,
        Settings settings)
        implements StateSpace {
    /// @param least and most: bounds of a step
    public record Settings(
            int groups, int states, Activation activation, double eps, double least, double most, int layer) {}

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor marks = SelectiveStateSpace.marks(x, pass);
        Tensor all = inProj.forward(SelectiveStateSpace.masked(x, marks));
        int C = outProj.in();
        int H = dtBias.tensor().shape().size(0);
        int GN = settings.groups * settings.states;
        Tensor gate = SelectiveStateSpace.part(all, 0, C);
        Tensor mixed = mixed(SelectiveStateSpace.part(all, C, C + 2 * GN), pass);
        mixed = SelectiveStateSpace.masked(mixed, marks);
        Tensor y = scanned(mixed, step(SelectiveStateSpace.part(all, 2 * C + 2 * GN, H), pass), pass);
        return outProj.forward(normed(new GatedActivationOp(gate, y, Activation.SILU).run()));
    }

    private Tensor mixed(Tensor u, Pass pass) {
        StateCache cache = SelectiveStateSpace.cache(pass);
        Tensor past = cache == null ? null : SelectiveStateSpace.past(cache, settings.layer, conv, u);
        Tensor bias = convBias == null ? null : convBias.tensor();
        Tensor convolved = new CausalConvOp(u, past, conv.tensor(), bias).run();
        if (cache != null) {
            SelectiveStateSpace.remember(past, u);
        }
        return new ActivationOp(convolved, settings.activation).run();
    }

    /// Steps before their softplus, `(batch, seq, heads)`, within the bounds; the reference does not bound those of a
    /// token that is read alone.
    private Tensor step(Tensor dt, Pass pass) {
        Tensor raw = new AddOp(dt, dtBias.tensor()).run();
        boolean bounded = settings.least > 0 || settings.most < Double.POSITIVE_INFINITY;
        boolean alone = pass.seen() > 0 && dt.shape().size(1) == 1;
        return bounded && !alone ? new ClampOp(raw, raw(settings.least), raw(settings.most)).run() : raw;
    }

    /// What softplus turns into `step`.
    private static double raw(double step) {
        return step <= 0 ? Double.NEGATIVE_INFINITY : step + Math.log(-Math.expm1(-step));
    }

    /// One scan a group of heads.
    private Tensor scanned(Tensor mixed, Tensor dt, Pass pass) {
        StateCache cache = SelectiveStateSpace.cache(pass);
        int B = mixed.shape().size(0);
        int T = mixed.shape().size(1);
        int C = outProj.in();
        int N = settings.states;
        int H = dtBias.tensor().shape().size(0);
        int wide = C / settings.groups;
        int headDim = C / H;
        var parts = new ArrayList<Tensor>();
        for (int g = 0; g < settings.groups; g++) {
            int first = g * wide;
            Tensor state = cache == null
                    ? null
                    : cache.state(settings.layer, "scan" + g, Shape.of("batch", B, "channels", wide, "states", N));
            Tensor steps = each(
                    dt,
                    Shape.of("batch", B, "seq", T, "channels", wide),
                    i -> i / wide * H + (first + i % wide) / headDim);
            parts.add(new SelectiveScanOp(
                            SelectiveStateSpace.part(mixed, first, wide),
                            steps,
                            each(
                                    aLog.tensor(),
                                    Shape.of("channels", wide, "states", N),
                                    i -> (first + i / N) / headDim),
                            SelectiveStateSpace.part(mixed, C + g * N, N),
                            SelectiveStateSpace.part(mixed, C + (settings.groups + g) * N, N),
                            each(d.tensor(), Shape.of("channels", wide), i -> (first + i) / headDim),
                            state)
                    .run());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new ConcatOp(parts, parts.getFirst().shape().last().name()).run();
    }

    /// Numbers of `from` in a new order: element `i` is number `which(i)` there.
    private static Tensor each(Tensor from, Shape shape, java.util.function.LongUnaryOperator which) {
        Tensor ids = Tensor.allocate(shape, DType.I32);
        for (long i = 0; i < ids.count(); i++) {
            ids.memory().set(i, which.applyAsLong(i));
        }
        Tensor numbers = from.view(Shape.of("number", (int) from.count(), "hidden", 1));
        return new EmbeddingOp(numbers, ids, -1).run().view(shape);
    }

    /// A norm of each group's channels, weighed together.
    private Tensor normed(Tensor y) {
        if (settings.groups == 1) {
            return new RmsNormOp(y, norm.tensor(), 0, settings.eps).run();
        }
        int wide = y.shape().last().size() / settings.groups;
        Shape groups = y.shape().replace(2, new Shape.Dim("groups", settings.groups), new Shape.Dim("channels", wide));
        Tensor plain =
                new RmsNormOp(y.view(groups), null, 0, settings.eps).run().view(y.shape());
        int C = y.shape().last().size();
        return new MultiplyOp(plain, each(norm.tensor(), y.shape(), i -> i % C)).run();
    }
}
