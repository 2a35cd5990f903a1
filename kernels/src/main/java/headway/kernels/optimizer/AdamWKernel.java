package headway.kernels.optimizer;

import headway.kernels.Span;

/// One update of Adam with decoupled weight decay, [Loshchilov & Hutter
/// 2017](https://arxiv.org/abs/1711.05101), in the order of `torch.optim.AdamW`:
///
///     g ← gradScale·g
///     w ← w·(1 - lr·weightDecay)
///     m ← m + (1 - β₁)(g - m)
///     v ← β₂·v + (1 - β₂)·g²
///     w ← w - lr/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + eps)
///
/// | buffer        | shape     | access |
/// |---------------|-----------|--------|
/// | `w`, `m`, `v` | `[i0,i1)` | read, write |
/// | `g`           | `[i0,i1)` | read   |
///
/// Bias corrections are computed in `double` once a call. Cost: about 14 flops and 28 bytes an element
/// in f32; memory-bound. Any split of the range gives the same bits.
public final class AdamWKernel {
    private AdamWKernel() {}

    /// Updates `w`, `m` and `v` for elements `[i0, i1)`; `g` is left as it is.
    public static void step(Span w, Span g, Span m, Span v, AdamWStep step, long i0, long i1) {
        w.requireRange("adamw", "w", i0, i1);
        g.requireRange("adamw", "g", i0, i1);
        m.requireRange("adamw", "m", i0, i1);
        v.requireRange("adamw", "v", i0, i1);
        reference(w, g, m, v, step, i0, i1);
    }

    static void reference(Span w, Span g, Span m, Span v, AdamWStep step, long i0, long i1) {
        double decay = 1 - step.learningRate() * step.weightDecay();
        double stepSize = step.stepSize();
        double root = step.rootOfCorrection2();
        for (long i = i0; i < i1; i++) {
            double gradient = step.gradScale() * g.dtype().get(g.address(i));
            double first = m.dtype().get(m.address(i));
            first += (1 - step.beta1()) * (gradient - first);
            double second = step.beta2() * v.dtype().get(v.address(i)) + (1 - step.beta2()) * gradient * gradient;
            m.dtype().put(m.address(i), first);
            v.dtype().put(v.address(i), second);
            double weight = w.dtype().get(w.address(i)) * decay;
            double denominator = Math.sqrt(second) / root + step.eps();
            w.dtype().put(w.address(i), weight - stepSize * first / denominator);
        }
    }
}
