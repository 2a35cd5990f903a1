package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmShape;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.gemm.PackedMatrix;
import headway.tensor.Gemm;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// `y = x·Wᵀ + b + residual`, over the innermost axis of x.
///
///     dx = dy·W    dW = dyᵀ·x    db = Σ dy    dresidual = dy
///
/// @param weight `(out, in)`, or `(in, out)` where `inOut` (GPT-2's Conv1D); `F32`, or `BF16`/`F16` for inference
/// @param bias `(out)` or null
/// @param residual of the value's sizes, or null
public record LinearOp(Tensor x, Tensor weight, Tensor bias, Tensor residual, boolean inOut) implements Op {
    public LinearOp {
        int in = weight.shape().size(inOut ? 0 : 1);
        int out = weight.shape().size(inOut ? 1 : 0);
        if (x.shape().last().size() != in) {
            throw new ShapeException("[linear] inner axes differ: x%s × weight%s: %s ≠ in=%d"
                    .formatted(x.shape(), weight.shape(), x.shape().last(), in));
        }
        if (bias != null && bias.count() != out) {
            throw new ShapeException("[linear] bias%s does not fit weight%s".formatted(bias.shape(), weight.shape()));
        }
        if (residual != null && residual.count() != (long) x.shape().rows() * out) {
            throw new ShapeException("[linear] residual%s does not fit x%s × weight%s"
                    .formatted(residual.shape(), x.shape(), weight.shape()));
        }
    }

    @Override
    public List<Tensor> inputs() {
        return Arrays.asList(x, weight, bias, residual);
    }

    private int in() {
        return weight.shape().size(inOut ? 0 : 1);
    }

    private int out() {
        return weight.shape().size(inOut ? 1 : 0);
    }

    @Override
    public Tensor forward() {
        return activated(Activation.IDENTITY);
    }

    /// `f(x·Wᵀ + b) + residual` while the product is still in cache; without derivative. The same numbers as by
    /// [ActivationOp].
    public Tensor activated(Activation f) {
        int M = x.shape().rows();
        int N = out();
        int K = in();
        Tensor y = Tensor.allocate(
                x.shape().withLast(weight.shape().dims().get(inOut ? 1 : 0).name(), N), x.dtype());
        Span from = x.contiguousMemory("linear");
        Span w = weight.contiguousMemory("linear");
        var epilogue = new Epilogue(
                bias == null ? null : bias.memory(),
                f,
                residual == null ? null : residual.contiguousMemory("linear"),
                N);
        boolean packs = x.dtype() == DType.F32 && Gemm.packs(weight, M);
        PackedMatrix packed = packs ? Gemm.packed(weight, inOut, M) : null;
        if (packed != null) {
            Gemm.run(y.memory(), from, packed, GemmShape.of(M, N, K, false, !inOut), epilogue);
        } else if (!packs && M <= MatVecKernel.MAX_ROWS && !inOut && x.dtype() == DType.F32) {
            Parallel.range(
                    N,
                    Math.max(16, (1 << 17) / Math.max(1, K)),
                    (lo, hi) -> MatVecKernel.run(y.memory(), from, w, M, N, K, epilogue, lo, hi));
        } else {
            Gemm.run(y.memory(), from, w, GemmShape.of(M, N, K, false, !inOut).rounding(weight.rounds()), epilogue);
        }
        return weight.rounds() ? y.rounding() : y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int M = x.shape().rows();
        int N = out();
        int K = in();
        Span d = dy.contiguousMemory("linear");
        Gradients.Sink dx = gradients.of(x);
        if (dx != null) {
            GemmShape shape = GemmShape.of(M, K, N, false, inOut).rounding(weight.rounds());
            Gemm.run(
                    dx.tensor().contiguousMemory("linear"),
                    d,
                    weight.memory(),
                    dx.accumulate() ? shape.accumulating() : shape,
                    Epilogue.NONE);
        }
        Gradients.Sink dw = gradients.of(weight);
        if (dw != null) {
            Span to = dw.tensor().contiguousMemory("linear");
            GemmShape shape = (inOut ? GemmShape.of(K, N, M, true, false) : GemmShape.of(N, K, M, true, false))
                    .rounding(weight.rounds());
            Gemm.run(
                    to,
                    inOut ? x.memory() : d,
                    inOut ? d : x.memory(),
                    dw.accumulate() ? shape.accumulating() : shape,
                    Epilogue.NONE);
        }
        if (gradients.wanted(bias)) {
            AddOp.sumRows(gradients.of(bias), dy, N);
        }
        gradients.pass(residual, dy);
    }
}
