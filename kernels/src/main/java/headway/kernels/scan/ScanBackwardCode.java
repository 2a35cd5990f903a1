package headway.kernels.scan;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [SelectiveScanKernel]'s gradients, for a register of channels and a piece of the tokens: a walk
/// forward that writes down decays and states, and the walk back that reads them.
///
/// What is summed over channels lies lane by lane, `(T, N, 2, lanes)`: gradients of b, then of c. Arguments lie in
/// memory, eight bytes each: see the constants.
final class ScanBackwardCode {
    static final int U = 0;
    static final int DELTA = 8;
    static final int B = 16;
    static final int C = 24;
    /// Address of decays `(N, lanes)`, then `∂L/∂h` alike, then gradients of `aLog` alike.
    static final int CHANNELS = 32;
    /// Address of states `(T + 1, N, lanes)`; the first is read, the others are written forward.
    static final int STATES = 40;
    /// Address of `e^(Δ·A)`, `(T, N, lanes)`.
    static final int POWERS = 48;
    /// Address of Δ, `(T, lanes)`.
    static final int STEPS = 56;
    static final int T = 64;
    static final int N = 72;
    /// Distance of tokens in u, delta, dy and their gradients, in bytes.
    static final int STRIDE = 80;
    /// Channels that there are, 1 … lanes.
    static final int COUNT = 88;
    /// 1 where decays are still the logarithms of `A`.
    static final int FIRST = 96;

    static final int DY = 104;
    /// Address of d `(lanes)`, then of its gradients alike.
    static final int SKIPS = 112;
    static final int SUMS = 120;
    static final int DU = 128;
    static final int DDELTA = 136;
    /// Bytes of arguments.
    static final int ARGUMENTS = 192;

    private final VectorCode v;
    private final Assembler a;
    private final StepCode steps;

    private ScanBackwardCode(Assembler a, Level level) {
        this.v = new VectorCode(a, level, 15);
        this.a = a;
        this.steps = new StepCode(v);
    }

    static void writeForward(Assembler a, Level level) {
        new ScanBackwardCode(a, level).forward();
    }

    /// Walks from the last token to the first: U, DELTA, B, C, DY, DU, DDELTA, POWERS, STATES, STEPS and SUMS are those
    /// of the last one.
    static void writeBack(Assembler a, Level level) {
        new ScanBackwardCode(a, level).back();
    }

    private void begin() {
        a.mov(R9, RDI.at(U));
        a.mov(R10, RDI.at(DELTA));
        a.mov(R11, RDI.at(B));
        a.mov(R13, RDI.at(CHANNELS));
        a.mov(RDX, RDI.at(STATES));
        a.mov(RSI, RDI.at(POWERS));
        a.mov(R8, RDI.at(STEPS));
        a.mov(R14, RDI.at(T));
        a.mov(RBX, RDI.at(N));
        a.mov(RBP, RDI.at(STRIDE));
        a.mov(RAX, RDI.at(COUNT));
        v.first(RAX, RCX);
        a.mov(R15, RBX);
        a.shift(Shift.SHL, R15, Integer.numberOfTrailingZeros(v.bytes()));
        steps.prepare();
    }

    private void forward() {
        Vec x = v.v(0), step = v.v(4), input = v.v(5), state = v.v(7), one = v.v(8);
        begin();
        Label ready = new Label();
        a.mov(RAX, RDI.at(FIRST));
        a.test(RAX, RAX);
        a.jump(If.E, ready);
        a.push(RDX);
        a.mov(RCX, R13);
        steps.decays();
        a.pop(RDX);
        a.bind(ready);
        Label token = a.here();
        v.loadFirst(step, R10.at());
        steps.softplus(step);
        v.store(R8.at(), step);
        v.loadFirst(input, R9.at());
        a.op(VMULPS, input, input, step);
        a.mov(RCX, R13);
        a.mov(RAX, RBX);
        a.align(32);
        Label next = a.here();
        a.op(VMULPS, x, step, RCX.at());
        steps.power();
        v.store(RSI.at(), x);
        v.load(state, RDX.at());
        a.op(VMULPS, state, state, x);
        v.broadcast(one, R11.at());
        a.op(VFMADD231PS, state, one, input);
        v.store(RDX.at(R15, 1, 0), state);
        for (Gp walking : new Gp[] {RCX, RSI, RDX}) {
            a.add(walking, v.bytes());
        }
        a.add(R11, 4);
        a.sub(RAX, 1);
        a.jump(If.NE, next);
        a.add(R8, v.bytes());
        a.add(R9, RBP);
        a.add(R10, RBP);
        a.sub(R14, 1);
        a.jump(If.NE, token);
    }

    private void back() {
        begin();
        a.mov(R12, RDI.at(C));
        a.mov(RAX, RDI.at(SUMS));
        Label token = a.here();
        tokenBack();
        // Running addresses stand behind this token: to the one before it.
        a.sub(RDX, R15);
        a.sub(RDX, R15);
        a.sub(RSI, R15);
        a.sub(RSI, R15);
        a.mov(RCX, R15);
        a.shift(Shift.SHL, RCX, 2);
        a.sub(RAX, RCX);
        a.mov(RCX, RDI.at(N));
        a.shift(Shift.SHL, RCX, 3);
        a.sub(R11, RCX);
        a.sub(R12, RCX);
        a.sub(R8, v.bytes());
        a.sub(R9, RBP);
        a.sub(R10, RBP);
        for (int pointer : new int[] {DY, DU, DDELTA}) {
            a.mov(RCX, RDI.at(pointer));
            a.sub(RCX, RBP);
            a.mov(RDI.at(pointer), RCX);
        }
        a.sub(R14, 1);
        a.jump(If.NE, token);
    }

    private void tokenBack() {
        Vec dy = v.v(4), step = v.v(5), input = v.v(6), into = v.v(7), along = v.v(8), u = v.v(9);
        a.mov(RCX, RDI.at(DY));
        v.loadFirst(dy, RCX.at());
        v.loadFirst(u, R9.at());
        v.load(step, R8.at());
        a.op(VMULPS, input, step, u);
        v.zero(into);
        v.zero(along);
        a.mov(RCX, R13);
        a.mov(RBX, RDI.at(N));
        a.align(32);
        Label next = a.here();
        stateBack(dy, step, input, into, along);
        for (Gp walking : new Gp[] {RCX, RSI, RDX}) {
            a.add(walking, v.bytes());
        }
        a.add(RAX, 2 * v.bytes());
        a.add(R11, 4);
        a.add(R12, 4);
        a.sub(RBX, 1);
        a.jump(If.NE, next);
        // dΔ = Σ da·A + u·Σ g·B,   du = dy·D + Δ·Σ g·B
        Vec x = v.v(0), sum = v.v(1);
        a.op(VFMADD231PS, along, into, u);
        a.op(VMULPS, into, into, step);
        a.mov(RCX, RDI.at(SKIPS));
        a.op(VFMADD231PS, into, dy, RCX.at());
        v.load(sum, RCX.at(v.bytes()));
        a.op(VFMADD231PS, sum, dy, u);
        v.store(RCX.at(v.bytes()), sum);
        v.loadFirst(dy, R10.at());
        steps.slope(dy);
        a.op(VMULPS, along, along, x);
        added(DU, into, sum);
        added(DDELTA, along, sum);
    }

    private void added(int pointer, Vec gradient, Vec spare) {
        a.mov(RCX, RDI.at(pointer));
        v.loadFirst(spare, RCX.at());
        a.op(VADDPS, spare, spare, gradient);
        v.storeFirst(RCX.at(), spare);
    }

    /// One state of the channels.
    private void stateBack(Vec dy, Vec step, Vec input, Vec into, Vec along) {
        Vec g = v.v(0), one = v.v(1), sum = v.v(2), decayed = v.v(3);
        v.load(g, RCX.at(R15, 1, 0));
        v.broadcast(one, R12.at());
        a.op(VFMADD231PS, g, dy, one);
        v.load(sum, RAX.at(v.bytes()));
        a.op(VFMADD231PS, sum, dy, RDX.at(R15, 1, 0));
        v.store(RAX.at(v.bytes()), sum);
        v.load(sum, RAX.at());
        a.op(VFMADD231PS, sum, g, input);
        v.store(RAX.at(), sum);
        v.broadcast(one, R11.at());
        a.op(VFMADD231PS, into, g, one);
        a.op(VMULPS, decayed, g, RSI.at());
        v.store(RCX.at(R15, 1, 0), decayed);
        // da·A, with da = g·h[t-1]·e^(Δ·A)
        a.op(VMULPS, decayed, decayed, RDX.at());
        a.op(VMULPS, decayed, decayed, RCX.at());
        a.op(VADDPS, along, along, decayed);
        v.load(sum, RCX.at(R15, 2, 0));
        a.op(VFMADD231PS, sum, decayed, step);
        v.store(RCX.at(R15, 2, 0), sum);
    }
}
