package headway.kernels.machine;

import java.util.ArrayList;
import java.util.List;

/// Writes machine code of x86-64, one method an instruction; vector instructions are rows of [Instruction].
///
/// Every instruction is also written down as text in Intel syntax: the test holds the bytes against those that GNU `as`
/// makes of the text. Where several encodings exist, the one that `as` takes is taken, except that jumps forward are
/// always long.
public final class Assembler extends TileCode {
    private final List<Constant> constants = new ArrayList<>();
    private Mask mask = Mask.K0;
    private boolean zeroing;
    private String maskText = "";

    private static final String[] MERGING = {"", "{k1}", "{k2}", "{k3}", "{k4}", "{k5}", "{k6}", "{k7}"};
    private static final String[] ZEROING = {
        "", "{k1}{z}", "{k2}{z}", "{k3}{z}", "{k4}{z}", "{k5}{z}", "{k6}{z}", "{k7}{z}"
    };

    private record Constant(Label label, byte[] bytes) {}

    /// Writes from address 0 on; code may be moved as a whole.
    public Assembler() {
        this(false);
    }

    /// @param listed whether the text of each instruction is kept, for tests
    Assembler(boolean listed) {
        super(listed);
    }

    /// The finished code: instructions, then constants on borders of 64 bytes.
    public byte[] finish() {
        for (Constant c : constants) {
            while (code.length % 64 != 0) {
                code.put(0);
            }
            c.label.position = code.length;
            for (byte b : c.bytes) {
                code.put(b);
            }
        }
        code.resolve();
        return java.util.Arrays.copyOf(code.bytes, code.length);
    }

    /// 64 bytes behind the code.
    public Mem constant(byte[] bytes) {
        for (Constant c : constants) {
            if (java.util.Arrays.equals(c.bytes, bytes)) {
                return Mem.of(c.label);
            }
        }
        var c = new Constant(new Label(), bytes.clone());
        constants.add(c);
        return Mem.of(c.label);
    }

    /// `value` in sixteen lanes.
    public Mem constant(float value) {
        return constant(Float.floatToRawIntBits(value));
    }

    /// `value` in sixteen lanes.
    public Mem constant(int value) {
        int[] lanes = new int[16];
        java.util.Arrays.fill(lanes, value);
        return constant(lanes);
    }

    /// A number for each of sixteen lanes, for [#constant(int[])].
    public static int[] lanes(java.util.function.IntUnaryOperator value) {
        return java.util.stream.IntStream.range(0, 16).map(value).toArray();
    }

    /// Sixteen lanes.
    public Mem constant(int[] lanes) {
        byte[] bytes = new byte[4 * lanes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (lanes[i / 4] >> 8 * (i % 4));
        }
        return constant(bytes);
    }

    // Masks and moves between register files.

    public void kmovw(Mask k, Gp s) {
        int from = code.length;
        code.vex(1, 0, 0, 128, 0x92, k.ordinal(), 0, s.ordinal());
        code.modRegister(k.ordinal(), s.ordinal());
        line(from, "kmovw %s, %s", k, s.name32());
    }

    public void kmovq(Mask k, Gp s) {
        int from = code.length;
        code.vex(1, 3, 1, 128, 0x92, k.ordinal(), 0, s.ordinal());
        code.modRegister(k.ordinal(), s.ordinal());
        line(from, "kmovq %s, %s", k, s.name64());
    }

    /// The lower 32 bits of `s` into lane 0, the other lanes cleared. Only the first sixteen registers are reached.
    public void vmovd(Vec d, Gp s) {
        int from = code.length;
        requireLow(d);
        code.vex(1, 1, 0, 128, 0x6E, d.number(), 0, s.ordinal());
        code.modRegister(d.number(), s.ordinal());
        line(from, "vmovd %s, %s", d, s.name32());
    }

    /// The 64 bits of `s` into lane 0, the other lanes cleared. Only the first sixteen registers are reached.
    public void vmovq(Vec d, Gp s) {
        int from = code.length;
        requireLow(d);
        code.vex(1, 1, 1, 128, 0x6E, d.number(), 0, s.ordinal());
        code.modRegister(d.number(), s.ordinal());
        line(from, "vmovq %s, %s", d, s.name64());
    }

    private static void requireLow(Vec d) {
        if (d.number() > 15) {
            throw new IllegalArgumentException("[assembler] %s; expected one of the first sixteen".formatted(d));
        }
    }

    // Vectors.

    /// The next instruction writes the lanes of `k` only.
    public Assembler k(Mask k) {
        mask = k;
        zeroing = false;
        return this;
    }

    /// The next instruction writes the lanes of `k` and clears the others; memory of the others is not read.
    public Assembler kz(Mask k) {
        mask = k;
        zeroing = k != Mask.K0;
        return this;
    }

    /// `d = a op b`
    public void op(Instruction i, Vec d, Vec a, Operand b) {
        int from = code.length;
        if (i.kind == Instruction.Kind.MASKED_STORE) {
            throw misuse(i);
        }
        emit(i, bits(d, b), d.number(), a.number(), b, -1);
        line(from, "%s %s%s, %s, %s", i, d, maskText, a, b);
    }

    /// `d = a op b`, with a number or, for [Instruction#VBLENDVPS], a register.
    public void op(Instruction i, Vec d, Vec a, Operand b, int imm) {
        int from = code.length;
        if (i.kind == Instruction.Kind.BLEND) {
            emit(i, d.bits(), d.number(), a.number(), b, imm << 4);
            line(from, "%s %s, %s, %s, %s", i, d, a, b, new Vec(imm, d.bits()));
            return;
        }
        emit(i, bits(d, b), d.number(), a.number(), b, imm);
        line(from, "%s %s%s, %s, %s, %d", i, d, maskText, a, b, imm);
    }

    /// `d = op b`
    public void op(Instruction i, Vec d, Operand b) {
        int from = code.length;
        Instruction twin = i == Instruction.VMOVUPS
                ? Instruction.VMOVUPS_STORE
                : i == Instruction.VMOVDQU ? Instruction.VMOVDQU_STORE : null;
        boolean shorter = twin != null && b instanceof Vec v && v.number() >= 8 && d.number() < 8;
        if (shorter && !evex(i, bits(d, b), d.number(), 0, b)) {
            // With the registers the other way round, the prefix is a byte shorter.
            emit(twin, d.bits(), ((Vec) b).number(), 0, d, -1);
        } else {
            emit(i, bits(d, b), d.number(), 0, b, -1);
        }
        line(from, "%s %s%s, %s", i, d, maskText, b);
    }

    /// `d = op b` with a number: a rounding mode, an order of lanes, a distance to shift by.
    public void op(Instruction i, Vec d, Operand b, int imm) {
        int from = code.length;
        if (i.kind == Instruction.Kind.SHIFT) {
            emit(i, d.bits(), i.digit, d.number(), b, imm);
        } else {
            emit(i, bits(d, b), d.number(), 0, b, imm);
        }
        line(from, "%s %s%s, %s, %d", i, d, maskText, b, imm);
    }

    /// `d = s` where d is memory or a narrower register.
    public void store(Instruction i, Operand d, Vec s) {
        int from = code.length;
        emit(i, s.bits(), s.number(), 0, d, -1);
        line(from, "%s %s%s, %s", i, d, maskText, s);
    }

    /// The same with a number, or AVX's masked store, whose number is that of the mask's register.
    public void store(Instruction i, Operand d, Vec s, int imm) {
        int from = code.length;
        if (i.kind == Instruction.Kind.MASKED_STORE) {
            emit(i, s.bits(), s.number(), imm, d, -1);
            line(from, "%s %s, %s, %s", i, d, new Vec(imm, s.bits()), s);
            return;
        }
        emit(i, s.bits(), s.number(), 0, d, imm);
        line(from, "%s %s%s, %s, %d", i, d, maskText, s, imm);
    }

    /// `d = a compared with b`, a bit a lane.
    public void compare(Mask d, Vec a, Operand b, int predicate) {
        int from = code.length;
        emit(Instruction.VCMPPS_MASK, a.bits(), d.ordinal(), a.number(), b, predicate);
        line(from, "vcmpps %s%s, %s, %s, %d", d, maskText, a, b, predicate);
    }

    private static int bits(Vec d, Operand b) {
        return b instanceof Vec v ? Math.max(v.bits(), d.bits()) : d.bits();
    }

    private boolean evex(Instruction i, int bits, int reg, int vvvv, Operand rm) {
        boolean wanted = bits == 512
                || reg > 15
                || vvvv > 15
                || rm instanceof Vec v && v.number() > 15
                || rm instanceof Mem m && m.broadcast()
                || mask != Mask.K0;
        if (wanted && i.space == Instruction.Space.VEX) {
            throw misuse(i);
        }
        return wanted || i.space == Instruction.Space.EVEX;
    }

    private void emit(Instruction i, int bits, int reg, int vvvv, Operand rm, int imm) {
        code.vector(i, evex(i, bits, reg, vvvv, rm), bits, reg, vvvv, rm, mask.ordinal(), zeroing, imm);
        maskText = mask == Mask.K0 ? "" : zeroing ? ZEROING[mask.ordinal()] : MERGING[mask.ordinal()];
        mask = Mask.K0;
        zeroing = false;
    }

    private static IllegalArgumentException misuse(Instruction i) {
        return new IllegalArgumentException("[assembler] %s does not take these operands".formatted(i));
    }

    private static String text(Operand b, int bits) {
        return b instanceof Mem m && m.broadcast() ? m + "{1to" + bits / 32 + "}" : b.toString();
    }
}
