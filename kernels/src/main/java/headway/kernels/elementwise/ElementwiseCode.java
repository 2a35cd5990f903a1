package headway.kernels.elementwise;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [ElementwiseKernel] for f32. Arguments: y, first input, second input, elements, bits of a factor;
/// what a job does not read is not looked at.
final class ElementwiseCode {
    /// What becomes of each element.
    enum Job {
        ADD,
        MULTIPLY,
        MULTIPLY_ADD,
        SCALE,
        AXPY,
        FILL
    }

    private ElementwiseCode() {}

    static void write(Assembler a, Level level, Job job) {
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
                case FILL -> a.op(VMOVUPS, x, factor);
            }
            sweep.store(RDI, x);
        });
    }
}
