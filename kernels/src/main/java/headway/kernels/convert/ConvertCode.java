package headway.kernels.convert;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [ConvertKernel] between f32 and the types of sixteen bits. Arguments: to, from, registers (at least
/// one).
final class ConvertCode {
    /// Both types.
    enum Job {
        TO_BF16,
        FROM_BF16,
        TO_F16,
        FROM_F16;

        /// Whether there is code for it: bytes of words narrow in one instruction with AVX-512 only.
        boolean on(Level level) {
            return this != TO_BF16 || level.has(Level.AVX512);
        }
    }

    private static final int UNORDERED = 3;

    private ConvertCode() {}

    static void write(Assembler a, Level level, Job job) {
        var v = new VectorCode(a, level, 15);
        boolean narrows = job == Job.TO_BF16 || job == Job.TO_F16;
        Vec x = v.v(0);
        if (job == Job.TO_BF16) {
            v.load(v.v(4), a.constant(1));
            v.load(v.v(5), a.constant(0x7fff));
            v.load(v.v(6), a.constant(0x40));
        }
        a.align(32);
        Label loop = a.here();
        switch (job) {
            case TO_BF16 -> {
                v.load(x, RSI.at());
                roundToBf16(a, v);
                a.store(VPMOVDW, RDI.at(), v.v(2));
            }
            case FROM_BF16 -> {
                a.op(VPMOVZXWD, x, RSI.at());
                a.op(VPSLLD, x, x, 16);
                v.store(RDI.at(), x);
            }
            case TO_F16 -> {
                v.load(x, RSI.at());
                a.store(VCVTPS2PH, RDI.at(), x, 0);
            }
            case FROM_F16 -> {
                a.op(VCVTPH2PS, x, RSI.at());
                v.store(RDI.at(), x);
            }
        }
        a.add(RDI, narrows ? v.bytes() / 2 : v.bytes());
        a.add(RSI, narrows ? v.bytes() : v.bytes() / 2);
        a.sub(RDX, 1);
        a.jump(If.NE, loop);
    }

    /// Register 0 in the lower words of register 2. Ties to even: half a unit is added, less one where the last kept
    /// bit is 0. The processor's own instruction would take subnormal numbers for 0.
    private static void roundToBf16(Assembler a, VectorCode v) {
        Vec x = v.v(0), kept = v.v(1), rounded = v.v(2);
        a.compare(Mask.K2, x, x, UNORDERED);
        a.op(VPSRLD, kept, x, 16);
        a.op(VPANDD, rounded, kept, v.v(4));
        a.op(VPADDD, rounded, rounded, x);
        a.op(VPADDD, rounded, rounded, v.v(5));
        a.op(VPSRLD, rounded, rounded, 16);
        a.k(Mask.K2).op(VPORD, rounded, kept, v.v(6));
    }
}
