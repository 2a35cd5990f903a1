package headway.kernels.activation;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;

/// A pointwise non-linearity and its derivative; the formulas are those of [Activation].
///
///     y[i] = f(x[i])        dx[i] = dy[i] · f'(x[i])
///
/// | buffer         | shape     | access |
/// |----------------|-----------|--------|
/// | `y`, `dx`      | `[i0,i1)` | write (`dx` also read when accumulating) |
/// | `x`, `dy`      | `[i0,i1)` | read   |
///
/// Cost: 8 bytes an element in f32 (12 backward), 1 (ReLU) to about 30 (GELU) flops; memory-bound once
/// the exponential runs on vector lanes.
///
/// Each element depends on nothing but its own inputs: any split of the range gives the same bits. NaN
/// stays NaN.
public final class ActivationKernel {
    private ActivationKernel() {}

    /// `y[i] = f(x[i])` for `i` in `[i0, i1)`; `y` may be `x`.
    public static void forward(Span y, Span x, Activation f, long i0, long i1) {
        y.requireRange("activation", "y", i0, i1);
        x.requireRange("activation", "x", i0, i1);
        if (Tier.vectors() && f.inLanes() && y.dtype() == DType.F32 && x.dtype() == DType.F32) {
            if (Tier.machine()) {
                MachineActivation.forward(f, y.address(i0), x.address(i0), i1 - i0);
                return;
            }
            ActivationLoops.forward(f, y.address(i0), x.address(i0), i1 - i0);
        } else {
            reference(y, x, f, i0, i1);
        }
    }

    /// `dx[i] (+)= dy[i] · f'(x[i])`; `dx` may be `dy`.
    public static void backward(Span dx, Span x, Span dy, Activation f, boolean accumulate, long i0, long i1) {
        dx.requireRange("activation backward", "dx", i0, i1);
        x.requireRange("activation backward", "x", i0, i1);
        dy.requireRange("activation backward", "dy", i0, i1);
        boolean f32 = dx.dtype() == DType.F32 && x.dtype() == DType.F32 && dy.dtype() == DType.F32;
        if (Tier.vectors() && f.inLanes() && f32) {
            if (Tier.machine()) {
                MachineActivation.backward(f, dx.address(i0), x.address(i0), dy.address(i0), accumulate, i1 - i0);
                return;
            }
            ActivationLoops.backward(f, dx.address(i0), x.address(i0), dy.address(i0), accumulate, i1 - i0);
        } else {
            referenceBackward(dx, x, dy, f, accumulate, i0, i1);
        }
    }

    static void reference(Span y, Span x, Activation f, long i0, long i1) {
        DType to = y.dtype();
        DType from = x.dtype();
        for (long i = i0; i < i1; i++) {
            to.put(y.address(i), f.value(from.get(x.address(i))));
        }
    }

    static void referenceBackward(Span dx, Span x, Span dy, Activation f, boolean accumulate, long i0, long i1) {
        DType to = dx.dtype();
        for (long i = i0; i < i1; i++) {
            double slope = f.derivative(x.dtype().get(x.address(i)));
            double value = dy.dtype().get(dy.address(i)) * slope;
            to.put(dx.address(i), accumulate ? to.get(dx.address(i)) + value : value);
        }
    }
}
