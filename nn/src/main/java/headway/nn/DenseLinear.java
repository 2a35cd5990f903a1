package headway.nn;

import headway.kernels.activation.Activation;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.op.LinearOp;

/// A linear map with one dense weight.
///
/// @param weight `(out, in)`, or `(in, out)` in the layout `IN_OUT`
/// @param bias `(out)` or null
public record DenseLinear(Parameter weight, Parameter bias, Layout layout) implements Linear {
    /// How the weight lies in the checkpoint.
    public enum Layout {
        /// PyTorch's `nn.Linear`.
        OUT_IN,
        /// GPT-2's `Conv1D`.
        IN_OUT
    }

    /// Loads `weight` and, where `bias`, `bias`.
    public static DenseLinear load(Weights w, int in, int out, boolean bias, Init init) {
        return load(w, in, out, bias, init, Layout.OUT_IN);
    }

    /// The same with a bias that starts in its own way.
    public static DenseLinear load(Weights w, int in, int out, boolean bias, Init init, Init biasInit) {
        Parameter weight = w.get("weight", init, "out", out, "in", in);
        return new DenseLinear(weight, bias ? w.get("bias", biasInit, "out", out) : null, Layout.OUT_IN);
    }

    /// The same with a layout.
    public static DenseLinear load(Weights w, int in, int out, boolean bias, Init init, Layout layout) {
        Parameter weight = layout == Layout.OUT_IN
                ? w.get("weight", init, "out", out, "in", in)
                : w.get("weight", init, "in", in, "out", out);
        return new DenseLinear(weight, bias ? w.get("bias", Init.ZEROS, "out", out) : null, layout);
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    @Override
    public Tensor forward(Tensor x, Tensor residual) {
        try {
            return op(x, residual).run();
        } catch (ShapeException e) {
            throw e.at(weight.path());
        }
    }

    @Override
    public Tensor activated(Tensor x, Activation f) {
        if (Tape.running()) {
            return Linear.super.activated(x, f);
        }
        try {
            return op(x, null).activated(f);
        } catch (ShapeException e) {
            throw e.at(weight.path());
        }
    }

    private LinearOp op(Tensor x, Tensor residual) {
        return new LinearOp(x, weight.tensor(), bias == null ? null : bias.tensor(), residual, layout == Layout.IN_OUT);
    }

    @Override
    public int in() {
        return weight.tensor().shape().size(layout == Layout.OUT_IN ? 1 : 0);
    }

    @Override
    public int out() {
        return weight.tensor().shape().size(layout == Layout.OUT_IN ? 0 : 1);
    }
}
