package headway.kernels.activation;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.Level;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;
import java.util.List;

/// Machine code of [ActivationKernel] and [GatedActivationKernel]: a function of one register, and the loops around it.
final class ActivationCode {
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

    /// An [Activation] of one register. Registers 0 to 4 are its own, and 11 to 14; at 512 bits those from 16 on too.
    sealed interface Function permits SigmoidGateCode, NormalGateCode, SaturatingCode {
        /// Loads constants, once before the loop.
        void prepare();

        /// `y = f(x)`; x is overwritten.
        void value(Vec y, Vec x);

        /// `d = f'(x)`, `y = f(x)`; x is overwritten.
        void slope(Vec d, Vec y, Vec x);
    }

    private static final List<Gp> ARGUMENTS = List.of(RDI, RSI, RDX, RCX, R8, R9, R10);

    private final Assembler a;
    private final VectorCode v;
    private final Function f;

    private ActivationCode(VectorCode v, Function f) {
        this.a = v.a;
        this.v = v;
        this.f = f;
    }

    static void write(Assembler a, Level level, Activation f, Job job) {
        var v = new VectorCode(a, level, 15);
        Function function = switch (f) {
            case SILU, GELU_TANH, GELU_SIGMOID -> new SigmoidGateCode(v, f);
            case GELU -> new NormalGateCode(v);
            case IDENTITY, RELU, TANH, SIGMOID -> new SaturatingCode(v, f);
            default -> throw f.noLanes();
        };
        new ActivationCode(v, function).write(job);
    }

    private void write(Job job) {
        f.prepare();
        Gp count = ARGUMENTS.get(job.addresses);
        var sweep = new Sweep(v, count, RAX, ARGUMENTS.subList(0, job.addresses).toArray(Gp[]::new));
        sweep.write(1, _ -> vector(sweep, job, ARGUMENTS.get(job.addresses + 1)));
    }

    private void vector(Sweep sweep, Job job, Gp accumulates) {
        Vec x = v.v(5);
        Vec y = v.v(6);
        Vec d = v.v(7);
        switch (job) {
            case FORWARD -> {
                sweep.load(x, RSI);
                f.value(y, x);
                sweep.store(RDI, y);
            }
            case GATED -> {
                sweep.load(x, RSI);
                f.value(y, x);
                sweep.load(d, RDX);
                a.op(VMULPS, y, y, d);
                sweep.store(RDI, y);
            }
            case BACKWARD -> {
                sweep.load(x, RSI);
                f.slope(d, y, x);
                sweep.load(x, RDX);
                a.op(VMULPS, d, d, x);
                sweep.put(RDI, d, x, accumulates);
            }
            case GATED_BACKWARD -> {
                Vec dy = v.v(8);
                Vec up = v.v(9);
                sweep.load(x, RDX);
                sweep.load(dy, R8);
                sweep.load(up, RCX);
                f.slope(d, y, x);
                a.op(VMULPS, y, y, dy);
                a.op(VMULPS, d, d, dy);
                a.op(VMULPS, d, d, up);
                sweep.put(RDI, d, x, accumulates);
                sweep.put(RSI, y, x, accumulates);
            }
        }
    }
}
