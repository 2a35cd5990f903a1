package headway.kernels.machine;

/// Which way a shift goes.
public enum Shift {
    SHL(4),
    SHR(5),
    SAR(7);

    final int digit;

    Shift(int digit) {
        this.digit = digit;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
