package headway.nn.audio;

import headway.kernels.DType;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LinearOp;
import java.util.ArrayList;
import java.util.List;

/// Convolution along time, as many zeros before and after the sequence as half the window:
/// `y[t] = bias + Σ_k W[k] · x[t·stride + k - width/2]`. Each window becomes one row, and the rows a product.
///
/// - x `(batch, seq, channels)` → `(batch, ⌈seq/stride⌉, hidden)`
///
/// @param weight `(hidden, channels, width)`, as PyTorch has it
/// @param bias `(hidden)`
public record Convolution(Parameter weight, Parameter bias, int stride) implements Layer {
    public static Convolution load(Weights w, int channels, int hiddenSize, int width, int stride, Init init) {
        return new Convolution(
                w.get("weight", init, "hidden", hiddenSize, "channels", channels, "width", width),
                w.get("bias", Init.ZEROS, "hidden", hiddenSize),
                stride);
    }

    public Tensor forward(Tensor x) {
        int K = weight.tensor().shape().size(2);
        int C = x.shape().size(2);
        int D = weight.tensor().shape().size(0);
        int B = x.shape().size(0);
        int steps = (x.shape().size(1) + 2 * (K / 2) - K) / stride + 1;
        // Room for a whole number of strides behind the last window.
        int phases = (K - 1) / stride + steps;
        Tensor padded = padded(x, K / 2, phases * stride);
        Tensor byPhase = padded.view(Shape.of("batch", B, "step", phases, "phase", stride, "channels", C));
        var taps = new ArrayList<Tensor>();
        for (int k = 0; k < K; k++) {
            Tensor tap = byPhase.narrow("phase", k % stride, 1).narrow("step", k / stride, steps);
            taps.add(new ContiguousOp(tap).run().view(Shape.of("batch", B, "seq", steps, "channels", C)));
        }
        Tensor rows = new ConcatOp(taps, "channels").run();
        Tensor map = new ContiguousOp(weight.tensor().permute("hidden", "width", "channels")).run();
        return new LinearOp(rows, map.view(Shape.of("hidden", D, "in", K * C)), bias.tensor(), null, false).run();
    }

    /// `x` with `before` zeros in front, and behind it what is missing to `length`; cut where it is longer.
    private static Tensor padded(Tensor x, int before, int length) {
        int after = length - before - x.shape().size(1);
        var parts = new ArrayList<Tensor>();
        if (before > 0) {
            parts.add(zeros(x, before));
        }
        parts.add(after < 0 ? x.narrow("seq", 0, length - before) : x);
        if (after > 0) {
            parts.add(zeros(x, after));
        }
        return new ConcatOp(List.copyOf(parts), "seq").run();
    }

    private static Tensor zeros(Tensor x, int tokens) {
        Shape s = x.shape().replace(1, new Shape.Dim("seq", tokens));
        return Tensor.zerosLike(Tensor.allocate(s, DType.F32));
    }
}
