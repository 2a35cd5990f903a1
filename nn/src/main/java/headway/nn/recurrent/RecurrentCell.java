package headway.nn.recurrent;

import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;

/// What a recurrent network does with one token: a new state from the token and the old one. Weights lie as PyTorch has
/// them, with two biases.
///
/// - x `(batch, in)`, state `(batch, hidden)` → state
public sealed interface RecurrentCell extends Layer {
    /// What a network remembers.
    ///
    /// @param c the second state of an LSTM; null elsewhere
    record State(Tensor h, Tensor c) {}

    /// The part of all gates that comes from inputs alone, `W·x + b`: for a whole sequence at once.
    default Tensor gates(Tensor x) {
        return new LinearOp(x, weightIh().tensor(), biasIh().tensor(), null, false).run();
    }

    /// The next state from [#gates] `(batch, gates)` of one token.
    State next(Tensor gates, State state);

    /// `(gates, in)`.
    Parameter weightIh();

    /// `(gates)`.
    Parameter biasIh();

    /// Gated recurrent unit. [Cho et al. 2014](https://arxiv.org/abs/1406.1078), with the reset behind the product.
    ///
    ///     r = σ(x_r + h_r),  z = σ(x_z + h_z),  n = tanh(x_n + r·h_n),  h' = (1 - z)·n + z·h
    ///
    /// @param weightHh `(3·hidden, hidden)`, gates r, z, n one after the other
    record Gru(Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh) implements RecurrentCell {
        @Override
        public State next(Tensor gates, State state) {
            Tensor h = state.h;
            Tensor own = new LinearOp(h, weightHh.tensor(), biasHh.tensor(), null, false).run();
            Tensor r = sum(gates, own, 0, Activation.SIGMOID);
            Tensor z = sum(gates, own, 1, Activation.SIGMOID);
            Tensor reset = new MultiplyOp(r, part(own, 2, 3)).run();
            Tensor n = new ActivationOp(new AddOp(part(gates, 2, 3), reset).run(), Activation.TANH).run();
            Tensor back = new AddOp(h, new ScaleOp(n, -1).run()).run();
            return new State(new AddOp(n, new MultiplyOp(z, back).run()).run(), null);
        }

        private static Tensor sum(Tensor gates, Tensor own, int gate, Activation f) {
            return new ActivationOp(new AddOp(part(gates, gate, 3), part(own, gate, 3)).run(), f).run();
        }
    }

    /// Long short-term memory. [Hochreiter & Schmidhuber 1997](https://doi.org/10.1162/neco.1997.9.8.1735).
    ///
    ///     i, f, o = σ(x + h),  g = tanh(x + h),  c' = f·c + i·g,  h' = o·tanh(c')
    ///
    /// @param weightHh `(4·hidden, hidden)`, gates i, f, g, o one after the other
    record Lstm(Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh) implements RecurrentCell {
        @Override
        public State next(Tensor gates, State state) {
            Tensor all = new LinearOp(state.h, weightHh.tensor(), biasHh.tensor(), gates, false).run();
            Tensor i = new ActivationOp(part(all, 0, 4), Activation.SIGMOID).run();
            Tensor f = new ActivationOp(part(all, 1, 4), Activation.SIGMOID).run();
            Tensor g = new ActivationOp(part(all, 2, 4), Activation.TANH).run();
            Tensor o = new ActivationOp(part(all, 3, 4), Activation.SIGMOID).run();
            Tensor c = new AddOp(new MultiplyOp(f, state.c).run(), new MultiplyOp(i, g).run()).run();
            return new State(new MultiplyOp(o, new ActivationOp(c, Activation.TANH).run()).run(), c);
        }
    }

    private static Tensor part(Tensor gates, int gate, int of) {
        int H = gates.shape().last().size() / of;
        return new ContiguousOp(gates.narrow(gates.shape().last().name(), gate * H, H)).run();
    }

    /// Loads a cell of `kind`, `gru` or `lstm`.
    static RecurrentCell load(Weights w, String kind, int in, int hidden) {
        int rows = (kind.equals("lstm") ? 4 : 3) * hidden;
        Init init = new Init.Uniform(1 / Math.sqrt(hidden));
        Parameter ih = w.get("weight_ih", init, "out", rows, "in", in);
        Parameter hh = w.get("weight_hh", init, "out", rows, "in", hidden);
        Parameter bi = w.get("bias_ih", init, "out", rows);
        Parameter bh = w.get("bias_hh", init, "out", rows);
        return switch (kind) {
            case "lstm" -> new Lstm(ih, hh, bi, bh);
            case "gru" -> new Gru(ih, hh, bi, bh);
            default -> throw new IllegalArgumentException("[recurrent] no cell '%s'; known: gru, lstm".formatted(kind));
        };
    }
}
