package headway.kernels.activation;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Gp;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;
import java.util.List;

/// Machine code of the activations that are `x·σ(ax + bx³)`: SILU (a = 1), GELU by a sigmoid (a = 1.702) and by tanh
/// (`½(1 + tanh u) = σ(2u)`); alone, and as the gate of a gated unit.
///
///     f = x·s        f' = s + x·s·(1 - s)·(a + 3bx²)        s = σ(ax + bx³)
final class SigmoidGateCode {
    /// What a kernel computes; its arguments are addresses, then the number of elements, then whether it accumulates.
    enum Job {
        /// y, x
        FORWARD(2),
        /// dx, x, dy
        BACKWARD(3),
        /// y, gate, up
        GATED(3),
        /// dgate, dup, gate, up, dy
        GATED_BACKWARD(5);

        final int addresses;

        Job(int addresses) {
            this.addresses = addresses;
        }
    }

    private static final List<Gp> ARGUMENTS = List.of(RDI, RSI, RDX, RCX, R8, R9, R10);

    private final Assembler a;
    private final VectorCode v;
    private final ExpCode exp;
    private final float linear;
    private final float cubic;

    private SigmoidGateCode(Assembler a, Level level, Activation f) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
        this.linear = (float) f.sigmoidLinear();
        this.cubic = (float) f.sigmoidCubic();
    }

    static void write(Assembler a, Level level, Activation f, Job job) {
        new SigmoidGateCode(a, level, f).write(job);
    }

    private void write(Job job) {
        Gp count = ARGUMENTS.get(job.addresses);
        exp.prepare();
        var sweep = new Sweep(v, count, RAX, ARGUMENTS.subList(0, job.addresses).toArray(Gp[]::new));
        sweep.write(1, _ -> vector(sweep, job));
    }

    private void vector(Sweep sweep, Job job) {
        Vec x = v.v(5);
        Vec s = v.v(6);
        Vec y = v.v(7);
        switch (job) {
            case FORWARD -> {
                sweep.load(x, RSI);
                value(s, x);
                sweep.store(RDI, s);
            }
            case GATED -> {
                sweep.load(x, RSI);
                value(s, x);
                sweep.load(y, RDX);
                a.op(VMULPS, s, s, y);
                sweep.store(RDI, s);
            }
            case BACKWARD -> {
                sweep.load(x, RSI);
                slope(y, x, s);
                sweep.load(x, RDX);
                a.op(VMULPS, y, y, x);
                sweep.put(RDI, y, x, ARGUMENTS.get(job.addresses + 1));
            }
            case GATED_BACKWARD -> {
                Vec dy = v.v(8);
                Vec up = v.v(9);
                sweep.load(x, RDX);
                sweep.load(dy, R8);
                sweep.load(up, RCX);
                slope(y, x, s);
                a.op(VMULPS, v.v(10), s, x);
                a.op(VMULPS, v.v(10), v.v(10), dy);
                a.op(VMULPS, y, y, dy);
                a.op(VMULPS, y, y, up);
                sweep.put(RDI, y, x, ARGUMENTS.get(job.addresses + 1));
                sweep.put(RSI, v.v(10), x, ARGUMENTS.get(job.addresses + 1));
            }
        }
    }

    /// `s = f(x)`
    private void value(Vec s, Vec x) {
        atLeast(x, (float) -Activation.FAR);
        power(x);
        sigmoid(s);
        a.op(VMULPS, s, s, x);
    }

    /// `d = f'(x)`, `s = σ(…)`; x is brought to where a slope is 0 or 1 to the last bit, so that infinity times 0 does
    /// not come up.
    private void slope(Vec d, Vec x, Vec s) {
        Vec e = v.v(0);
        atMost(x, (float) Activation.FAR);
        atLeast(x, (float) -Activation.FAR);
        power(x);
        // 1 - s = e·s keeps the digits that a subtraction from 1 would lose.
        atMost(e, 1e37f);
        a.op(VMOVUPS, v.v(4), e);
        sigmoid(s);
        a.op(VMULPS, d, s, v.v(4));
        a.op(VMULPS, d, d, s);
        a.op(VMULPS, d, d, x);
        v.load(e, a.constant(linear));
        if (cubic != 0) {
            a.op(VMULPS, v.v(1), x, x);
            a.op(VFMADD231PS, e, v.v(1), a.constant(3 * cubic));
        }
        a.op(VFMADD213PS, d, e, s);
    }

    // A NaN comes through: it is the second source.

    private void atMost(Vec x, float bound) {
        v.load(v.v(1), a.constant(bound));
        a.op(VMINPS, x, v.v(1), x);
    }

    private void atLeast(Vec x, float bound) {
        v.load(v.v(1), a.constant(bound));
        a.op(VMAXPS, x, v.v(1), x);
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
