package headway.kernels.simd;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [Rows]. Arguments: y, first input, second input, elements, bits of a factor; what a job does not
/// read
/// is not looked at. Sums are written to y.
final class RowsCode {
    /// What becomes of each element.
    enum Job {
        ADD,
        MULTIPLY,
        MULTIPLY_ADD,
        SCALE,
        AXPY,
        FILL,
        SHIFT,
        UNCAP,
        SUM,
        DOT,
        EXPONENTIALS
    }

    /// Chains of a sum: an addition takes about four cycles.
    private static final int CHAINS = 4;

    private RowsCode() {}

    static void write(Assembler a, Level level, Job job) {
        switch (job) {
            case SUM, DOT -> sum(a, level, job);
            case EXPONENTIALS -> exponentials(a, level);
            default -> elements(a, level, job);
        }
    }

    private static void elements(Assembler a, Level level, Job job) {
        var v = new VectorCode(a, level, 15);
        Vec factor = v.v(14);
        v.broadcast(factor, R8);
        var sweep = new Sweep(v, RCX, RAX, RDI, RSI, RDX);
        sweep.write(4, u -> {
            Vec x = v.v(3 * u);
            Vec y = v.v(3 * u + 1);
            Vec z = v.v(3 * u + 2);
            if (job != Job.FILL) {
                sweep.load(x, RSI);
            }
            switch (job) {
                case ADD -> {
                    sweep.load(y, RDX);
                    a.op(VADDPS, x, x, y);
                }
                case MULTIPLY -> {
                    sweep.load(y, RDX);
                    a.op(VMULPS, x, x, y);
                }
                case MULTIPLY_ADD -> {
                    sweep.load(y, RDX);
                    sweep.load(z, RDI);
                    a.op(VFMADD213PS, x, y, z);
                }
                case SCALE -> a.op(VMULPS, x, x, factor);
                case AXPY -> {
                    sweep.load(z, RDI);
                    a.op(VFMADD213PS, x, factor, z);
                }
                case SHIFT -> a.op(VADDPS, x, x, factor);
                case UNCAP -> {
                    sweep.load(y, RDX);
                    a.op(VMULPS, y, y, factor);
                    a.op(VMULPS, z, x, y);
                    a.op(VMULPS, z, z, y);
                    a.op(VSUBPS, x, x, z);
                }
                default -> a.op(VMOVUPS, x, factor);
            }
            sweep.store(RDI, x);
        });
    }

    /// Lanes behind the last element are read as 0 and change no sum.
    private static void sum(Assembler a, Level level, Job job) {
        var v = new VectorCode(a, level, 15);
        for (int u = 0; u < CHAINS; u++) {
            v.zero(v.v(u));
        }
        var sweep = new Sweep(v, RCX, RAX, RSI, RDX);
        sweep.write(CHAINS, u -> {
            Vec x = v.v(CHAINS + 2 * u);
            sweep.load(x, RSI);
            if (job == Job.SUM) {
                a.op(VADDPS, v.v(u), v.v(u), x);
                return;
            }
            Vec y = v.v(CHAINS + 2 * u + 1);
            sweep.load(y, RDX);
            a.op(VFMADD231PS, v.v(u), x, y);
        });
        a.op(VADDPS, v.v(0), v.v(0), v.v(1));
        a.op(VADDPS, v.v(2), v.v(2), v.v(3));
        a.op(VADDPS, v.v(0), v.v(0), v.v(2));
        v.fold(VADDPS, v.v(0), v.v(1));
        a.store(VMOVSS_STORE, RDI.at(), v.v(0).low(128));
    }

    /// `x[i] = e^(x[i] - base)` in place, x being the first input, and the sum. Behind the last element -infinity is
    /// read, whose exponential is 0.
    private static void exponentials(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        var exp = new ExpCode(v, v.wide() ? 16 : -1);
        Vec total = v.v(4);
        Vec base = v.v(5);
        Vec none = v.v(6);
        exp.prepare();
        v.zero(total);
        v.broadcast(base, R8);
        v.load(none, a.constant(Float.NEGATIVE_INFINITY));
        var sweep = new Sweep(v, RCX, RAX, RSI);
        sweep.write(1, u -> {
            Vec x = v.v(0);
            sweep.load(x, RSI, none);
            a.op(VSUBPS, x, x, base);
            exp.exp(x, v.v(1), v.v(2), v.v(3));
            sweep.store(RSI, x);
            a.op(VADDPS, total, total, x);
        });
        v.fold(VADDPS, total, v.v(0));
        a.store(VMOVSS_STORE, RDI.at(), total.low(128));
    }
}
