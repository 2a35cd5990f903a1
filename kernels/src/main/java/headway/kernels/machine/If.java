package headway.kernels.machine;

/// What a jump depends on.
public enum If {
    B(2),
    AE(3),
    E(4),
    NE(5),
    BE(6),
    A(7),
    L(12),
    GE(13),
    LE(14),
    G(15);

    final int code;

    If(int code) {
        this.code = code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
