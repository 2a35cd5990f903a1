package headway.kernels.machine;

import static headway.kernels.machine.Gp.*;

import java.util.List;
import java.util.stream.IntStream;

/// Every instruction of the assembler with registers at the borders of the encodings, every form of address, and the
/// displacements at which an encoding changes its length.
final class Samples {
    private static final List<Gp> REGISTERS = List.of(RAX, RBX, RSP, RBP, RDI, R8, R12, R13, R15);
    private static final List<Mem> ADDRESSES = List.of(
            RAX.at(),
            RBP.at(),
            RSP.at(),
            R12.at(),
            R13.at(),
            RSI.at(64),
            RSI.at(4),
            R9.at(-128),
            R9.at(-132),
            R10.at(127),
            R10.at(8192),
            R10.at(8128),
            RAX.at(RCX, 4, 0),
            RBP.at(R9, 8, 0),
            R13.at(R12, 1, -64),
            RDX.at(R15, 2, 100_000));

    private Samples() {}

    static List<IntegerCode.Line> all() {
        var a = new Assembler(true);
        integers(a);
        tiles(a);
        for (Instruction i : Instruction.values()) {
            vectors(a, i);
        }
        return a.listing();
    }

    private static void integers(Assembler a) {
        for (Gp r : REGISTERS) {
            a.push(r);
            a.pop(r);
            a.call(r);
            a.zero(r);
            a.neg(r);
            a.mov(r, 7);
            a.mov(r, -70_000);
            a.mov(r, 1L << 40);
            a.test(r, 8);
            a.imul(r, r, 24);
            a.imul(r, r, 1000);
            for (Alu op : Alu.values()) {
                a.alu(op, r, 8);
                a.alu(op, r, -129);
            }
            for (Shift op : Shift.values()) {
                a.shift(op, r, 1);
                a.shift(op, r, 6);
            }
            for (Gp s : List.of(RCX, R14)) {
                a.mov(r, s);
                a.test(r, s);
                a.imul(r, s);
                a.bzhi(r, s, R11);
                for (Alu op : Alu.values()) {
                    a.alu(op, r, s);
                }
                for (If condition : If.values()) {
                    a.cmov(condition, r, s);
                }
            }
            a.kmovw(Mask.K1, r);
            a.kmovq(Mask.K7, r);
            a.vmovd(Vec.xmm(3), r);
            a.vmovd(Vec.xmm(12), r);
            a.vmovq(Vec.xmm(3), r);
            a.vmovq(Vec.xmm(12), r);
        }
        for (Mem m : ADDRESSES) {
            for (Gp r : List.of(RDX, R11)) {
                a.mov(r, m);
                a.mov(m, r);
                a.mov32(r, m);
                a.mov32(m, r);
                a.movsxd(r, m);
                a.movzxWord(r, m);
                a.lea(r, m);
                a.alu(Alu.ADD, r, m);
                a.alu(Alu.CMP, r, m);
            }
            a.stmxcsr(m);
            IntStream.range(0, 4).forEach(level -> a.prefetch(level, m));
        }
        a.ret();
        a.cpuid();
        a.xgetbv();
        a.sfence();
        a.vzeroupper();
    }

    private static void tiles(Assembler a) {
        for (int i = 0; i < 8; i++) {
            Tile t = Tile.tmm(i);
            a.tilezero(t);
            for (Mem m : ADDRESSES) {
                if (m.index() != null) {
                    a.tileloadd(t, m);
                    a.tileloaddt1(t, m);
                    a.tilestored(m, t);
                }
            }
            for (TileDot dot : TileDot.values()) {
                a.op(dot, t, Tile.tmm((i + 1) % 8), Tile.tmm((i + 5) % 8));
            }
        }
        for (Mem m : ADDRESSES) {
            a.ldtilecfg(m);
            a.sttilecfg(m);
        }
        a.tilerelease();
    }

    private static void vectors(Assembler a, Instruction i) {
        for (int bits : new int[] {128, 256, 512}) {
            boolean wide = bits == 512;
            boolean scalar = (i == Instruction.VMOVSS_STORE || i == Instruction.VPINSRW) && bits > 128;
            if (wide && i.space == Instruction.Space.VEX || smallest(i) > bits || scalar) {
                continue;
            }
            boolean high = i.space != Instruction.Space.VEX && wide;
            int[] numbers = high ? new int[] {0, 7, 9, 17, 31} : new int[] {1, 6, 10, 15};
            // Its other form takes a general register, which no kernel needs.
            boolean registers = i != Instruction.VPINSRW;
            for (int n = 0; registers && n < numbers.length; n++) {
                Vec d = new Vec(numbers[n], bits);
                Vec x = new Vec(numbers[(n + 1) % numbers.length], bits);
                Vec y = new Vec(numbers[(n + 2) % numbers.length], bits);
                form(a, i, d, x, narrow(i, y));
                if (high) {
                    form(a.k(Mask.K1), i, d, x, narrow(i, y));
                    if (i.kind != Instruction.Kind.TO_MASK_IMMEDIATE && !isStore(i)) {
                        form(a.kz(Mask.K7), i, d, x, narrow(i, y));
                    }
                }
            }
            if (i.kind == Instruction.Kind.SHIFT || i.kind == Instruction.Kind.NARROW) {
                continue;
            }
            for (Mem m : ADDRESSES) {
                form(a, i, new Vec(numbers[1], bits), new Vec(numbers[3], bits), m);
            }
            if (high && i != Instruction.VMOVNTPS) {
                form(a.k(Mask.K3), i, new Vec(30, bits), new Vec(2, bits), R8.at(128));
                boolean broadcasts = i.tuple == Instruction.Tuple.FULL && i.wEvex == 0;
                if (broadcasts) {
                    form(a, i, new Vec(30, bits), new Vec(2, bits), R8.at(12).broadcast32());
                    form(a, i, new Vec(3, bits), new Vec(2, bits), RSP.at(512).broadcast32());
                }
            }
        }
    }

    private static boolean isStore(Instruction i) {
        return i.kind == Instruction.Kind.MR || i.kind == Instruction.Kind.MRI;
    }

    /// The narrowest vector that the instruction exists for.
    private static int smallest(Instruction i) {
        return switch (i) {
            case VBROADCASTF128, VBROADCASTF32X4, VSHUFF32X4, VINSERTI32X4, VPERMPS, VPERM2F128, VPERMQ -> 256;
            case VINSERTF128, VINSERTI128, VEXTRACTF128 -> 256;
            case VINSERTI64X4, VEXTRACTF64X4, VBROADCASTF64X4 -> 512;
            default -> 128;
        };
    }

    private static Vec narrow(Instruction i, Vec v) {
        return switch (i.tuple) {
            case FULL, FULL_MEMORY -> v;
            case HALF -> v.low(Math.max(128, v.bits() / 2));
            case QUARTER, M128, SCALAR8, SCALAR16, SCALAR32, SCALAR64 -> v.low(128);
            case M256 -> v.low(256);
        };
    }

    private static void form(Assembler a, Instruction i, Vec d, Vec x, Operand y) {
        switch (i.kind) {
            case NDS -> {
                if (!(i == Instruction.VMASKMOVPS && y instanceof Vec)) {
                    a.op(i, d, x, y);
                }
            }
            case NDSI -> a.op(i, d, x, y, 1);
            case BLEND -> a.op(i, d, x, y, 11);
            case RM -> {
                boolean fromMemory = i == Instruction.VBROADCASTF128
                        || i == Instruction.VBROADCASTF32X4
                        || i == Instruction.VBROADCASTF64X4;
                if (y instanceof Vec && fromMemory) {
                    a.k(Mask.K0);
                } else if (!(i == Instruction.VBROADCASTSS && d.bits() == 128 && y instanceof Vec)) {
                    a.op(i, d, y);
                }
            }
            case RMI, SHIFT -> a.op(i, d, y, 3);
            case MR -> {
                if (y instanceof Mem || i == Instruction.VPMOVDW || i == Instruction.VPMOVSDB) {
                    a.store(i, y, d);
                } else {
                    a.k(Mask.K0);
                }
            }
            case MRI -> a.store(i, y, d, 1);
            case MASKED_STORE -> {
                if (y instanceof Mem) {
                    a.store(i, y, d, x.number());
                }
            }
            case NARROW -> a.op(i, d.low(Math.max(128, d.bits() / 2)), y);
            case TO_MASK_IMMEDIATE -> a.compare(Mask.K2, x, y, 1);
        }
    }
}
