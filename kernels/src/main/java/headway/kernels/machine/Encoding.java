package headway.kernels.machine;

/// The bytes of instructions: prefixes REX, VEX and EVEX, ModRM, SIB, displacement. What an instruction means is the
/// business of [Assembler].
final class Encoding {
    private static final int NO_IMMEDIATE = -1;

    byte[] bytes = new byte[1024];
    int length;

    void put(int b) {
        if (length == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) b;
    }

    void put32(int value) {
        put(value);
        put(value >> 8);
        put(value >> 16);
        put(value >> 24);
    }

    void put64(long value) {
        put32((int) value);
        put32((int) (value >> 32));
    }

    /// A legacy instruction with a register operand in ModRM.rm.
    void legacy(boolean wide, int[] opcode, int reg, Gp rm) {
        rex(wide, reg >> 3, 0, rm.ordinal() >> 3);
        for (int b : opcode) {
            put(b);
        }
        modRegister(reg, rm.ordinal());
    }

    /// A legacy instruction with memory.
    void legacy(boolean wide, int[] opcode, int reg, Mem m) {
        int x = m.index() == null ? 0 : m.index().ordinal() >> 3;
        rex(wide, reg >> 3, x, m.base() == null ? 0 : m.base().ordinal() >> 3);
        for (int b : opcode) {
            put(b);
        }
        modMemory(reg, m, 1, 0);
    }

    private void rex(boolean wide, int r, int x, int b) {
        int rex = (wide ? 8 : 0) | r << 2 | x << 1 | b;
        if (rex != 0) {
            put(0x40 | rex);
        }
    }

    /// A VEX instruction; `reg`, `vvvv` and a register in `rm` are numbers 0 … 15.
    void vex(int map, int prefix, int w, int bits, int opcode, int reg, int vvvv, Object rm) {
        int x = rm instanceof Mem m && m.index() != null ? m.index().ordinal() >> 3 : 0;
        int b = high(rm);
        int r = reg >> 3;
        int l = bits == 256 ? 1 : 0;
        int tail = (~vvvv & 15) << 3 | l << 2 | prefix;
        if (x == 0 && b == 0 && w == 0 && map == 1) {
            put(0xC5);
            put((r ^ 1) << 7 | tail);
        } else {
            put(0xC4);
            put((r ^ 1) << 7 | (x ^ 1) << 6 | (b ^ 1) << 5 | map);
            put(w << 7 | tail);
        }
        put(opcode);
    }

    private static int high(Object rm) {
        return switch (rm) {
            case Mem m -> m.base() == null ? 0 : m.base().ordinal() >> 3;
            case Integer number -> number >> 3 & 1;
            default -> throw new IllegalStateException("[assembler] operand " + rm);
        };
    }

    /// A vector instruction with its operand, in the prefix that fits.
    void vector(
            Instruction i, boolean evex, int bits, int reg, int vvvv, Operand rm, int mask, boolean zeroing, int imm) {
        if (!evex) {
            vex(i.map, i.prefix, i.wVex, bits, i.opcode, reg, vvvv, rm instanceof Vec v ? (Object) v.number() : rm);
        } else {
            evex(i, bits, reg, vvvv, rm, mask, zeroing);
        }
        int after = imm == NO_IMMEDIATE ? 0 : 1;
        switch (rm) {
            case Vec v -> modRegister(reg, v.number());
            case Mem m -> modMemory(reg, m, evex ? (m.broadcast() ? 4 : i.tuple.bytes(bits)) : 1, after);
        }
        if (after > 0) {
            put(imm);
        }
    }

    private void evex(Instruction i, int bits, int reg, int vvvv, Operand rm, int mask, boolean zeroing) {
        int x;
        int b;
        boolean broadcast = false;
        switch (rm) {
            case Vec v -> {
                x = v.number() >> 4 & 1;
                b = v.number() >> 3 & 1;
            }
            case Mem m -> {
                x = m.index() == null ? 0 : m.index().ordinal() >> 3;
                b = high(m);
                broadcast = m.broadcast();
            }
        }
        put(0x62);
        put((reg >> 3 & 1 ^ 1) << 7 | (x ^ 1) << 6 | (b ^ 1) << 5 | (reg >> 4 & 1 ^ 1) << 4 | i.map);
        put(i.wEvex << 7 | (~vvvv & 15) << 3 | 4 | i.prefix);
        int l = bits == 512 ? 2 : bits == 256 ? 1 : 0;
        put((zeroing ? 1 : 0) << 7 | l << 5 | (broadcast ? 1 : 0) << 4 | (vvvv >> 4 & 1 ^ 1) << 3 | mask);
        put(i.opcode);
    }

    void modRegister(int reg, int rm) {
        put(0xC0 | (reg & 7) << 3 | rm & 7);
    }

    /// ModRM, SIB and displacement. `scale` divides an 8-bit displacement (EVEX); `after` bytes of the instruction
    /// follow.
    void modMemory(int reg, Mem m, int scale, int after) {
        int r = (reg & 7) << 3;
        if (m.label() != null) {
            put(r | 5);
            fixups.add(new Fixup(length, m.label(), after, m.displacement()));
            put32(0);
            return;
        }
        int base = m.base().ordinal() & 7;
        boolean sib = m.index() != null || base == 4;
        int d = m.displacement();
        int mod = d == 0 && base != 5 ? 0 : d % scale == 0 && d / scale >= -128 && d / scale <= 127 ? 1 : 2;
        put(mod << 6 | r | (sib ? 4 : base));
        if (sib) {
            int index = m.index() == null ? 4 : m.index().ordinal() & 7;
            put(Integer.numberOfTrailingZeros(m.scale()) << 6 | index << 3 | base);
        }
        if (mod == 1) {
            put(d / scale);
        } else if (mod == 2) {
            put32(d);
        }
    }

    /// A 32-bit distance to a label, counted from the instruction's end.
    record Fixup(int at, Label label, int after, int plus) {}

    final java.util.ArrayList<Fixup> fixups = new java.util.ArrayList<>();

    /// Writes all distances; every label must be bound.
    void resolve() {
        for (Fixup f : fixups) {
            if (f.label.position < 0) {
                throw new IllegalStateException("[assembler] a label is used but never bound");
            }
            int distance = f.label.position + f.plus - (f.at + 4 + f.after);
            for (int i = 0; i < 4; i++) {
                bytes[f.at + i] = (byte) (distance >> 8 * i);
            }
        }
    }
}
