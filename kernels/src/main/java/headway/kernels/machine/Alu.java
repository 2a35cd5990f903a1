package headway.kernels.machine;

/// Two-operand arithmetic, in the order of its opcodes.
public enum Alu {
    ADD(0),
    OR(1),
    AND(4),
    SUB(5),
    XOR(6),
    CMP(7);

    final int code;

    Alu(int code) {
        this.code = code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
