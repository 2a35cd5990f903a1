package headway.tensor.op;

import headway.kernels.Span;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.scan.CausalConvKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Convolution of each channel over the last tokens, `y[t] = bias + Σ_k w[k] · x[t - (K-1) + k]`; the derivative is in
/// [CausalConvKernel].
///
/// @param x `(batch, seq, channels)`
/// @param past the tokens before, `(batch, K-1, channels)`, which get no gradient; null for zeros
/// @param weight `(channels, 1, K)`
/// @param bias `(channels)` or null
public record CausalConvOp(Tensor x, Tensor past, Tensor weight, Tensor bias) implements Op {
    public CausalConvOp {
        boolean fits = x.shape().rank() == 3
                && weight.shape().size(0) == x.shape().size(2)
                && weight.count()
                        == (long) weight.shape().size(0) * weight.shape().size(-1)
                && (bias == null || bias.count() == weight.shape().size(0));
        if (!fits) {
            throw new ShapeException(
                    "[causal convolution] x%s and weight%s do not fit; expected (batch, seq, channels) and (channels, 1, width)"
                            .formatted(x.shape(), weight.shape()));
        }
    }

    private CausalConvKernel.Sizes sizes() {
        return new CausalConvKernel.Sizes(
                x.shape().size(0),
                x.shape().size(1),
                x.shape().size(2),
                weight.shape().size(-1));
    }

    @Override
    public List<Tensor> inputs() {
        return Arrays.asList(x, weight, bias);
    }

    private static Span memory(Tensor t) {
        return t == null ? null : t.contiguousMemory("causal convolution");
    }

    @Override
    public Tensor forward() {
        Tensor y = Tensor.allocate(x.shape(), x.dtype());
        Span from = memory(x);
        Parallel.range(
                sizes().C(),
                64,
                (lo, hi) -> CausalConvKernel.forward(
                        y.memory(), from, memory(past), memory(weight), memory(bias), sizes(), lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        Span dx = zeroed(gradients.of(x));
        Span dw = zeroed(gradients.of(weight));
        Span db = bias == null ? null : zeroed(gradients.of(bias));
        Parallel.range(
                sizes().C(),
                64,
                (lo, hi) -> CausalConvKernel.backward(
                        dx, dw, db, dy.memory(), memory(x), memory(past), memory(weight), sizes(), lo, hi));
    }

    /// Gradient memory that can be added to, or null where nobody wants it.
    static Span zeroed(Gradients.Sink sink) {
        if (sink == null) {
            return null;
        }
        Span memory = sink.tensor().contiguousMemory("gradient");
        if (!sink.accumulate()) {
            ElementwiseKernel.fill(memory, 0, 0, sink.tensor().count());
        }
        return memory;
    }
}
