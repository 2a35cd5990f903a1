package headway.kernels.machine;

/// Products of tiles, `d += a · b`: rows of `a` times rows of `b`, whose four bytes hold neighbours along k.
public enum TileDot {
    /// Pairs of bf16, summed in f32: even and odd k apart, then together, then to `d`; subnormals count as 0.
    TDPBF16PS(2, 0x5C),
    /// Bytes with sign times bytes with sign, summed in i32 without saturation.
    TDPBSSD(3, 0x5E),
    /// Bytes with sign in `a`, without in `b`.
    TDPBSUD(2, 0x5E),
    /// Bytes without sign in `a`, with in `b`.
    TDPBUSD(1, 0x5E),
    /// Bytes without sign.
    TDPBUUD(0, 0x5E);

    final int prefix;
    final int opcode;

    TileDot(int prefix, int opcode) {
        this.prefix = prefix;
        this.opcode = opcode;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
