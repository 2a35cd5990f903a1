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
        FROM_F16
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
            // Makes a NaN quiet, which also keeps one whose upper bits are 0 from becoming infinite.
            v.load(v.v(6), a.constant(v.wide() ? 0x40 : 0x40_0000));
        }
        a.align(32);
        Label loop = a.here();
        switch (job) {
            case TO_BF16 -> {
                v.load(x, RSI.at());
                if (v.wide()) {
                    roundToBf16(a, v);
                    a.store(VPMOVDW, RDI.at(), v.v(2));
                } else {
                    roundToWords(a, v);
                }
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

    /// The same with AVX2, and the eight words to rdi: words that are whole numbers of 32 bits, signed, are narrowed
    /// with
    /// no loss, two quarters side by side.
    private static void roundToWords(Assembler a, VectorCode v) {
        Vec x = v.v(0), kept = v.v(1), rounded = v.v(2), nan = v.v(3);
        a.op(VPSRLD, kept, x, 16);
        a.op(VPAND, rounded, kept, v.v(4));
        a.op(VPADDD, rounded, rounded, x);
        a.op(VPADDD, rounded, rounded, v.v(5));
        a.op(VCMPPS, nan, x, x, UNORDERED);
        a.op(VPSLLD, kept, kept, 16);
        a.op(VORPS, kept, kept, v.v(6));
        a.op(VBLENDVPS, rounded, rounded, kept, nan.number());
        a.op(VPSRAD, rounded, rounded, 16);
        a.op(VPACKSSDW, rounded, rounded, rounded);
        a.op(VPERMQ, rounded, rounded, 0xD8);
        a.store(VMOVUPS_STORE, RDI.at(), rounded.low(128));
    }
}
