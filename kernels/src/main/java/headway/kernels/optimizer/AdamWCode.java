package headway.kernels.optimizer;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [AdamWKernel]. Arguments: w, g, m, v, elements, and the address of the numbers of [#FACTORS].
final class AdamWCode {
    /// Numbers that a step is given: gradScale, 1 - β₁, β₂, 1 - β₂, 1 - lr·weightDecay, -stepSize, √(1 - β₂ᵗ), eps.
    static final int FACTORS = 8;

    private static final int FIRST_FACTOR = 4;

    private AdamWCode() {}

    static void write(Assembler a, Level level) {
        var v = new VectorCode(a, level, 15);
        for (int i = 0; i < FACTORS; i++) {
            v.broadcast(v.v(FIRST_FACTOR + i), R9.at(4 * i));
        }
        Vec g = v.v(0), first = v.v(1), second = v.v(2), w = v.v(3), t = v.v(12);
        Vec scale = v.v(4), oneMinusBeta1 = v.v(5), beta2 = v.v(6), oneMinusBeta2 = v.v(7);
        Vec decay = v.v(8), minusStepSize = v.v(9), root = v.v(10), eps = v.v(11);
        var sweep = new Sweep(v, R8, RAX, RDI, RSI, RDX, RCX);
        sweep.write(1, _ -> {
            sweep.load(g, RSI);
            a.op(VMULPS, g, g, scale);
            sweep.load(first, RDX);
            a.op(VSUBPS, t, g, first);
            a.op(VFMADD231PS, first, t, oneMinusBeta1);
            sweep.load(second, RCX);
            a.op(VMULPS, second, second, beta2);
            a.op(VMULPS, t, g, g);
            a.op(VFMADD231PS, second, t, oneMinusBeta2);
            sweep.store(RDX, first);
            sweep.store(RCX, second);
            a.op(VSQRTPS, t, second);
            a.op(VDIVPS, t, t, root);
            a.op(VADDPS, t, t, eps);
            sweep.load(w, RDI);
            a.op(VMULPS, w, w, decay);
            a.op(VDIVPS, t, first, t);
            a.op(VFMADD231PS, w, t, minusStepSize);
            sweep.store(RDI, w);
        });
    }
}
