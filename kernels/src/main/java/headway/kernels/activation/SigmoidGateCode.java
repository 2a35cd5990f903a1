package headway.kernels.activation;

import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// The activations that are `x·σ(ax + bx³)`: SILU (a = 1), GELU by a sigmoid (a = 1.702) and by tanh
/// (`½(1 + tanh u) = σ(2u)`).
///
///     f = x·s        f' = s + x·s·(1 - s)·(a + 3bx²)        s = σ(ax + bx³)
final class SigmoidGateCode implements ActivationCode.Function {
    private final Assembler a;
    private final VectorCode v;
    private final ExpCode exp;
    private final float linear;
    private final float cubic;

    SigmoidGateCode(VectorCode v, Activation f) {
        this.a = v.a;
        this.v = v;
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
        this.linear = (float) f.sigmoidLinear();
        this.cubic = (float) f.sigmoidCubic();
    }

    @Override
    public void prepare() {
        exp.prepare();
    }

    @Override
    public void value(Vec y, Vec x) {
        v.atLeast(x, (float) -Activation.FAR, v.v(1));
        power(x);
        sigmoid(y);
        a.op(VMULPS, y, y, x);
    }

    /// x is brought to where a slope is 0 or 1 to the last bit, so that infinity times 0 does not come up.
    @Override
    public void slope(Vec d, Vec y, Vec x) {
        Vec e = v.v(0);
        v.atMost(x, (float) Activation.FAR, v.v(1));
        v.atLeast(x, (float) -Activation.FAR, v.v(1));
        power(x);
        // 1 - s = e·s keeps the digits that a subtraction from 1 would lose.
        v.atMost(e, 1e37f, v.v(1));
        a.op(VMOVUPS, v.v(4), e);
        sigmoid(y);
        a.op(VMULPS, d, y, v.v(4));
        a.op(VMULPS, d, d, y);
        a.op(VMULPS, d, d, x);
        v.load(e, a.constant(linear));
        if (cubic != 0) {
            a.op(VMULPS, v.v(1), x, x);
            a.op(VFMADD231PS, e, v.v(1), a.constant(3 * cubic));
        }
        a.op(VFMADD213PS, d, e, y);
        a.op(VMULPS, y, y, x);
    }

    /// `e^-(ax + bx³)` in register 0; 1 to 3 are overwritten.
    private void power(Vec x) {
        Vec e = v.v(0);
        v.load(e, a.constant(-linear));
        if (cubic != 0) {
            a.op(VMULPS, v.v(1), x, x);
            a.op(VFMADD231PS, e, v.v(1), a.constant(-cubic));
        }
        a.op(VMULPS, e, e, x);
        exp.exp(e, v.v(1), v.v(2), v.v(3));
    }

    /// `s = 1/(1 + e)` of register 0.
    private void sigmoid(Vec s) {
        v.load(v.v(1), a.constant(1f));
        a.op(VADDPS, v.v(0), v.v(0), v.v(1));
        a.op(VDIVPS, s, v.v(1), v.v(0));
    }
}
