package headway.kernels.activation;

import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Exact GELU, `x·Φ(x)`, by the upper tail of the normal distribution, so that nothing cancels:
///
///     f = max(x, 0) - |x|·t        f' = Φ + x·φ        t = Φ(-|x|), Φ = t for x < 0, else 1 - t
///
/// `t` is the polynomial of [headway.kernels.simd.Simd#normalTail] times `e^(-x²/2)`.
final class NormalGateCode implements ActivationCode.Function {
    private static final float[] TAIL = {
        -0.0144734868f,
        0.000186574866f,
        0.0726583996f,
        -0.00686489585f,
        -0.152201034f,
        -0.160578133f,
        0.901038357f,
        -1.1398365f,
        0.5f
    };

    private final Assembler a;
    private final VectorCode v;
    private final ExpCode exp;

    NormalGateCode(VectorCode v) {
        this.a = v.a;
        this.v = v;
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
    }

    @Override
    public void prepare() {
        exp.prepare();
    }

    @Override
    public void value(Vec y, Vec x) {
        Vec far = v.v(4);
        tail(far, x);
        gate(y, x, far);
    }

    @Override
    public void slope(Vec d, Vec y, Vec x) {
        Vec tail = v.v(4);
        Vec bell = v.v(0);
        tail(tail, x);
        v.atMost(x, (float) Activation.FAR, v.v(1));
        v.atLeast(x, (float) -Activation.FAR, v.v(1));
        gate(y, x, tail);
        v.load(d, a.constant(1f));
        a.op(VSUBPS, d, d, tail);
        v.zero(v.v(1));
        v.whereLess(d, tail, x, v.v(1), v.v(2));
        a.op(VMULPS, bell, bell, a.constant(0.3989422804f));
        a.op(VFMADD231PS, d, bell, x);
    }

    /// `t` of |x|, with the bell in register 0; registers 1 to 3 are overwritten.
    private void tail(Vec t, Vec x) {
        Vec size = v.v(11);
        Vec bell = v.v(0);
        a.op(VANDPS, size, x, a.constant(0x7fffffff));
        v.atMost(size, (float) Activation.FAR, v.v(1));
        a.op(VMULPS, bell, size, a.constant(-0.5f));
        a.op(VMULPS, bell, bell, size);
        exp.exp(bell, v.v(1), v.v(2), v.v(3));
        Vec s = v.v(1);
        a.op(VMULPS, s, size, a.constant(0.35f));
        a.op(VADDPS, v.v(2), s, a.constant(1f));
        a.op(VDIVPS, s, s, v.v(2));
        v.load(t, a.constant(TAIL[0]));
        for (int i = 1; i < TAIL.length; i++) {
            a.op(VFMADD213PS, t, s, a.constant(TAIL[i]));
        }
        a.op(VMULPS, t, t, bell);
    }

    /// `y = max(x, 0) - |x|·t`, with |x| as [#tail] left it.
    private void gate(Vec y, Vec x, Vec t) {
        v.zero(v.v(1));
        a.op(VMAXPS, y, v.v(1), x);
        a.op(VFNMADD231PS, y, v.v(11), t);
    }
}
