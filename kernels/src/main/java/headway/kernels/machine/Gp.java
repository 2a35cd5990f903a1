package headway.kernels.machine;

/// A general-purpose register of 64 bits, in the processor's own order.
public enum Gp {
    RAX,
    RCX,
    RDX,
    RBX,
    RSP,
    RBP,
    RSI,
    RDI,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15;

    private final String name64 = name().toLowerCase(java.util.Locale.ROOT);
    private final String name32 = ordinal() >= 8 ? name64 + "d" : "e" + name64.substring(1);

    /// Name of all 64 bits.
    String name64() {
        return name64;
    }

    /// Name of the lower 32 bits; writing them clears the upper ones.
    String name32() {
        return name32;
    }

    /// Memory that starts at the address in this register.
    public Mem at() {
        return new Mem(this, null, 1, 0, false, null);
    }

    /// Memory `displacement` bytes further.
    public Mem at(int displacement) {
        return new Mem(this, null, 1, displacement, false, null);
    }

    /// Memory at `this + index·scale + displacement`; scale 1, 2, 4 or 8.
    public Mem at(Gp index, int scale, int displacement) {
        return new Mem(this, index, scale, displacement, false, null);
    }
}
