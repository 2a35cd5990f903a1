package headway.kernels.scan;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [SelectiveScanKernel]'s forward walk: a register of channels side by side, token by token, with
/// their states in the first cache.
///
/// Arguments lie in memory, eight bytes each: see the constants.
final class ScanCode {
    static final int Y = 0;
    static final int U = 8;
    static final int DELTA = 16;
    static final int B = 24;
    static final int C = 32;
    /// Address of `d`, then logarithms of decays `(N, lanes)`, which become decays, then states `(N, lanes)`.
    static final int CHANNELS = 40;
    static final int T = 48;
    static final int N = 56;
    /// Distance of tokens in y, u and delta, in bytes.
    static final int STRIDE = 64;
    /// Channels that there are, 1 … lanes.
    static final int COUNT = 72;
    /// 1 in the first call for these channels, 0 where decays stand already.
    static final int FIRST = 80;

    /// Bytes of arguments.
    static final int ARGUMENTS = 128;

    private final VectorCode v;
    private final Assembler a;
    private final StepCode steps;
    private final Vec x;
    private final Vec step;
    private final Vec input;
    private final Vec sum;
    private final Vec state;
    private final Vec one;
    private final Vec u;

    private ScanCode(Assembler a, Level level) {
        this.v = new VectorCode(a, level, 15);
        this.a = a;
        this.steps = new StepCode(v);
        this.x = v.v(0);
        this.step = v.v(4);
        this.input = v.v(5);
        this.sum = v.v(6);
        this.state = v.v(7);
        this.one = v.v(8);
        this.u = v.v(9);
    }

    static void write(Assembler a, Level level) {
        new ScanCode(a, level).write();
    }

    private void write() {
        a.mov(R8, RDI.at(Y));
        a.mov(R9, RDI.at(U));
        a.mov(R10, RDI.at(DELTA));
        a.mov(R11, RDI.at(B));
        a.mov(R12, RDI.at(C));
        a.mov(R13, RDI.at(CHANNELS));
        a.mov(R14, RDI.at(T));
        a.mov(RBX, RDI.at(N));
        a.mov(RBP, RDI.at(STRIDE));
        a.mov(RAX, RDI.at(COUNT));
        v.first(RAX, RCX);
        // From decays to states.
        a.mov(R15, RBX);
        a.shift(Shift.SHL, R15, Integer.numberOfTrailingZeros(v.bytes()));
        steps.prepare();
        Label ready = new Label();
        a.mov(RAX, RDI.at(FIRST));
        a.test(RAX, RAX);
        a.jump(If.E, ready);
        a.lea(RCX, R13.at(v.bytes()));
        steps.decays();
        a.bind(ready);
        Label token = a.here();
        token();
        a.add(R8, RBP);
        a.add(R9, RBP);
        a.add(R10, RBP);
        a.sub(R14, 1);
        a.jump(If.NE, token);
    }

    private void token() {
        v.loadFirst(step, R10.at());
        steps.softplus(step);
        v.loadFirst(u, R9.at());
        a.op(VMULPS, input, step, u);
        a.op(VMULPS, sum, u, R13.at());
        a.lea(RCX, R13.at(v.bytes()));
        a.mov(RAX, RBX);
        a.align(32);
        Label next = a.here();
        a.op(VMULPS, x, step, RCX.at());
        steps.power();
        v.load(state, RCX.at(R15, 1, 0));
        a.op(VMULPS, state, state, x);
        v.broadcast(one, R11.at());
        a.op(VFMADD231PS, state, one, input);
        v.store(RCX.at(R15, 1, 0), state);
        v.broadcast(one, R12.at());
        a.op(VFMADD231PS, sum, one, state);
        a.add(RCX, v.bytes());
        a.add(R11, 4);
        a.add(R12, 4);
        a.sub(RAX, 1);
        a.jump(If.NE, next);
        v.storeFirst(R8.at(), sum);
    }
}
