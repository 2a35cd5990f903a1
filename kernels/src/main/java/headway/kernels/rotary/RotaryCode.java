package headway.kernels.rotary;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [RotaryKernel]: all heads of a row.
///
/// Arguments: y, x, cos, sin, `elements + heads·2³²`, the bits of the sine's sign plus 2³² where y is added to, and the
/// distances of heads of y and of x in bytes. Elements are half of what turns; of pairs whole registers only, at least
/// one.
final class RotaryCode {
    private final Assembler a;
    private final VectorCode v;

    private RotaryCode(Assembler a, Level level) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
    }

    static void write(Assembler a, Level level, RotaryLayout layout) {
        new RotaryCode(a, level).rows(layout);
    }

    private static Vec low(Vec x) {
        return x.low(x.bits() / 2);
    }

    private void rows(RotaryLayout layout) {
        Vec sign = v.v(6);
        v.broadcast(sign, R9);
        a.shift(Shift.SHR, R9, 32);
        a.mov(RBP, R8);
        a.shift(Shift.SHR, RBP, 32);
        a.shift(Shift.SHL, R8, 32);
        a.shift(Shift.SHR, R8, 32);
        if (layout == RotaryLayout.INTERLEAVED) {
            a.op(VMOVUPS, v.v(7), a.constant(Assembler.lanes(i -> i / 2)));
            a.op(VMULPS, sign, sign, a.constant(Assembler.lanes(i -> Float.floatToRawIntBits(i % 2 == 0 ? -1 : 1))));
        }
        Label head = a.here();
        a.push(RDI);
        a.push(RSI);
        a.push(RDX);
        a.push(RCX);
        a.mov(RBX, R8);
        if (layout == RotaryLayout.HALF_SPLIT) {
            halves(sign);
        } else {
            pairs(sign);
        }
        a.pop(RCX);
        a.pop(RDX);
        a.pop(RSI);
        a.pop(RDI);
        a.add(RDI, R10);
        a.add(RSI, R11);
        a.sub(RBP, 1);
        a.jump(If.NE, head);
    }

    private void halves(Vec sign) {
        Vec c = v.v(0), s = v.v(1), first = v.v(2), second = v.v(3), y = v.v(4), t = v.v(5);
        a.lea(R12, RDI.at(R8, 4, 0));
        a.lea(R13, RSI.at(R8, 4, 0));
        var sweep = new Sweep(v, RBX, RAX, RDI, R12, RSI, R13, RDX, RCX);
        sweep.write(1, _ -> {
            sweep.load(c, RDX);
            sweep.load(s, RCX);
            a.op(VMULPS, s, s, sign);
            sweep.load(first, RSI);
            sweep.load(second, R13);
            a.op(VMULPS, t, second, s);
            a.op(VMULPS, y, first, c);
            a.op(VSUBPS, y, y, t);
            a.op(VMULPS, t, first, s);
            a.op(VMULPS, second, second, c);
            a.op(VADDPS, second, second, t);
            sweep.put(RDI, y, t, R9);
            sweep.put(R12, second, t, R9);
        });
    }

    /// Each element beside its partner; an angle for two of them.
    private void pairs(Vec sign) {
        Vec c = v.v(0), s = v.v(1), x = v.v(2), t = v.v(3);
        Label loop = a.here();
        a.op(VMOVUPS, low(c), RDX.at());
        a.op(VPERMPS, c, v.v(7), c);
        a.op(VMOVUPS, low(s), RCX.at());
        a.op(VPERMPS, s, v.v(7), s);
        a.op(VMULPS, s, s, sign);
        v.load(x, RSI.at());
        a.op(VPERMILPS, t, x, 0xB1);
        a.op(VMULPS, t, t, s);
        a.op(VMULPS, x, x, c);
        a.op(VADDPS, x, x, t);
        Label fresh = new Label();
        a.test(R9, R9);
        a.jump(If.E, fresh);
        a.op(VADDPS, x, x, RDI.at());
        a.bind(fresh);
        v.store(RDI.at(), x);
        a.add(RDI, v.bytes());
        a.add(RSI, v.bytes());
        a.add(RDX, v.bytes() / 2);
        a.add(RCX, v.bytes() / 2);
        a.sub(RBX, v.lanes() / 2);
        a.jump(If.NE, loop);
    }
}
