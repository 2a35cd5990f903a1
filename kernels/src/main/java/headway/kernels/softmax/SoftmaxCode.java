package headway.kernels.softmax;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Gp;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [SoftmaxKernel] and [CrossEntropyKernel] for one row of f32. The exponential's relative error is
/// below 2e-7: [ExpCode].
final class SoftmaxCode {
    /// What a kernel computes, and its arguments.
    enum Job {
        /// x, elements, where the largest element and the sum of exponentials go
        LOG_SUM,
        /// dx, x, elements, bits of the log-sum-exp, bits of the factor
        SCALED_EXP,
        /// y, x, elements
        FORWARD,
        /// dx, y, dy, elements, whether it adds
        BACKWARD,
        /// y, x, elements, bits of the maximum, bits of the logarithm of the sum
        LOG_FORWARD,
        /// dx, y, dy, elements, whether it adds
        LOG_BACKWARD
    }

    private static final int UNROLL = 2;

    private final Assembler a;
    private final VectorCode v;
    private final ExpCode exp;

    private SoftmaxCode(Assembler a, Level level) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
    }

    static void write(Assembler a, Level level, Job job) {
        var code = new SoftmaxCode(a, level);
        switch (job) {
            case LOG_SUM -> code.logSum();
            case SCALED_EXP -> code.scaledExp();
            case FORWARD -> code.forward();
            case BACKWARD -> code.backward();
            case LOG_FORWARD -> code.logForward();
            case LOG_BACKWARD -> code.logBackward();
        }
    }

    private Vec sum(int u) {
        return v.v(4 + u);
    }

    private Vec shift() {
        return v.v(6);
    }

    private Vec lowest() {
        return v.v(7);
    }

    /// The first of four registers that an exponential needs.
    private Vec x(int u) {
        return v.v(8 * u);
    }

    private void exp(int u) {
        exp.exp(x(u), v.v(8 * u + 1), v.v(8 * u + 2), v.v(8 * u + 3));
    }

    /// The largest of `count` elements at `from` in all lanes of [#shift]; NaN may be passed over.
    private void largest(Gp from, Gp count) {
        v.load(lowest(), a.constant(Float.NEGATIVE_INFINITY));
        a.mov(R12, from);
        a.mov(R13, count);
        for (int u = 0; u < UNROLL; u++) {
            a.op(VMOVUPS, sum(u), lowest());
        }
        var sweep = new Sweep(v, R13, RAX, R12);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), R12, lowest());
            a.op(VMAXPS, sum(u), sum(u), x(u));
        });
        a.op(VMAXPS, sum(0), sum(0), sum(1));
        v.fold(VMAXPS, sum(0), sum(1));
        a.op(VBROADCASTSS, shift(), sum(0).low(128));
    }

    private void clear() {
        for (int u = 0; u < UNROLL; u++) {
            v.zero(sum(u));
        }
    }

    /// The sum of all lanes in all lanes of the first sum.
    private void total() {
        a.op(VADDPS, sum(0), sum(0), sum(1));
        v.foldToAll(VADDPS, sum(0), sum(1));
    }

    private void logSum() {
        exp.prepare();
        largest(RDI, RSI);
        clear();
        var sweep = new Sweep(v, RSI, RAX, RDI);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RDI, lowest());
            a.op(VSUBPS, x(u), x(u), shift());
            exp(u);
            a.op(VADDPS, sum(u), sum(u), x(u));
        });
        total();
        a.store(VMOVSS_STORE, RDX.at(), shift().low(128));
        a.store(VMOVSS_STORE, RDX.at(4), sum(0).low(128));
    }

    private void scaledExp() {
        exp.prepare();
        v.broadcast(shift(), RCX);
        v.broadcast(lowest(), R8);
        var sweep = new Sweep(v, RDX, RAX, RDI, RSI);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RSI);
            a.op(VSUBPS, x(u), x(u), shift());
            exp(u);
            a.op(VMULPS, x(u), x(u), lowest());
            sweep.store(RDI, x(u));
        });
    }

    private void forward() {
        exp.prepare();
        largest(RSI, RDX);
        clear();
        a.mov(R12, RDI);
        a.mov(R13, RDX);
        var sweep = new Sweep(v, R13, RAX, R12, RSI);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RSI, lowest());
            a.op(VSUBPS, x(u), x(u), shift());
            exp(u);
            sweep.store(R12, x(u));
            a.op(VADDPS, sum(u), sum(u), x(u));
        });
        total();
        v.load(shift(), a.constant(1f));
        a.op(VDIVPS, shift(), shift(), sum(0));
        var scaling = new Sweep(v, RDX, RAX, RDI);
        scaling.write(UNROLL, u -> {
            scaling.load(x(u), RDI);
            a.op(VMULPS, x(u), x(u), shift());
            scaling.store(RDI, x(u));
        });
    }

    private void backward() {
        clear();
        a.mov(R12, RSI);
        a.mov(R14, RDX);
        a.mov(R13, RCX);
        var dot = new Sweep(v, R13, RAX, R12, R14);
        dot.write(UNROLL, u -> {
            dot.load(x(u), R12);
            dot.load(v.v(8 * u + 1), R14);
            a.op(VFMADD231PS, sum(u), x(u), v.v(8 * u + 1));
        });
        total();
        var sweep = new Sweep(v, RCX, RAX, RDI, RSI, RDX);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RDX);
            sweep.load(v.v(8 * u + 1), RSI);
            a.op(VSUBPS, x(u), x(u), sum(0));
            a.op(VMULPS, x(u), x(u), v.v(8 * u + 1));
            sweep.put(RDI, x(u), v.v(8 * u + 1), R8);
        });
    }

    private void logForward() {
        v.broadcast(shift(), RCX);
        v.broadcast(lowest(), R8);
        var sweep = new Sweep(v, RDX, RAX, RDI, RSI);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RSI);
            a.op(VSUBPS, x(u), x(u), shift());
            a.op(VSUBPS, x(u), x(u), lowest());
            sweep.store(RDI, x(u));
        });
    }

    private void logBackward() {
        exp.prepare();
        clear();
        a.mov(R12, RDX);
        a.mov(R13, RCX);
        var adding = new Sweep(v, R13, RAX, R12);
        adding.write(UNROLL, u -> {
            adding.load(x(u), R12);
            a.op(VADDPS, sum(u), sum(u), x(u));
        });
        total();
        var sweep = new Sweep(v, RCX, RAX, RDI, RSI, RDX);
        sweep.write(UNROLL, u -> {
            sweep.load(x(u), RSI);
            exp(u);
            sweep.load(v.v(8 * u + 1), RDX);
            a.op(VFNMADD213PS, x(u), sum(0), v.v(8 * u + 1));
            sweep.put(RDI, x(u), v.v(8 * u + 1), R8);
        });
    }
}
