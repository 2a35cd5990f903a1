package headway.kernels.machine;

/// A mask register of AVX-512; `K0` as a write mask means none, so kernels use the others.
public enum Mask {
    K0,
    K1,
    K2,
    K3,
    K4,
    K5,
    K6,
    K7;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
