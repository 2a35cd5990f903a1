package headway.kernels.norm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [LayerNormKernel] and [RmsNormKernel] for one row of f32. The latter is the former with a mean of 0:
///
///     xhat = (x - mean)·rstd     y = xhat·(offset + w) + b     g = dy·(offset + w)
///     dx = ((g - mean(g)) - xhat·mean(g·xhat))·rstd
///
/// An address of 0 stands for an operand that is not there.
final class NormCode {
    /// What a kernel computes, and its arguments.
    enum Job {
        /// x, elements, bits of their number as f32, where mean and Σ (x - mean)² go
        MOMENTS,
        /// x, elements, where Σ x² goes
        SQUARES,
        /// y, x, w, b, elements, numbers
        FORWARD,
        /// x, dy, w, elements, numbers, where Σ g and Σ (x - mean)·g go
        DOTS,
        /// dx, x, dy, w, elements, numbers, dw, whether dx is added to
        BACKWARD,
        /// the same with db behind dw
        BACKWARD_WITH_BIAS
    }

    /// Places of numbers, in bytes.
    static final int MEAN = 0;
    static final int RSTD = 4;
    static final int OFFSET = 8;
    static final int MINUS_MEAN_G = 12;
    static final int MINUS_MEAN_GX = 16;

    private static final int UNROLL = 2;

    private final Assembler a;
    private final VectorCode v;

    private NormCode(Assembler a, Level level) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
    }

    static void write(Assembler a, Level level, Job job) {
        var code = new NormCode(a, level);
        switch (job) {
            case MOMENTS -> code.moments();
            case SQUARES -> code.squares();
            case FORWARD -> code.forward();
            case DOTS -> code.dots();
            case BACKWARD -> code.backward(false);
            case BACKWARD_WITH_BIAS -> code.backward(true);
        }
    }

    private Vec sum(int u) {
        return v.v(4 + u);
    }

    private void clear() {
        for (int u = 0; u < UNROLL; u++) {
            v.zero(sum(u));
        }
    }

    private void total() {
        a.op(VADDPS, sum(0), sum(0), sum(1));
        v.foldToAll(VADDPS, sum(0), sum(1));
    }

    private void moments() {
        Vec mean = v.v(6);
        clear();
        a.mov(R12, RDI);
        a.mov(R13, RSI);
        var adding = new Sweep(v, R13, RAX, R12);
        adding.write(UNROLL, u -> {
            adding.load(v.v(u), R12);
            a.op(VADDPS, sum(u), sum(u), v.v(u));
        });
        total();
        v.broadcast(mean, RDX);
        a.op(VDIVPS, mean, sum(0), mean);
        clear();
        var squaring = new Sweep(v, RSI, RAX, RDI);
        squaring.write(UNROLL, u -> {
            squaring.load(v.v(u), RDI, mean);
            a.op(VSUBPS, v.v(u), v.v(u), mean);
            a.op(VFMADD231PS, sum(u), v.v(u), v.v(u));
        });
        total();
        a.store(VMOVSS_STORE, RCX.at(), mean.low(128));
        a.store(VMOVSS_STORE, RCX.at(4), sum(0).low(128));
    }

    private void squares() {
        clear();
        var sweep = new Sweep(v, RSI, RAX, RDI);
        sweep.write(UNROLL, u -> {
            sweep.load(v.v(u), RDI);
            a.op(VFMADD231PS, sum(u), v.v(u), v.v(u));
        });
        total();
        a.store(VMOVSS_STORE, RDX.at(), sum(0).low(128));
    }

    /// Runs `body` where `address` is not 0.
    private void where(Gp address, Runnable body) {
        Label none = new Label();
        a.test(address, address);
        a.jump(If.E, none);
        body.run();
        a.bind(none);
    }

    private void forward() {
        Vec x = v.v(0), t = v.v(1), mean = v.v(4), rstd = v.v(5), offset = v.v(6);
        v.broadcast(mean, R9.at(MEAN));
        v.broadcast(rstd, R9.at(RSTD));
        v.broadcast(offset, R9.at(OFFSET));
        a.mov(R12, RDX);
        a.mov(R13, RCX);
        var sweep = new Sweep(v, R8, RAX, RDI, RSI, RDX, RCX);
        sweep.write(1, _ -> {
            sweep.load(x, RSI);
            a.op(VSUBPS, x, x, mean);
            a.op(VMULPS, x, x, rstd);
            where(R12, () -> scale(sweep, x, t, RDX, offset));
            where(R13, () -> {
                sweep.load(t, RCX);
                a.op(VADDPS, x, x, t);
            });
            sweep.store(RDI, x);
        });
    }

    /// `x *= offset + w`
    private void scale(Sweep sweep, Vec x, Vec t, Gp w, Vec offset) {
        sweep.load(t, w);
        a.op(VADDPS, t, t, offset);
        a.op(VMULPS, x, x, t);
    }

    private void dots() {
        Vec g = v.v(0), x = v.v(1), mean = v.v(6), offset = v.v(7);
        v.broadcast(mean, R8.at(MEAN));
        v.broadcast(offset, R8.at(OFFSET));
        clear();
        a.mov(R12, RDX);
        var sweep = new Sweep(v, RCX, RAX, RDI, RSI, RDX);
        sweep.write(1, _ -> {
            sweep.load(g, RSI);
            where(R12, () -> scale(sweep, g, v.v(2), RDX, offset));
            sweep.load(x, RDI);
            a.op(VSUBPS, x, x, mean);
            a.op(VADDPS, sum(0), sum(0), g);
            a.op(VFMADD231PS, sum(1), x, g);
        });
        v.foldToAll(VADDPS, sum(0), g);
        v.foldToAll(VADDPS, sum(1), g);
        a.store(VMOVSS_STORE, R9.at(), sum(0).low(128));
        a.store(VMOVSS_STORE, R9.at(4), sum(1).low(128));
    }

    private void backward(boolean bias) {
        Vec g = v.v(0), xhat = v.v(1), t = v.v(2);
        Vec mean = v.v(4), rstd = v.v(5), offset = v.v(6), minusG = v.v(7), minusGx = v.v(8);
        v.broadcast(mean, R9.at(MEAN));
        v.broadcast(rstd, R9.at(RSTD));
        v.broadcast(offset, R9.at(OFFSET));
        v.broadcast(minusG, R9.at(MINUS_MEAN_G));
        v.broadcast(minusGx, R9.at(MINUS_MEAN_GX));
        a.mov(R12, RCX);
        a.mov(R13, R10);
        a.lea(R9, R10.at(R8, 4, 0));
        var sweep = new Sweep(v, R8, RAX, RDI, RSI, RDX, RCX, R10, R9);
        sweep.write(1, _ -> {
            sweep.load(g, RDX);
            sweep.load(xhat, RSI);
            a.op(VSUBPS, xhat, xhat, mean);
            a.op(VMULPS, xhat, xhat, rstd);
            where(R13, () -> {
                sweep.load(t, R10);
                a.op(VFMADD231PS, t, g, xhat);
                sweep.store(R10, t);
                if (bias) {
                    sweep.load(t, R9);
                    a.op(VADDPS, t, t, g);
                    sweep.store(R9, t);
                }
            });
            where(R12, () -> scale(sweep, g, t, RCX, offset));
            a.op(VADDPS, g, g, minusG);
            a.op(VFMADD231PS, g, xhat, minusGx);
            a.op(VMULPS, g, g, rstd);
            sweep.put(RDI, g, t, R11);
        });
    }
}
