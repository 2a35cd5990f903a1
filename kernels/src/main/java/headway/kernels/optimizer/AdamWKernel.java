package headway.kernels.optimizer;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

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
        boolean f32 =
                w.dtype() == DType.F32 && g.dtype() == DType.F32 && m.dtype() == DType.F32 && v.dtype() == DType.F32;
        if (Tier.machine() && f32) {
            MachineAdamW.step(w.address(i0), g.address(i0), m.address(i0), v.address(i0), step, i1 - i0);
        } else if (Tier.vectors() && f32) {
            Vectorized.step(w.address(i0), g.address(i0), m.address(i0), v.address(i0), step, i1 - i0);
        } else {
            reference(w, g, m, v, step, i0, i1);
        }
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

    /// Same contract on vector lanes: each scalar rounded to f32 once, the last, partial vector under
    /// a mask.
    static final class Vectorized {
        private static final int STEP = Simd.LANES;

        static void step(long w, long g, long m, long v, AdamWStep step, long n) {
            FloatVector scale = Simd.constant((float) step.gradScale());
            FloatVector oneMinusBeta1 = Simd.constant((float) (1 - step.beta1()));
            FloatVector beta2 = Simd.constant((float) step.beta2());
            FloatVector oneMinusBeta2 = Simd.constant((float) (1 - step.beta2()));
            FloatVector decay = Simd.constant((float) (1 - step.learningRate() * step.weightDecay()));
            FloatVector minusStepSize = Simd.constant((float) -step.stepSize());
            FloatVector root = Simd.constant((float) step.rootOfCorrection2());
            FloatVector eps = Simd.constant((float) step.eps());
            for (long i = 0; i < n; i += STEP) {
                // One body for whole and partial vectors: the mask costs nothing beside seven streams
                // of memory.
                VectorMask<Float> lanes = Simd.first((int) Math.min(STEP, n - i));
                long at = 4 * i;
                FloatVector gradient = Simd.load(g + at, lanes).mul(scale);
                FloatVector first = Simd.load(m + at, lanes);
                first = gradient.sub(first).fma(oneMinusBeta1, first);
                FloatVector second = Simd.load(v + at, lanes).mul(beta2);
                second = gradient.mul(gradient).fma(oneMinusBeta2, second);
                Simd.store(first, m + at, lanes);
                Simd.store(second, v + at, lanes);
                FloatVector denominator = second.sqrt().div(root).add(eps);
                FloatVector weight = Simd.load(w + at, lanes).mul(decay);
                Simd.store(first.div(denominator).fma(minusStepSize, weight), w + at, lanes);
            }
        }
    }
}
