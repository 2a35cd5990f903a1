package headway.kernels.attention;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [FlashTile#softmax] and [FlashTile#differentiate]: a vector of queries at a time, down all keys.
final class SoftmaxTileCode {
    private static final int NOT_EQUAL = 4;

    private final Assembler a;
    private final VectorCode v;
    private final ExpCode exp;

    private SoftmaxTileCode(Assembler a, Level level) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
    }

    /// Arguments: scores, width, keys (not 0), max, sum, shrink, and 64 bytes that are not 0 afterwards where a row
    /// shrinks.
    static void softmax(Assembler a, Level level) {
        new SoftmaxTileCode(a, level).softmax();
    }

    /// Arguments: scores, dp, width, keys (not 0), lse, mean, bits of the scale.
    static void differentiate(Assembler a, Level level) {
        new SoftmaxTileCode(a, level).differentiate();
    }

    private void softmax() {
        Vec old = v.v(4);
        Vec high = v.v(5);
        Vec total = v.v(6);
        Vec changed = v.v(7);
        exp.prepare();
        v.zero(changed);
        a.shift(Shift.SHL, RSI, 2);
        a.mov(R12, RSI);
        Label loop = a.here();
        v.load(old, RCX.at());
        a.op(VMOVUPS, high, old);
        down(() -> {
            v.load(v.v(0), RAX.at());
            // A NaN is passed over here: the second source wins.
            a.op(VMAXPS, high, v.v(0), high);
        });
        v.store(RCX.at(), high);
        v.zeroWhereInfinite(high, v.v(0));
        a.op(VSUBPS, v.v(0), old, high);
        exp.exp(v.v(0), v.v(1), v.v(2), v.v(3));
        v.store(R9.at(), v.v(0));
        noteChange(changed, v.v(0));
        v.load(total, R8.at());
        a.op(VMULPS, total, total, v.v(0));
        down(() -> {
            v.load(v.v(0), RAX.at());
            a.op(VSUBPS, v.v(0), v.v(0), high);
            exp.exp(v.v(0), v.v(1), v.v(2), v.v(3));
            v.store(RAX.at(), v.v(0));
            a.op(VADDPS, total, total, v.v(0));
        });
        v.store(R8.at(), total);
        for (var pointer : new headway.kernels.machine.Gp[] {RDI, RCX, R8, R9}) {
            a.add(pointer, v.bytes());
        }
        a.sub(R12, v.bytes());
        a.jump(If.NE, loop);
        v.store(R10.at(), changed);
        if (!v.wide()) {
            v.store(R10.at(32), changed);
        }
    }

    /// Runs `body` with rax at each key's vector.
    private void down(Runnable body) {
        a.mov(RAX, RDI);
        a.mov(RBX, RDX);
        Label loop = a.here();
        body.run();
        a.add(RAX, RSI);
        a.sub(RBX, 1);
        a.jump(If.NE, loop);
    }

    private void noteChange(Vec changed, Vec factor) {
        var one = a.constant(1f);
        if (v.wide()) {
            a.compare(Mask.K2, factor, one, NOT_EQUAL);
            a.k(Mask.K2).op(VMOVUPS, changed, one);
        } else {
            a.op(VCMPPS, v.v(1), factor, one, NOT_EQUAL);
            a.op(VORPS, changed, changed, v.v(1));
        }
    }

    private void differentiate() {
        Vec norm = v.v(4);
        Vec mean = v.v(5);
        Vec scale = v.v(6);
        exp.prepare();
        v.broadcast(scale, R10);
        a.shift(Shift.SHL, RDX, 2);
        a.mov(R12, RDX);
        Label loop = a.here();
        v.load(norm, R8.at());
        v.load(mean, R9.at());
        a.mov(RAX, RDI);
        a.mov(RBP, RSI);
        a.mov(RBX, RCX);
        Label down = a.here();
        v.load(v.v(0), RAX.at());
        a.op(VSUBPS, v.v(0), v.v(0), norm);
        exp.exp(v.v(0), v.v(1), v.v(2), v.v(3));
        v.store(RAX.at(), v.v(0));
        v.load(v.v(1), RBP.at());
        a.op(VSUBPS, v.v(1), v.v(1), mean);
        a.op(VMULPS, v.v(1), v.v(1), v.v(0));
        a.op(VMULPS, v.v(1), v.v(1), scale);
        v.store(RBP.at(), v.v(1));
        a.add(RAX, RDX);
        a.add(RBP, RDX);
        a.sub(RBX, 1);
        a.jump(If.NE, down);
        for (var pointer : new headway.kernels.machine.Gp[] {RDI, RSI, R8, R9}) {
            a.add(pointer, v.bytes());
        }
        a.sub(R12, v.bytes());
        a.jump(If.NE, loop);
    }
}
