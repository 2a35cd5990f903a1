package headway.kernels.scan;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// What a scan's kernels do with a register of channels: decays, steps and their slopes. In f32; exponentials and
/// softplus err by some 1e-7 of themselves. Overwrites registers 0 to 3.
final class StepCode {
    private static final int SIGN = 0x8000_0000;
    private static final int ODD = 15;

    private final VectorCode v;
    private final Assembler a;
    private final ExpCode exp;

    StepCode(VectorCode v) {
        this.v = v;
        this.a = v.a;
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
    }

    void prepare() {
        exp.prepare();
    }

    /// Register 0 = `e` to the power of it.
    void power() {
        exp.exp(v.v(0), v.v(1), v.v(2), v.v(3));
    }

    /// `A = -e^aLog` in place, rbx registers from rcx on; overwrites rcx and rdx.
    void decays() {
        Vec x = v.v(0);
        a.mov(RDX, RBX);
        Label next = a.here();
        v.load(x, RCX.at());
        power();
        a.op(VXORPS, x, x, a.constant(SIGN));
        v.store(RCX.at(), x);
        a.add(RCX, v.bytes());
        a.sub(RDX, 1);
        a.jump(If.NE, next);
    }

    /// `Δ = max(x, 0) + log(1 + z)`, `z = e^-|x|`, of `step`, by `log(1 + z) = 2(s + s³/3 + s⁵/5 + …)`,
    /// `s = z / (2 + z) ≤ ⅓`: nine digits with s¹⁵.
    void softplus(Vec step) {
        Vec x = v.v(0), square = v.v(1), series = v.v(2);
        a.op(VORPS, x, step, a.constant(SIGN));
        power();
        v.load(square, a.constant(2f));
        a.op(VADDPS, square, square, x);
        a.op(VDIVPS, x, x, square);
        a.op(VMULPS, square, x, x);
        v.load(series, a.constant(2f / ODD));
        for (int odd = ODD - 2; odd > 0; odd -= 2) {
            a.op(VFMADD213PS, series, square, a.constant(2f / odd));
        }
        v.atLeast(step, 0, v.v(3));
        a.op(VFMADD231PS, step, series, x);
    }

    /// Register 0 = `σ(x)`, softplus' slope: `1 / (1 + z)`, times z where x is negative. `x` is overwritten.
    void slope(Vec x) {
        Vec z = v.v(0), one = v.v(1), above = v.v(2);
        a.op(VORPS, z, x, a.constant(SIGN));
        power();
        v.load(one, a.constant(1f));
        a.op(VADDPS, above, z, one);
        v.zero(v.v(3));
        // `one` becomes z where x is negative.
        v.whereLess(one, z, x, v.v(3), x);
        a.op(VDIVPS, z, one, above);
    }
}
